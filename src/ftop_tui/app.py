"""The app: themes, the home screen, and its life from first paint to a clean end.

No rule of the playbook is here. Nothing typed is lost whatever ends it: every way out asks the open
screens to save first, a signal's and a closed window's too.
"""

import asyncio
import gc
import signal
import sys
import traceback
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ScreenError
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.widget import MountError

from ftop_tui import files
from ftop_tui.errors import FtopError, StoreError, traced
from ftop_tui.progress import Work
from ftop_tui.screens import later
from ftop_tui.screens.base import Changed, FtopScreen
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.typing_ahead import Followed, TypingAhead
from ftop_tui.services.context import Context
from ftop_tui.settings import ENVIRONMENT
from ftop_tui.text import clean, clean_line
from ftop_tui.widgets import themes

if TYPE_CHECKING:
    from ftop_tui.screens.unfinished import Unfinished

_PRELOAD_AFTER = 0.4
_LAST_CHANCE = 5.0
"""Seconds that saving may take when an error ends the app."""
_CLOSED_UNDER = (NoMatches, MountError, NoScreen, ScreenError)
"""What a screen may meet that is put together, or filled, while the app is closed under it."""
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


def _commands() -> type[Provider]:
    # Deferred for start-up speed: nobody has opened the palette yet.
    from ftop_tui.screens.palette import Commands  # noqa: PLC0415

    return Commands


