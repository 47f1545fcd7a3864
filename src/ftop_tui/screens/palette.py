"""The command palette: what the open screen can do, every other screen, and any tenant."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple, cast

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from ftop_tui.screens import places, ways
from ftop_tui.screens.base import FtopScreen, House
from ftop_tui.text import fold
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line

_TENANTS = 12
_MOVES = frozenset({
    "up", "down", "pageup", "pagedown", "first", "last", "next", "before", "text-up", "text-down",
    "log-up", "log-down", "page-up", "page-down",
})  # fmt: skip
"""Actions that move about: nobody looks for them by name."""

_BY_NAME, _BEGINS, _CALLED, _WORD, _WORDS, _BY_REST, _PART, _LETTERS = 5, 4, 3.5, 3, 2.5, 2, 1, 0
"""What goes first: a tenant by its name, a screen whose name begins so, an action by what the foot
of the screen calls it, words that begin so side by side, or anywhere, a tenant by what else is
known of it (its people, say), a part of a word, and letters that merely come in that order."""


class Offer(NamedTuple):
    """Something that the palette can do: the key that does it as well, words, what runs.

    It is found by its words and by those in `also`. What cannot be done now says why.
    """

    key: str
    words: str
    run: Callable[[], Any]
    also: str = ""
    enabled: bool = True


class Commands(Provider):
    """Finds actions, screens and tenants by any part of their names."""

    def _actions(self) -> Iterator[Offer]:
        told: set[str] = set()
        for node, binding, enabled, tooltip in self.screen.active_bindings.values():
            name = binding.id or ""
            if not name or not tooltip or name in told:
                continue
            told.add(name)
            if not binding.show and name.partition(".")[2] in _MOVES:
                continue
            if binding.action not in {"command_palette", "app.command_palette"}:
                key = self.app.get_key_display(binding)
                run = partial(self._run, binding, node) if enabled else partial(self._why, binding)
                yield Offer(key, tooltip, run, binding.description, enabled)

    def _of_the_list(self) -> Iterator[Offer]:
        """What the list's keys do, from another screen."""
        home = places.home_of(self.app)
        if home is None or self.screen is home:
            return
        for binding in home._bindings.key_to_bindings.values():
            for each in binding:
                if each.action in places.DEEDS and home.check_action(each.action, ()):
                    tenant_id = places.tenant_of(self.screen)
                    run = partial(places.do_on_list, self.app, each.action, tenant_id)
                    yield Offer("", each.tooltip, run, each.description)

    def _places(self) -> Iterator[Offer]:
        home = partial(places.go_to_place, self.app, None, places.tenant_of(self.screen))
        if self.screen is not places.home_of(self.app):
            yield Offer("", "Go to the list of tenants", home)
        for place, run in places.offered(self.screen):
            yield Offer("", f"Go to {place.name}: {place.about}", run, place.also)

    def _deeds(self) -> Iterator[Offer]:
        """What is done from any screen and has no key."""
        if isinstance(self.screen, FtopScreen):
            words = "Export all: the whole portfolio, all slides, the calendar, to a file"
            yield Offer("", words, partial(ways.export, self.app, None), "share every customer")
            words = "Back up now: a checked copy, for a way back"
            yield Offer("", words, partial(ways.back_up, self.screen), "backup save copy")

    def _themes(self) -> Iterator[Offer]:
        house = cast("House", self.app)
        for name in sorted(self.app.available_themes, key=lambda name: (name[:5] != "ftop-", name)):
            if name != self.app.theme:
                yield Offer("", f"Theme {name}", partial(house.use_theme, name))

    async def discover(self) -> Hits:
        """What can be done here and where one can go, before anything is typed."""
        for offer in (*filter(_able, self._actions()), *self._places(), *self._deeds()):
            yield DiscoveryHit(_label(offer), offer.run, offer.words)

    async def search(self, query: str) -> Hits:
        """Tenants that the text fits, then actions, screens and themes whose words it fits.

        What has its letters far apart is found only where nothing has its words.
        """
        asked = fold(query)
        tenants = list(self._tenants(query, asked))
        matcher = self.matcher(query)
        here = (*self._actions(), *self._places(), *self._deeds())
        found = []
        for offer in (*here, *self._of_the_list(), *self._themes()):
            score = max(matcher.match(offer.words), matcher.match(offer.also))
            fit = _fit(asked, offer)
            if fit is not None or score > 0:
                found.append((_LETTERS if fit is None else fit, score, offer))
        least = _PART if tenants or any(fit >= _PART for fit, *_ in found) else _LETTERS
        for hit in tenants:
            yield hit
        for fit, score, offer in found:
            if fit >= least:
                # What cannot be done now comes after the rest.
                worth = (fit if offer.enabled else _LETTERS) + min(score, 100) / 250
                yield Hit(worth, _label(offer), offer.run, offer.words)

    def _tenants(self, query: str, asked: str) -> Iterator[Hit]:
        home = places.home_of(self.app)
        if home is None or len(asked) < 2:
            return
        found = home.portfolio.matching(query, self._me())
        for place, ranked in enumerate(found[:_TENANTS]):
            display = foreign_line(ranked.facts.name)
            go = partial(places.go_to_tenant, self.app, ranked.facts.tenant_id)
            named = _BY_NAME if f" {asked}" in f" {fold(display.plain)}" else _BY_REST
            yield Hit(named - place / 100, display, go, display.plain)

    def _me(self) -> tuple[str, ...]:
        return cast("House", self.app).context.settings.me

    async def _run(self, binding: Binding, node: DOMNode) -> None:
        await self.app.run_action(binding.action, node)

    def _why(self, binding: Binding) -> None:
        """What cannot be done now says why, as its key does."""
        if isinstance(self.screen, FtopScreen):
            self.screen.say(self.screen.why_not(binding.action) or "That cannot be done now.")


def _able(offer: Offer) -> bool:
    return offer.enabled


def _fit(asked: str, offer: Offer) -> float | None:
    """How well what is asked for names an offer; None where it has none of its words."""
    words, also = fold(offer.words), fold(offer.also)
    every = f" {words} {also}"
    if words.startswith(f"go to {asked}"):
        return _BEGINS
    if also == asked:  # what the foot of the screen calls it
        return _CALLED
    if f" {asked}" in every:
        return _WORD
    typed = asked.split()
    if typed and all(f" {word}" in every for word in typed):
        return _WORDS
    return _PART if asked and asked in every else None


def _label(offer: Offer) -> Content:
    style = "" if offer.enabled else looks.MUTED
    key = Content.styled(f"{offer.key:<10}", "$ftop-key" if offer.enabled else looks.MUTED)
    return Content.assemble(key, Content.styled(offer.words, style))
