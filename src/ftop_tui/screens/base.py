"""The base of every screen: the services' context, work in a thread, and one road for failures."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

from textual import on
from textual.events import Compose, Key
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.worker import Worker

from ftop_tui.errors import FtopError
from ftop_tui.progress import CalledOffError, Progress
from ftop_tui.screens.long_work import LongWork
from ftop_tui.screens.until_written import WRITING
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.text import clean

if TYPE_CHECKING:
    from ftop_tui.screens.typing_ahead import TypingAhead
    from ftop_tui.widgets.working import Working

Result = TypeVar("Result")


class House(Protocol):
    """What a screen asks of the app beside what every Textual app has."""

    context: Context

    own: Context | None
    """The user's own house while the app is on the demo portfolio."""

    def fail(self, error: Exception) -> None:
        """End the app over an error that no one foresaw: one line, no traceback."""

    def keep(self, name: str, value: object) -> None:
        """Hold a setting that was changed, and write it to the settings file."""

    def use_theme(self, name: str) -> None:
        """Take another theme, and keep it."""

    def move_in(self, context: Context) -> None:
        """Go on in another house, on the demo portfolio or back from it."""


class Changed(Message):
    """Something was written; the app hands it to every open screen, and says the sentence."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes


class FtopScreen(Screen[ScreenResultType], Generic[ScreenResultType]):
    """A screen that knows the services' context and runs them without holding up the keys."""

    TITLE_LINE = ""
    """What the screen is for, in the head of its page."""

    _long: LongWork | None = None
    _opens_with: frozenset[str] = frozenset()
    """The groups of services whose answers the screen opens with."""

    @property
    def context(self) -> Context:
        """What the services are handed."""
        return self.house.context

    @property
    def house(self) -> House:
        """The app, as screens see it."""
        return cast("House", self.app)

    def run_service(
        self,
        call: Callable[[], Result],
        then: Callable[[Result], object] | None = None,
        *,
        group: str = "service",
        exclusive: bool = False,
    ) -> Worker[None]:
        """Run a service in a thread, then hand what it gave to `then` on the screen's own thread.

        An FtopError is shown as a dialog; any other exception ends the app with one line. `then` is
        left out where the screen was closed meanwhile, or an exclusive call overtaken.
        """
        if not self.is_mounted:
            self._opens_with = self._opens_with | {group}
        if group == WRITING and (ahead := self._typed_ahead) is not None:
            ahead.writing(self)
        return self.run_worker(
            partial(self._serve, call, then),
            group=group,
            exclusive=exclusive,
            exit_on_error=False,
        )

    async def _serve(
        self, call: Callable[[], Result], then: Callable[[Result], object] | None
    ) -> None:
        try:
            result = await asyncio.to_thread(call)
            if then is not None and self.is_open:
                then(result)
        except Exception as error:
            self.failed(error)

    @property
    def is_open(self) -> bool:
        """Whether it was not closed; one that closes goes piece by piece, and may lack some."""
        return self.is_attached and self in self.app.screen_stack

    @property
    def is_reading(self) -> bool:
        """Whether it has not all yet that it opens with."""
        return any(
            worker.node is self and worker.group in self._opens_with and not worker.is_finished
            for worker in self.workers
        )

    @on(Worker.StateChanged)
    def _served(self) -> None:
        if (ahead := self._typed_ahead) is not None:
            ahead.look(self)

    @property
    def _typed_ahead(self) -> "TypingAhead | None":
        return getattr(self.app, "ahead", None)

    def run_long(
        self,
        title: str,
        call: Callable[[Progress], Result],
        then: Callable[[Result], object] | None = None,
        *,
        off: Callable[[], object] | None = None,
        overtakes: bool = False,
    ) -> None:
        """Run what may take long, with a dialog that says how far it is and can call it off.

        As `run_service` otherwise. What was called off is said, and told to `off`. No key reaches
        the screen meanwhile, and while one work runs no other is begun; one that `overtakes` takes
        the place of the one before, and leaves the keys to the screen until its dialog is seen.
        """
        if self._long is not None and not overtakes:
            return
        # Deferred for start-up speed: nothing of the kind stands on the first screen.
        from ftop_tui.widgets.working import Working  # noqa: PLC0415

        self._long = LongWork()
        dialog = Working(title, self._long.work, unseen=not overtakes)
        serve = partial(self._serve_long, self._long, dialog, call, then, off)
        _: Worker[None] = self.run_worker(serve, group="long", exclusive=True, exit_on_error=False)

    async def _serve_long(
        self,
        long: LongWork,
        dialog: "Working",
        call: Callable[[Progress], Result],
        then: Callable[[Result], object] | None,
        off: Callable[[], object] | None,
    ) -> None:
        try:
            with self._told_by(dialog, long):
                result = await long.run(call)
            await dialog.closed.wait()  # or `then` would close another screen in place of its own
            if then is not None and self.is_open:
                then(result)
        except CalledOffError as error:
            self.say(f"{error.message[:1].upper()}{error.message[1:]}")
            if off is not None and self.is_open:
                off()
        except Exception as error:
            self.failed(error)

    @contextmanager
    def _told_by(self, dialog: "Working", long: LongWork) -> Iterator[None]:
        """Have a dialog over the screen, at once or when the work has taken a while."""
        later = None
        if dialog.unseen:
            self.app.push_screen(dialog)
        else:
            later = self.set_timer(dialog.UNSEEN_SECONDS, lambda: self.app.push_screen(dialog))
        try:
            yield
        finally:
            if later is not None:
                later.stop()
            dialog.end()
            if self._long is long:
                self._long = None

    def overtake(self) -> None:
        """Call off work whose answer is of no use any more, without a word; other may begin."""
        self._long = None
        self.workers.cancel_group(self, "long")

    async def stop_work(self) -> None:
        """Call off what still runs; awaited before the app saves and ends."""
        if self._long is not None:
            await self._long.stop()

    def failed(self, error: Exception) -> None:
        """Show what was foreseen; end the app over what was not."""
        if isinstance(error, FtopError):
            # Deferred for start-up speed: nothing of the kind stands on the first screen.
            from ftop_tui.widgets.dialogs import ErrorDialog  # noqa: PLC0415

            self.app.push_screen(ErrorDialog(error, self.copy_text))
        else:
            self.house.fail(error)

    def write(
        self, call: Callable[[], Changes], then: Callable[[Changes], object] | None = None
    ) -> Worker[None]:
        """Run a service that writes; what it changed goes to every open screen, then to `then`."""
        return self.run_service(call, partial(self._tell_written, then), group=WRITING)

    def write_long(
        self,
        title: str,
        call: Callable[[Progress], Changes],
        then: Callable[[Changes], object] | None = None,
    ) -> None:
        """The same for what may take long."""
        self.run_long(title, call, partial(self._tell_written, then))

    def _tell_written(self, then: Callable[[Changes], object] | None, changes: Changes) -> None:
        self.announce(changes)
        if then is not None:
            then(changes)

    def announce(self, changes: Changes) -> None:
        """Tell the app, and through it every open screen, what was written."""
        self.app.post_message(Changed(changes))

    def say(self, sentence: str) -> None:
        """A line that goes away by itself; whatever it quotes is drawn letter by letter."""
        if sentence:
            self.app.notify(clean(sentence), markup=False)

    def copy_text(self, text: str) -> None:
        """Copy a text, on the user's key alone, and say where it went."""
        # Deferred for start-up speed: nothing is copied before a key asks for it.
        from ftop_tui.services import clipboard  # noqa: PLC0415

        def through_terminal(copied: str) -> None:
            self.app.call_from_thread(self.app.copy_to_clipboard, copied)

        self.run_service(
            lambda: clipboard.copy(self.context, text, through_terminal), self.say, group="copy"
        )

    def changed(self, changes: Changes) -> None:
        """A write happened, here or elsewhere; screens that show such things read them anew."""

    def key_of(self, name: str) -> str:
        """The key of an action by its name, as the user has mapped it; "" where it has none.

        Whatever has the focus: a text field hides the letters from Textual's own list.
        """
        for namespace in (self, self.app):
            for bindings in namespace._bindings.key_to_bindings.values():
                for binding in bindings:
                    if binding.id == name:
                        own = self.context.settings.keys.get(name, "").split(",")[0].strip()
                        mapped = binding.with_key(own, None) if own else binding
                        return self.app.get_key_display(mapped)
        return ""

    def why_not(self, action: str) -> str:
        """Why a key's action cannot be done now, in a sentence; "" where it needs no saying."""
        return ""

    @on(Compose)
    def _begin_at_width(self) -> None:
        """Be of the terminal's width from the start; Textual has it laid out twice for that."""
        steps = self.HORIZONTAL_BREAKPOINTS or []
        fit = self._get_breakpoint_classes(self.app.size.width, steps)
        self.update_classes({name: name in fit for _, name in steps}, update=False)

    @on(Key)
    def _say_why_not(self, event: Key) -> None:
        found = self.active_bindings.get(event.key)
        if found is not None and not found.enabled:
            self.say(self.why_not(found.binding.action))

    async def save_now(self) -> None:
        """Save what is typed and not yet saved; awaited before the app ends, whatever ends it."""
