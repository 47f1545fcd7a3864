"""The command palette of the home screen: its tenants and what its keys do."""

from functools import partial

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from ftop_tui.screens.home import HomeScreen
from ftop_tui.widgets.foreign import foreign_line

_TENANTS = 12


class HomeCommands(Provider):
    """Goes to a tenant by any part of its name, and offers what the screen's keys do."""

    def _home(self) -> HomeScreen | None:
        return self.screen if isinstance(self.screen, HomeScreen) else None

    def _actions(self) -> list[tuple[Binding, str, DOMNode]]:
        found: dict[str, tuple[Binding, str, DOMNode]] = {}
        for node, binding, enabled, tooltip in self.screen.active_bindings.values():
            told = enabled and binding.id and tooltip and node is not self.app
            if told and binding.id and (binding.show or not binding.id.startswith("list.")):
                found.setdefault(binding.id, (binding, tooltip, node))
        return list(found.values())

    async def discover(self) -> Hits:
        """What can be done here, before anything is typed."""
        for binding, tooltip, node in self._actions():
            run = partial(self._run, binding, node)
            yield DiscoveryHit(_label(binding, tooltip), run, tooltip)

    async def search(self, query: str) -> Hits:
        """Tenants that the text fits, then actions whose words it fits."""
        home = self._home()
        if home is not None:
            for place, ranked in enumerate(home.matching(query)[:_TENANTS]):
                facts = ranked.facts
                display = foreign_line(facts.name)
                go = partial(home.go_to, facts.tenant_id)
                yield Hit(1 - place / 100, display, go, display.plain)
        matcher = self.matcher(query)
        for binding, tooltip, node in self._actions():
            score = matcher.match(tooltip)
            if score > 0:
                run = partial(self._run, binding, node)
                yield Hit(score, _label(binding, tooltip), run, tooltip)

    async def _run(self, binding: Binding, node: DOMNode) -> None:
        await self.app.run_action(binding.action, node)


def _label(binding: Binding, tooltip: str) -> Content:
    key = binding.key_display or binding.key.split(",")[0]
    return Content.assemble(Content.styled(f"{key:<10}", "$ftop-key"), Content(tooltip))
