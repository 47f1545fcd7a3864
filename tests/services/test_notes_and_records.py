"""Notes from draft to posted, what the record takes over from them, and records of all kinds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ftop_tui.errors import ConflictError, InputError, NotFoundError, RefusedError
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.lint.ignored import set_aside
from ftop_tui.playbook.notes import EntitlementBody, with_fields
from ftop_tui.playbook.usage import OwnFigures
from ftop_tui.playbook.values import EntitlementStatus, NoteKind, NoteState
from ftop_tui.services import history, notes, portfolio, records, tenants
from ftop_tui.services.context import Context
from ftop_tui.services.notes import Draft
from ftop_tui.store.tables import Contact
from house import DERIVED, FABRIKAM, FABRIKAM_LAB, TODAY, WOODGROVE, dump, on

_GOOD: Mapping[NoteKind, tuple[tuple[str, str], ...]] = {
    NoteKind.ENTITLEMENT: (
        ("status", "in_progress"),
        ("text", "Customer is moving forward with deployment. They are in the adoption phase."),
    ),
    NoteKind.OVERALL: (("text", "Call with the account team."), ("next_action", "Send slides")),
    NoteKind.EXEC_SUMMARY: (("customer", "Retail, 12,000 users"), ("exo", "moving")),
    NoteKind.ENTERPRISE: (
        ("reason", "Major Brand"), ("status", "green"), ("topic", "Rollout"),
        ("overview", "Plants follow in January"), ("next_update", "2026-12-05"),
    ),
}  # fmt: skip


def _facts(context: Context, tenant_id: str = FABRIKAM) -> TenantFacts:
    return portfolio.find(portfolio.load(context), tenant_id).facts


def _draft(context: Context, kind: NoteKind, *more: tuple[str, str], on_: str = FABRIKAM) -> Draft:
    tag = "EXO" if kind is NoteKind.ENTITLEMENT else None
    draft = notes.new_draft(context, kind, on_, tag)
    given = {name for name, _ in more}
    usual = [pair for pair in _GOOD[kind] if pair[0] not in given]
    body = with_fields(draft.body, (*usual, *more), context.pack)
    return notes.save_draft(context, draft.with_body(body))


def _days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)


@pytest.mark.parametrize("kind", list(NoteKind))
def test_a_note_lives_from_draft_to_posted(kind: NoteKind, stocked: Context) -> None:
    fresh = notes.open_draft(stocked, kind, WOODGROVE, "SPO" if kind == "entitlement" else None)
    assert fresh.version == 0
    before = dump(stocked.store)
    with pytest.raises(NotFoundError):
        notes.load(stocked, fresh.id)
    assert dump(stocked.store) == before, "opening a draft stores nothing"

    draft = _draft(stocked, kind)
    assert draft.version == 1
    assert notes.open_draft(stocked, kind, FABRIKAM, draft.tag) == draft
    assert notes.load(stocked, draft.id[:9]).draft == draft
    assert [n.id for n in portfolio.notes(stocked, FABRIKAM) if n.state == "draft"] == [draft.id]
    assert _facts(stocked).drafts == 1

    edited = notes.save_draft(
        stocked, draft.with_body(replace(draft.body, author_role=None))
    )  # fmt: skip
    assert edited.version == 2
    done = notes.post(stocked, draft.id)
    assert f"as posted on {TODAY.isoformat()}" in done.sentence
    stored = notes.load(stocked, draft.id)
    assert (stored.state, stored.posted_on, stored.anyway) == (NoteState.POSTED, TODAY, None)
    assert stored.text
    assert _facts(stocked).drafts == 0
    for again in (
        lambda: notes.post(stocked, draft.id),
        lambda: notes.delete_draft(stocked, draft.id),
        lambda: notes.save_draft(stocked, edited),
    ):
        with pytest.raises(RefusedError):
            again()
    assert notes.load(stocked, draft.id) == stored


def test_a_draft_counts_for_nothing(stocked: Context) -> None:
    before = portfolio.load(stocked)
    for kind in NoteKind:
        _draft(stocked, kind)
    after = portfolio.load(stocked)
    assert [r.assessment for r in after.ranked] == [r.assessment for r in before.ranked]


def test_a_draft_is_kept_whatever_its_state(stocked: Context) -> None:
    for kind in NoteKind:
        tag = "EXO" if kind is NoteKind.ENTITLEMENT else None
        saved = notes.save_draft(stocked, notes.new_draft(stocked, kind, FABRIKAM, tag))
        assert notes.load(stocked, saved.id).state is NoteState.DRAFT


def test_a_draft_is_deleted_and_brought_back(stocked: Context) -> None:
    draft = _draft(stocked, NoteKind.OVERALL)
    before = dump(stocked.store, *DERIVED)
    done = notes.delete_draft(stocked, draft.id)
    with pytest.raises(NotFoundError):
        notes.load(stocked, draft.id)
    with pytest.raises(ConflictError):
        notes.save_draft(stocked, draft)
    assert history.undo(stocked) == done.sentence
    assert dump(stocked.store, *DERIVED) == before
    assert notes.save_draft(stocked, draft).version == 2


def test_of_two_who_write_the_same_draft_nobody_is_overwritten(stocked: Context) -> None:
    draft = _draft(stocked, NoteKind.OVERALL)
    other = on(stocked, TODAY)
    theirs = notes.open_draft(other, NoteKind.OVERALL, FABRIKAM)
    notes.save_draft(
        other, theirs.with_body(with_fields(theirs.body, [("text", "theirs")], other.pack))
    )
    mine = with_fields(draft.body, [("text", "mine")], stocked.pack)
    with pytest.raises(ConflictError) as refused:
        notes.save_draft(stocked, draft.with_body(mine))
    assert "theirs" in refused.value.details[0]
    assert "theirs" in notes.load(stocked, draft.id).text


def test_saves_of_one_draft_are_one_step(stocked: Context) -> None:
    draft = notes.new_draft(stocked, NoteKind.OVERALL, FABRIKAM)
    for text in ("C", "Ca", "Call"):
        body = with_fields(draft.body, [("text", text)], stocked.pack)
        draft = notes.save_draft(stocked, draft.with_body(body))
    sentence = history.undo(stocked)
    assert sentence == "Wrote the draft of fabrikamfoods.onmicrosoft.com, Overall"
    with pytest.raises(NotFoundError):
        notes.load(stocked, draft.id)
    history.redo(stocked)
    assert notes.load(stocked, draft.id).draft == draft


def test_a_note_is_posted_today_or_earlier(stocked: Context) -> None:
    draft = _draft(stocked, NoteKind.OVERALL)
    before = dump(stocked.store)
    with pytest.raises(InputError, match="2026-11-22"):
        notes.post(stocked, draft.id, on=TODAY + timedelta(days=1))
    assert dump(stocked.store) == before
    notes.post(stocked, draft.id, on=_days_ago(5))
    assert notes.load(stocked, draft.id).posted_on == _days_ago(5)


@pytest.mark.parametrize(
    ("field", "rule"),
    [("reason", "ES-06"), ("status", "ES-07"), ("topic", "ES-09"), ("overview", "ES-10"),
     ("next_update", "ES-14")],
)  # fmt: skip
def test_an_incomplete_enterprise_note_is_posted_only_anyway(
    field: str, rule: str, stocked: Context
) -> None:
    draft = _draft(stocked, NoteKind.ENTERPRISE, (field, ""))
    before = dump(stocked.store)
    for blank in ("", "  "):
        with pytest.raises(RefusedError) as refused:
            notes.post(stocked, draft.id, anyway=blank)
        assert any(detail.startswith(rule) for detail in refused.value.details)
    assert dump(stocked.store) == before
    notes.post(stocked, draft.id, anyway=" it stands in FTOP ")
    assert notes.load(stocked, draft.id).anyway == "it stands in FTOP"


def test_a_date_before_the_posting_day_blocks(stocked: Context) -> None:
    """ES-14."""
    draft = _draft(stocked, NoteKind.ENTERPRISE, ("next_update", "2026-11-20"))
    with pytest.raises(RefusedError):
        notes.post(stocked, draft.id)
    notes.post(stocked, draft.id, on=_days_ago(1))


def test_an_error_of_the_linter_blocks_until_it_is_set_aside(stocked: Context) -> None:
    draft = _draft(stocked, NoteKind.ENTITLEMENT, ("status", "blocked"), ("text", "L1 Blocked"))
    with pytest.raises(RefusedError) as refused:
        notes.post(stocked, draft.id)
    assert refused.value.details
    aside = tuple(
        notes.IgnoredFinding(f.rule, draft.body.text[f.start : f.end], "agreed with the SME")  # type: ignore[union-attr]
        for f in notes.open_findings(stocked, draft)
    )
    saved = notes.save_draft(stocked, replace(draft, ignored=aside))
    assert notes.load(stocked, draft.id).draft.ignored == aside
    notes.post(stocked, saved.id)
    assert notes.load(stocked, saved.id).anyway is None


def test_the_same_note_on_another_workload_is_found_and_named(stocked: Context) -> None:
    """EN-13."""
    text = "Customer blocked because of 900 old scanners in the warehouse of Bern."
    for tag in ("SPO", "EXO"):
        draft = notes.open_draft(stocked, NoteKind.ENTITLEMENT, FABRIKAM, tag)
        body = EntitlementBody(status=EntitlementStatus.BLOCKED, text=text)
        draft = notes.save_draft(stocked, draft.with_body(body))
    found = [f.message for f in notes.open_findings(stocked, draft) if f.rule == "EN-13"]
    assert len(found) == 1
    assert found[0].startswith("SPO ")


def test_what_was_set_aside_comes_back_with_the_draft(stocked: Context) -> None:
    text = "Customer is blocked for now because of 900 old scanners."
    draft = _draft(stocked, NoteKind.ENTITLEMENT, ("status", "blocked"), ("text", text))
    (finding,) = [f for f in notes.open_findings(stocked, draft) if f.rule == "EN-04"]
    kept = set_aside(finding, text, "the customer's own word")
    saved = notes.save_draft(stocked, replace(draft, ignored=(kept,)))
    loaded = notes.load(stocked, saved.id).draft
    assert loaded.ignored == (kept,)
    assert finding not in notes.open_findings(stocked, loaded)


def test_the_record_takes_over_what_an_entitlement_note_says(stocked: Context) -> None:
    draft = _draft(
        stocked, NoteKind.ENTITLEMENT,
        ("status", "blocked"), ("due_date", "2027-03-01"), ("intent", ""),
        ("success_owner", "COO"), ("text", "Customer blocked because of 900 old scanners."),
    )  # fmt: skip
    notes.post(stocked, draft.id, on=_days_ago(0))
    exo = next(w for w in portfolio.detail(stocked, FABRIKAM).workloads if w.tag == "EXO")
    assert (exo.status, exo.status_since) == ("blocked", TODAY)
    assert (exo.due_date, exo.success_owner) == (date(2027, 3, 1), "COO")
    assert exo.intent == "Yes", "an empty field erases nothing"
    assert "EXO" in (_facts(stocked).blocked or "")
    history.undo(stocked)
    exo = next(w for w in portfolio.detail(stocked, FABRIKAM).workloads if w.tag == "EXO")
    assert (exo.status, exo.due_date) == ("in_progress", date(2027, 2, 28))


def test_the_record_takes_over_what_an_enterprise_note_says_but_no_health(
    stocked: Context,
) -> None:
    draft = _draft(stocked, NoteKind.ENTERPRISE, ("brand", "Fabrikam Group"))
    assert tenants.current_values(stocked, FABRIKAM)["Health"] == "red"
    notes.post(stocked, draft.id)
    values = tenants.current_values(stocked, FABRIKAM)
    assert values["EnterpriseStatus"] == "green"
    assert values["NextUpdate"] == "2026-12-05"
    assert values["BrandName"] == "Fabrikam Group"
    assert values["Health"] == "red"
    assert values["LastEnterpriseNote"] == TODAY.isoformat()
    ranked = portfolio.find(portfolio.load(stocked), FABRIKAM)
    assert ranked.facts.enterprise == TODAY.toordinal()
    assert ranked.assessment.band == "blocked", "the breach is healed, INTUNE is still blocked"


def test_a_note_posted_on_an_earlier_day_changes_nothing_of_what_came_later(
    stocked: Context,
) -> None:
    late = _draft(stocked, NoteKind.ENTERPRISE, ("status", "green"))
    notes.post(stocked, late.id, on=_days_ago(2))
    early = _draft(stocked, NoteKind.ENTERPRISE, ("status", "red"))
    notes.post(stocked, early.id, on=_days_ago(5), anyway="found in FTOP")
    assert tenants.current_values(stocked, FABRIKAM)["EnterpriseStatus"] == "green"
    assert _facts(stocked).enterprise == _days_ago(2).toordinal()


def test_a_note_older_than_the_imported_day_moves_no_clock_back(stocked: Context) -> None:
    draft = _draft(stocked, NoteKind.ENTERPRISE)
    notes.post(stocked, draft.id, on=date(2026, 10, 1))
    assert _facts(stocked).enterprise == date(2026, 10, 28).toordinal()


def test_the_enterprise_note_is_refused_where_it_does_not_live(stocked: Context) -> None:
    """ES-02: the winner is named."""
    for call in (
        lambda: notes.open_draft(stocked, NoteKind.ENTERPRISE, FABRIKAM_LAB),
        lambda: notes.new_draft(stocked, NoteKind.ENTERPRISE, FABRIKAM_LAB),
        lambda: records.record(stocked, FABRIKAM_LAB, "enterprise"),
    ):
        with pytest.raises(RefusedError, match=r"fabrikamfoods\.onmicrosoft\.com") as refused:
            call()
        assert FABRIKAM in refused.value.message


def test_an_event_is_due_until_an_enterprise_note_on_or_after_it(stocked: Context) -> None:
    """RA-06."""
    records.record(stocked, WOODGROVE, "event", on=_days_ago(3), text="Merger announced")
    ranked = portfolio.find(portfolio.load(stocked), WOODGROVE)
    assert (ranked.facts.event, ranked.facts.event_text) == (
        _days_ago(3).toordinal(), "Merger announced",
    )  # fmt: skip
    assert ranked.assessment.band == "due"
    early = _draft(stocked, NoteKind.ENTERPRISE, on_=WOODGROVE)
    notes.post(stocked, early.id, on=_days_ago(4))
    assert _facts(stocked, WOODGROVE).event is not None
    same = _draft(stocked, NoteKind.ENTERPRISE, on_=WOODGROVE)
    notes.post(stocked, same.id, on=_days_ago(3))
    assert _facts(stocked, WOODGROVE).event is None
    history.undo(stocked)
    assert _facts(stocked, WOODGROVE).event is not None


def test_an_enterprise_record_is_as_good_as_a_note(stocked: Context) -> None:
    records.record(stocked, WOODGROVE, "event", on=_days_ago(1), text="Merger")
    records.record(stocked, WOODGROVE, "enterprise")
    facts = _facts(stocked, WOODGROVE)
    assert (facts.event, facts.enterprise) == (None, TODAY.toordinal())


def test_a_request_is_due_until_an_exec_summary_is_posted(stocked: Context) -> None:
    """OS-03."""
    records.record(stocked, WOODGROVE, "exec-request", on=_days_ago(2), by="Grace Lee")
    facts = _facts(stocked, WOODGROVE)
    assert (facts.request, facts.request_by) == (_days_ago(2).toordinal(), "Grace Lee")
    draft = _draft(stocked, NoteKind.EXEC_SUMMARY, on_=WOODGROVE)
    assert _facts(stocked, WOODGROVE).request is not None, "a draft answers nothing"
    notes.post(stocked, draft.id)
    assert _facts(stocked, WOODGROVE).request is None


def test_requests_for_support_are_kept_open_once(stocked: Context) -> None:
    """OS-13: what is open stands in the next Exec Summary."""
    more = (("support", "Engineering engagement"), ("support", "A lab"))
    notes.post(stocked, _draft(stocked, NoteKind.EXEC_SUMMARY, *more).id)
    again = notes.new_draft(stocked, NoteKind.EXEC_SUMMARY, FABRIKAM)
    assert set(again.body.support) == {"Engineering engagement", "A lab"}  # type: ignore[union-attr]
    notes.post(stocked, _draft(stocked, NoteKind.EXEC_SUMMARY, *more).id)
    third = notes.new_draft(stocked, NoteKind.EXEC_SUMMARY, FABRIKAM)
    assert len(third.body.support) == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "field"),
    [("progress", "progress"), ("perspective", "perspective"), ("forecast", "forecast"),
     ("frp-review", "frp_review"), ("enterprise", "enterprise")],
)  # fmt: skip
def test_a_record_starts_its_clock_on_the_winner(kind: str, field: str, stocked: Context) -> None:
    done = records.record(stocked, FABRIKAM, kind, on=_days_ago(3))
    assert getattr(_facts(stocked), field) == _days_ago(3).toordinal()
    assert getattr(_facts(stocked, FABRIKAM_LAB), field) is None
    records.record(stocked, FABRIKAM, kind, on=_days_ago(9))
    assert getattr(_facts(stocked), field) == _days_ago(3).toordinal()
    history.undo(stocked)
    assert history.undo(stocked) == done.sentence
    assert getattr(_facts(stocked), field) != _days_ago(3).toordinal()


def test_partner_data_is_of_one_workload_or_of_all(stocked: Context) -> None:
    """FR-07."""
    assert _facts(stocked).frp_data == "TEAMS:"
    records.record(stocked, FABRIKAM, "frp-data", tag="Teams", on=_days_ago(2))
    assert _facts(stocked).frp_data == f"TEAMS:{_days_ago(2).toordinal()}"
    records.record(stocked, FABRIKAM, "frp-data", on=_days_ago(1))
    assert _facts(stocked).frp_data == f"TEAMS:{_days_ago(1).toordinal()}"


def test_a_partner_is_recorded_only_where_one_is_registered(stocked: Context) -> None:
    """FR-01: the review is the customer's, the data a workload's."""
    records.record(stocked, FABRIKAM_LAB, "frp-review", on=_days_ago(1))
    before = dump(stocked.store)
    for tenant, kind, tag in (
        (WOODGROVE, "frp-review", None),
        (WOODGROVE, "frp-data", None),
        (FABRIKAM_LAB, "frp-data", None),
        (FABRIKAM, "frp-data", "EXO"),
    ):
        with pytest.raises(RefusedError, match="FR-01"):
            records.record(stocked, tenant, kind, tag=tag)
    assert dump(stocked.store) == before


def test_a_check_of_the_contacts_verifies_them_all(stocked: Context) -> None:
    """RA-09."""
    customer = _facts(stocked).customer_id
    with stocked.writer().unit("contact") as unit:
        for number, verified in enumerate((None, date(2026, 1, 1), TODAY)):
            unit.session.add(
                Contact(
                    id=str(number), customer_id=customer, section="customer", name="Ana",
                    verified_on=verified, created_on=date(2025, 1, 1),
                )
            )  # fmt: skip
    records.record(stocked, FABRIKAM_LAB, "contacts", on=_days_ago(1))
    days = (_facts(stocked).contacts or "").split()
    assert sorted(map(int, days)) == [
        _days_ago(1).toordinal(), _days_ago(1).toordinal(), TODAY.toordinal(),
    ]  # fmt: skip


def test_what_cannot_be_recorded_is_refused(stocked: Context) -> None:
    before = dump(stocked.store)
    for kind, more in (
        ("party", {}),
        ("event", {"on": TODAY + timedelta(days=1)}),
        ("frp-data", {"tag": "XXX"}),
    ):
        with pytest.raises(InputError):
            records.record(stocked, FABRIKAM, kind, **more)
    with pytest.raises(NotFoundError):
        records.record(stocked, "nobody", "event")
    assert dump(stocked.store) == before


def test_posting_is_taken_back_and_done_again(stocked: Context) -> None:
    draft = _draft(stocked, NoteKind.ENTERPRISE)
    before = dump(stocked.store, *DERIVED)
    done = notes.post(stocked, draft.id)
    after = dump(stocked.store, *DERIVED)
    assert history.undo(on(stocked, TODAY)) == done.sentence
    assert dump(stocked.store, *DERIVED) == before
    assert history.redo(on(stocked, TODAY)) == done.sentence
    assert dump(stocked.store, *DERIVED) == after


def test_an_entitlement_note_keeps_the_figures_that_stand_when_it_is_posted(
    stocked: Context,
) -> None:
    """EN-18: drafts keep none, nor do other kinds; undo and redo take them back and bring them."""

    def kept(note_id: str) -> OwnFigures | None:
        found = portfolio.notes(stocked, FABRIKAM)
        return next(note.own for note in found if note.id == note_id)

    draft, call = _draft(stocked, NoteKind.ENTITLEMENT), _draft(stocked, NoteKind.OVERALL)
    assert kept(draft.id) is None
    notes.post(stocked, call.id, anyway="it stands")
    assert kept(call.id) is None
    notes.post(stocked, draft.id, on=_days_ago(3), anyway="it stands")
    figures = OwnFigures(12000, 4900, TODAY)
    assert kept(draft.id) == figures
    history.undo(stocked)
    assert kept(draft.id) is None
    history.redo(stocked)
    assert kept(draft.id) == figures
    correction = notes.save_draft(stocked, notes.correct(stocked, draft.id))
    assert kept(correction.id) is None


def test_a_note_on_a_workload_without_figures_keeps_none(stocked: Context) -> None:
    """EN-18."""
    draft = notes.new_draft(stocked, NoteKind.ENTITLEMENT, WOODGROVE, "WIN10")
    saved = notes.save_draft(stocked, draft.with_body(EntitlementBody(text="Planned.")))
    notes.post(stocked, saved.id, anyway="it stands")
    (note,) = (n for n in portfolio.notes(stocked, WOODGROVE) if n.id == saved.id)
    assert (note.state, note.own) == (NoteState.POSTED, None)
