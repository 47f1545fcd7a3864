"""Any run of drafts, posts, records, edits, imports, undo, redo and restarts, against a model."""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ftop_tui.errors import RefusedError
from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import history, notes, records, tenants
from ftop_tui.services.context import Context
from ftop_tui.store import examining
from house import SEARCH_TABLES, by_hand, dump, import_text, make_house

from .killing import is_sound, tenant_id

IDS = [tenant_id(number) for number in range(3)]
_BESIDE = ("step", "facts_history", "meta", *SEARCH_TABLES)
_HEADER = "TenantId,TenantName,TPID,Health"

some_tenant = st.sampled_from(IDS)
words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20)
colours = st.sampled_from(["red", "yellow", "green", "blue"])

Snapshot = dict[str, list[tuple[Any, ...]]]


class Portfolio(RuleBasedStateMachine):
    """The services on one store; the model is what the store held before each step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        self.house: Context = make_house(self.folder)
        rows = "\n".join(f"{each},Contoso {n},{640000 + n}," for n, each in enumerate(IDS))
        import_text(self.house, f"{_HEADER}\n{rows}\n")
        self.now = self._held()
        self.before: list[Snapshot] = []
        self.undone: list[Snapshot] = []

    def teardown(self) -> None:
        """Look the file over once, and leave nothing."""
        is_sound(self.house)
        shutil.rmtree(self.folder)

    def _held(self) -> Snapshot:
        return dump(self.house.store, *_BESIDE)

    def _steps(self) -> int:
        return sum(not step.undone for step in history.steps(self.house, 1000))

    def _do(self, call: Any) -> Any:
        """Carry out a write; the model takes a step where the journal did."""
        steps, held = self._steps(), self.now
        result = call()
        self.now = self._held()
        if self._steps() > steps:
            self.before.append(held)
        if self.now != held:
            self.undone.clear()
        return result

    @rule(tenant=some_tenant, text=words)
    def write_a_draft(self, tenant: str, text: str) -> None:
        """The draft of a tenant holds what was written last."""
        draft = notes.open_draft(self.house, NoteKind.OVERALL, tenant)
        body = OverallBody(text=text)
        self._do(lambda: notes.save_draft(self.house, replace(draft, body=body)))
        assert notes.open_draft(self.house, NoteKind.OVERALL, tenant).body == body

    @rule(tenant=some_tenant, anyway=st.sampled_from(["", "the call was short"]))
    def post(self, tenant: str, anyway: str) -> None:
        """A post that is refused changes nothing."""
        draft = notes.open_draft(self.house, NoteKind.OVERALL, tenant)
        if draft.version:
            held = self.now
            try:
                self._do(lambda: notes.post(self.house, draft.id, anyway=anyway))
            except RefusedError:
                assert self._held() == held

    @rule(tenant=some_tenant, kind=st.sampled_from(["progress", "event", "enterprise"]), text=words)
    def record(self, tenant: str, kind: str, text: str) -> None:
        """Something was done."""
        self._do(lambda: records.record(self.house, tenant, kind, text=text))

    @rule(tenant=some_tenant, colour=colours)
    def edit(self, tenant: str, colour: str) -> None:
        """A colour by hand."""
        self._do(lambda: tenants.edit(self.house, tenant, {"Health": colour}))

    @rule(number=st.integers(0, 2), colour=colours)
    def bring_in(self, number: int, colour: str) -> None:
        """Twice the same import is once."""
        table = f"{_HEADER}\n{IDS[number]},Contoso {number},{640000 + number},{colour}\n"
        self._do(lambda: import_text(self.house, table))
        held = self.now
        self._do(lambda: import_text(self.house, table))
        assert self.now == held

    @precondition(lambda self: self.before)
    @rule()
    def undo(self) -> None:
        """What was there before the last step is there again."""
        assert history.undo(self.house) is not None
        self.undone.append(self.now)
        self.now = self._held()
        assert self.now == self.before.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        """And what that step did, once more."""
        assert history.redo(self.house) is not None
        self.before.append(self.now)
        self.now = self._held()
        assert self.now == self.undone.pop()

    @rule()
    def restart(self) -> None:
        """Another process goes on."""
        self.house = make_house(self.folder)
        assert self._held() == self.now

    @invariant()
    def facts_are_what_the_rows_say(self) -> None:
        """Drawn from scratch they are the same."""
        with by_hand(self.house.store) as connection:
            assert examining.stale_facts(connection) == []


RUNS = int(os.environ.get("FTOP_TUI_FAULT_RUNS", "4"))
"""How many runs are tried; hundreds are for a run by hand."""


def test_any_run_of_actions_leaves_what_the_model_says() -> None:
    """Promise 1, 3 and 5: no run loses, invents or confuses anything."""
    chosen = settings(
        max_examples=RUNS, stateful_step_count=20, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Portfolio, settings=chosen)
