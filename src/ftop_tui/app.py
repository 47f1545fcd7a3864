"""The app: themes, the home screen, and what goes through it from the first paint on.

No rule of the playbook is here; how it ends is `screens.ending`'s.
"""

import asyncio
import gc
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.worker import Worker

from ftop_tui.errors import FtopError
from ftop_tui.progress import Work
from ftop_tui.screens import later
from ftop_tui.screens.base import Changed, FtopScreen
from ftop_tui.screens.ending import EndingApp
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.typing_ahead import Followed
from ftop_tui.services.context import Context
from ftop_tui.settings import ENVIRONMENT
from ftop_tui.signals import Signals
from ftop_tui.text import clean, clean_line
from ftop_tui.widgets import themes

_PRELOAD_AFTER = 0.4


def _commands() -> type[Provider]:
    # Deferred for start-up speed: nobody has opened the palette yet.
    from ftop_tui.screens.palette import Commands  # noqa: PLC0415

    return Commands


class FtopApp(EndingApp):
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
        self,
        context: Context,
        *,
        debug_errors: bool = False,
        preload: bool = True,
        signals: Signals | None = None,
    ) -> None:
        self.preload = preload
        self._keeping = asyncio.Lock()
        self.own: Context | None = None
        """The user's own house while the app is on the demo portfolio."""
        super().__init__(context, debug_errors=debug_errors, signals=signals)
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

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The app's own colours, for themes that do not set them."""
        return dict(themes.VARIABLES)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own; where that is the one of Linux and macOS, one that the app outlives."""
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
        self.listen_to_signals()
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
        self._do_behind(partial(asyncio.to_thread, later.load), "preload")
        self._do_behind(self.back_up_daily, "backup")
        self._do_behind(self.sweep, "sweep")

    def _do_behind(self, work: Callable[[], Coroutine[Any, Any, None]], group: str) -> None:
        """Begin work that no screen asked for; what breaks in it ends the app."""
        _: Worker[None] = self.run_worker(work, group=group, exit_on_error=True)

    async def sweep(self) -> None:
        """Remove what one's own editor left behind a month ago, of an app that was killed."""
        # Deferred for start-up speed: not before the first paint.
        from ftop_tui.services import editing  # noqa: PLC0415

        await asyncio.to_thread(editing.sweep, self.context.paths.data_dir)

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
            self._do_behind(partial(self._keep, name, value), "keep")

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