class FtopApp(App[int]):
    """The terminal workbench. `debug_errors` prints a traceback, without locals, for a defect."""

    TITLE = "ftop-tui"
    CSS_PATH: ClassVar[list[str]] = ["app.tcss", "screens/home.tcss"]  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {_commands}  # noqa: RUF012 - Textual declares it so
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="app.quit", show=False, priority=True,
                tooltip="Save and leave"),
        Binding("f1,question_mark", "help", "Help", id="app.help", show=False,
                tooltip="What the keys do, and what the playbook says of the place you are at"),
        Binding("ctrl+p", "command_palette", "Commands", id="app.palette", show=False,
                priority=True, tooltip="Find an action, a screen or a tenant"),
        Binding("colon", "command_palette", "Commands", id="app.commands", show=False,
                key_display=":", tooltip="Find an action, a screen or a tenant"),
    ]  # fmt: skip

    def __init__(
        self, context: Context, *, debug_errors: bool = False, preload: bool = True
    ) -> None:
        self.context = context
        self.debug_errors = debug_errors
        self.preload = preload
        self._last_words: list[str] = []
        self._ending: asyncio.Task[None] | None = None
        self._keeping = asyncio.Lock()
        self.ahead = TypingAhead(self)
        self.own: Context | None = None
        """The user's own house while the app is on the demo portfolio."""
        super().__init__()
        self.set_keymap(dict(context.settings.keys))
        for theme in themes.THEMES:
            self.register_theme(theme)
        wanted = context.settings.theme
        names = (wanted, f"ftop-{wanted}", themes.DEFAULT)
        self._begin_in(next(name for name in names if name in self.available_themes))
        self._unknown_theme = wanted if wanted and self.theme not in names[:2] else ""

    def _begin_in(self, theme: str) -> None:
        """Take a theme before any style is read: `self.theme = …` would have all read twice."""
        self.set_reactive(FtopApp.theme, theme)
        dark = self.current_theme.dark
        classes = {f"-theme-{theme}": True, "-dark-mode": dark, "-light-mode": not dark}
        self.update_classes(classes, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    @cached_property
    def unfinished(self) -> "Unfinished":
        """Keeps what is typed into dialogs until it is taken."""
        # Deferred for start-up speed: no dialog stands on the first screen.
        from ftop_tui.screens.unfinished import Unfinished  # noqa: PLC0415

        return Unfinished(self)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The app's own colours, for themes that do not set them."""
        return dict(themes.VARIABLES)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own; where that is the one of Linux and macOS, one that bears any byte."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":
            return driver
        from ftop_tui.screens.terminal import Terminal  # noqa: PLC0415 - Windows has none of it

        return Terminal

    def get_default_screen(self) -> HomeScreen:
        """The list of tenants."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Listen to signals; load the rest once the first screen stands."""
        self._listen_to_signals()
        if self._unknown_theme:
            self._say_unknown_theme()
        self.call_after_refresh(self._look_for_garbage)
        if self.preload and not self.is_headless:
            self.set_timer(_PRELOAD_AFTER, self._preload)

    def _look_for_garbage(self) -> None:
        """Begin with it behind the first frame, and leave out what the first screen stands on."""
        if not self.is_headless:
            gc.freeze()
        gc.enable()

    def _say_unknown_theme(self) -> None:
        # Deferred for start-up speed: only where a setting is wrong.
        from ftop_tui.services.configuring import theme_problem  # noqa: PLC0415

        problem = theme_problem(self._unknown_theme) or "the theme is not known"
        end = "" if problem.endswith("?") else "."
        said = f"{problem[:1].upper()}{problem[1:]}{end} This is {self.theme}."
        self.notify(clean_line(said), markup=False, severity="warning", timeout=10)

    def _preload(self) -> None:
        self.run_worker(asyncio.to_thread(later.load), group="preload", exit_on_error=True)
        self.run_worker(self.back_up_daily(), group="backup", exit_on_error=True)

    async def back_up_daily(self) -> None:
        """Make the first backup of the day behind the keys; where that fails, say so."""
        # Deferred for start-up speed: not before the first paint.
        from ftop_tui.services.backups import daily  # noqa: PLC0415

        work = Work()
        try:
            await asyncio.to_thread(daily, self.context, work)
        except asyncio.CancelledError:
            work.call_off()  # the app ends and does not wait for it; the next start makes it
            raise
        except FtopError as error:
            said = f"No backup was made today: {clean_line(error.message)}"
            self.notify(said, markup=False, severity="warning", timeout=10)

    # Messages

    async def on_event(self, event: Event) -> None:
        """What is pasted is foreign text, whichever widget it goes to; what is early waits."""
        if isinstance(event, Paste):
            event.text = clean(event.text)
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif not self.ahead.holds(event):
            target = self.focused or self.screen
            await super().on_event(event)
            self.ahead.follow(event, target)

    async def on_followed(self, message: Followed) -> None:
        """A key is done with: the next one may go."""
        await self.ahead.back(message)

    def on_changed(self, message: Changed) -> None:
        """Something was written: say it, and let each open screen decide what it reads anew."""
        if message.changes.sentence:
            self.notify(clean_line(message.changes.sentence), markup=False, timeout=4)
        for screen in self.screen_stack:
            if isinstance(screen, FtopScreen):
                screen.changed(message.changes)

    def push_screen(self, screen: Any, *args: Any, **options: Any) -> Any:
        """Open a screen; what is typed until it stands waits for it."""
        opening = super().push_screen(screen, *args, **options)
        self.ahead.opening(self.screen)
        return opening

    def pop_screen(self) -> AwaitComplete:
        """Close a screen; what was typed into a dialog is taken or dropped by that."""
        # Deferred for start-up speed: nothing of the kind stands on the first screen.
        from ftop_tui.widgets.dialogs import Dialog  # noqa: PLC0415

        closed = self.screen
        asked = closed._result_callbacks[-1].requester if closed._result_callbacks else None
        closing = super().pop_screen()
        self.ahead.closed(closed, asked)
        if isinstance(closed, Dialog):
            self.unfinished.closed(closed)
        return closing

    def action_help(self) -> None:
        """Show what the keys of the screen do."""
        # Deferred for start-up speed: not on the first screen.
        from ftop_tui.screens.help import HelpScreen  # noqa: PLC0415

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question is answered first: nothing else is offered over it."""
        if action == "command_palette" and self.screen.is_modal:
            return None
        return super().check_action(action, parameters)

    # What is kept

    def keep(self, name: str, value: Any) -> None:
        """Hold a setting that was changed in the app, and write it to the settings file.

        What the environment says holds for this run alone and is not written.
        """
        settings, changed = self.context.settings, {name: value}
        self.context = replace(self.context, settings=replace(settings, **changed))
        if settings.origins.get(name) != ENVIRONMENT and getattr(settings, name) != value:
            self.run_worker(self._keep(name, value), group="keep", exit_on_error=True)

    async def _keep(self, name: str, value: Any) -> None:
        # Deferred for start-up speed: only where a setting is changed.
        from ftop_tui.services import configuring  # noqa: PLC0415

        async with self._keeping:
            try:
                await asyncio.to_thread(configuring.keep, self.context.paths, name, value)
            except FtopError as error:
                said = f"Not kept for the next time: {clean_line(error.message)}"
                self.notify(said, markup=False, severity="warning")

    def use_theme(self, name: str) -> None:
        """Take another theme, and keep it."""
        self.theme = name
        self.keep("theme", name)

    def move_in(self, context: Context) -> None:
        """Go on in another house: on the demo portfolio, or back from it in one's own."""
        self.own = None if context is self.own else self.context
        self.context = context

    # The end

    def _listen_to_signals(self) -> None:
        """End in order on a signal; without this the terminal stays raw and typed text is lost."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        if files.WINDOWS:
            # Deferred for start-up speed: needed on Windows alone.
            from ftop_tui.services.console_closing import listen  # noqa: PLC0415

            def leave(status: int) -> None:
                loop.call_soon_threadsafe(self.leave, status)

            self._console_events = listen(leave)  # kept, or Windows calls what is gone
            return
        for name in _SIGNALS:
            number = getattr(signal, name)
            loop.add_signal_handler(number, self.leave, 128 + number)

    def leave(self, code: int) -> None:
        """Save what can be saved, then end with an exit status, whatever happens."""

        async def save_and_exit() -> None:
            try:
                await self._save_all()
            except FtopError as error:
                self._last_words.append(f"not saved: {error.message}")
            finally:
                self.exit(code, return_code=code)

        self.run_worker(save_and_exit(), group="leave", exclusive=True)

    async def _save_all(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, FtopScreen):  # first, for its writing would hold the saving up
                await screen.stop_work()
        try:
            for screen in reversed(self.screen_stack):
                # One that is only being put together has no field to look at, and nothing typed.
                if isinstance(screen, FtopScreen) and screen.is_mounted:
                    await screen.save_now()
        finally:  # what is typed into a dialog is kept whatever becomes of the screens
            if "unfinished" in vars(self):  # else nothing was typed
                await self.unfinished.save_now()

    async def action_quit(self) -> None:
        """Save what is typed, then leave; where that fails, ask first."""
        try:
            await self._save_all()
        except FtopError as error:
            # Deferred for start-up speed: seldom needed.
            from ftop_tui.widgets.dialogs import Confirm  # noqa: PLC0415

            question = Confirm(
                "Not everything could be saved", error.message, yes="Leave anyway", no="Stay",
                danger=True, details=error.details,
            )  # fmt: skip
            self.push_screen(question, lambda leave: self.exit(0) if leave else None)
        else:
            self.exit(0)

    def fail(self, error: Exception) -> None:
        """End over an error: one line on stderr, and the exit status that belongs to it."""
        if isinstance(error, StoreError):
            # Deferred for start-up speed: asked for only when something is wrong.
            from ftop_tui.services.backups import offer  # noqa: PLC0415

            error = offer(self.context, error)
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Textual's own way out prints local variables, and with them the user's notes."""
        closing = self._exit or self._ending is not None
        if closing and isinstance(error, _CLOSED_UNDER):  # all is saved, and the status is set
            return
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = error.exit_status if isinstance(error, FtopError) else 1
        self._last_words.append(last_words(error, debug=self.debug_errors))
        if not self.is_running:
            self._close_messages_no_wait()
        elif self._ending is None:  # else it is on its way to the end already
            self._ending = asyncio.create_task(self._save_and_close())

    async def _save_and_close(self) -> None:
        """Save what can still be saved of an app that is broken, then close it in any case."""
        try:
            await asyncio.wait_for(self._save_all(), _LAST_CHANCE)
        except Exception as error:  # whatever it is: the error that ends the app is told already
            said = error.message if isinstance(error, FtopError) else type(error).__name__
            self._last_words.append(f"not everything could be saved: {said}")
        finally:
            self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print what ended the app, once the terminal is itself again."""
        for line in self._last_words:
            print(f"ftop-tui: error: {line}", file=sys.stderr)
        self._last_words.clear()
        self._exit_renderables.clear()


def last_words(error: Exception, *, debug: bool) -> str:
    """What is said of an error that ends the app: never the values that it happened to."""
    if isinstance(error, FtopError):
        said = " ".join((error.message, *error.details))
    else:
        frames = traceback.extract_tb(error.__traceback__)
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        said = f"a defect in ftop-tui ({type(error).__name__}{place}); --debug says more"
    if debug:
        said = f"{said}\n{traced(error)}"
    return said
