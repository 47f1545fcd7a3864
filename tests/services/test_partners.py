"""Partnerships on a real store: what is derived, what is written, and that undo takes it back."""

from datetime import date, timedelta

import pytest

from ftop_tui.errors import AmbiguousError, InputError, NotFoundError, RefusedError
from ftop_tui.playbook.notes import EntitlementBody, OverallBody
from ftop_tui.playbook.partnering import Partnership
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import history, notes, partner_inputs, partners, portfolio, records
from ftop_tui.services.context import Context
from ftop_tui.store.note_links import release_note
from ftop_tui.store.tables import Contact, Note
from house import DERIVED, FABRIKAM, FABRIKAM_LAB, TODAY, dump, import_text, on

PARTNER = "Northwind Services"
OTHER = "Trey Research"


def ago(number: int) -> date:
    return TODAY - timedelta(days=number)


def here(context: Context, partner: str | None = PARTNER) -> Partnership:
    return partners.one(context, FABRIKAM, partner)


def with_other(context: Context) -> None:
    """A second partner at the same customer, on its other tenant."""
    import_text(context, f"TenantId,Workload,PrimaryRM\n{FABRIKAM_LAB},SPO,FTP-{OTHER}\n")


def clock(context: Context) -> int | None:
    facts = portfolio.find(portfolio.load(context), FABRIKAM).facts
    return facts.frp_review


def test_a_registered_partner_is_there_before_anything_is_written(stocked: Context) -> None:
    """FR-01, FR-03."""
    found = here(stocked)
    assert found.id is None
    assert found.workloads == ((FABRIKAM, "TEAMS"),)
    assert (found.customer, found.owners) == ("Fabrikam Foods", ("Ana Bauer", "Kim Lund"))
    assert [step.done_on for step in found.steps] == [None] * 5
    assert dump(stocked.store)["partnership"] == []


def test_without_a_store_there_are_no_partners_and_none_is_made(context: Context) -> None:
    assert partners.read(context) == []
    assert not context.store.exists()


@pytest.mark.parametrize("of", [FABRIKAM, FABRIKAM_LAB])
def test_the_first_write_makes_the_partnership_and_undo_takes_it_back(
    stocked: Context, of: str
) -> None:
    before = dump(stocked.store, *DERIVED)
    partners.step_done(stocked, of, None, "introduction", on=ago(3))
    found = here(stocked)
    assert found.id is not None
    assert {step.key: step.done_on for step in found.steps}["introduction"] == ago(3)
    assert found.next_step is not None
    assert found.next_step.key == "find-psm"
    assert history.undo(stocked)
    assert dump(stocked.store, *DERIVED) == before


def test_a_step_can_be_opened_again(stocked: Context) -> None:
    partners.step_done(stocked, FABRIKAM, PARTNER, "scope")
    partners.step_undo(stocked, FABRIKAM, PARTNER, "scope")
    assert all(step.done_on is None for step in here(stocked).steps)
    with pytest.raises(RefusedError, match="not done"):
        partners.step_undo(stocked, FABRIKAM, PARTNER, "scope")


def test_the_agreement_is_a_step_and_keeps_its_date(stocked: Context) -> None:
    """FR-04."""
    partners.agree(stocked, FABRIKAM, PARTNER, on=ago(18))
    found = here(stocked)
    assert found.agreed_on == ago(18)
    assert found.steps[-1].done_on == ago(18)
    partners.step_done(stocked, FABRIKAM, PARTNER, "agreement", on=ago(17))
    assert here(stocked).agreed_on == ago(17)
    partners.step_undo(stocked, FABRIKAM, PARTNER, "agreement")
    assert here(stocked).agreed_on is None
    assert here(stocked).steps[-1].done_on is None


def test_what_cannot_be_is_said_and_nothing_is_written(stocked: Context) -> None:
    before = dump(stocked.store)
    tomorrow = ago(-1)
    for call in (
        lambda: partners.step_done(stocked, FABRIKAM, PARTNER, "scope", on=tomorrow),
        lambda: partners.step_done(stocked, FABRIKAM, PARTNER, "no-such-step"),
        lambda: partners.agree(stocked, FABRIKAM, PARTNER, on=tomorrow),
        lambda: partners.schedule(stocked, FABRIKAM, PARTNER, ago(1)),
        lambda: partners.hold(stocked, FABRIKAM, PARTNER, tomorrow),
        lambda: partners.miss(stocked, FABRIKAM, PARTNER, tomorrow),
        lambda: partners.psm_informed(stocked, FABRIKAM, PARTNER, on=tomorrow),
        lambda: partner_inputs.add_input(stocked, FABRIKAM, PARTNER, " ", "mail"),
        lambda: partner_inputs.add_input(stocked, FABRIKAM, PARTNER, "text", " "),
    ):
        with pytest.raises(InputError):
            call()
    with pytest.raises(NotFoundError, match=PARTNER):
        partners.agree(stocked, FABRIKAM, "Nobody")
    with pytest.raises(RefusedError, match="called off"):
        partners.cancel(stocked, FABRIKAM, PARTNER, tomorrow)
    assert dump(stocked.store) == before


def test_the_psm_is_the_partner_s_at_all_its_customers(stocked: Context) -> None:
    """FR-03."""
    partners.set_psm(stocked, "northwind services", "Nadia Petrov")
    assert here(stocked).psm == "Nadia Petrov"
    partners.set_psm(stocked, PARTNER, "")
    assert here(stocked).psm is None
    with pytest.raises(NotFoundError, match=PARTNER):
        partners.set_psm(stocked, "Nobody", "Nadia Petrov")


def test_a_review_is_set_held_and_moves_the_clock(stocked: Context) -> None:
    """FR-05."""
    partners.schedule(stocked, FABRIKAM, PARTNER, TODAY)
    assert clock(stocked) is None
    with pytest.raises(RefusedError, match="already"):
        partners.schedule(stocked, FABRIKAM, PARTNER, TODAY)
    changes = partners.hold(stocked, FABRIKAM, PARTNER, TODAY)
    assert changes.rank
    assert here(stocked).reviews == (TODAY,)
    assert here(stocked).review_due == ago(-14)
    assert clock(stocked) == TODAY.toordinal()
    with pytest.raises(RefusedError, match="held already"):
        partners.hold(stocked, FABRIKAM, PARTNER, TODAY)
    history.undo(stocked)
    assert clock(stocked) is None
    assert [meeting.held for meeting in here(stocked).meetings] == [None]


def test_a_review_said_to_be_held_by_mistake_is_a_missed_one(stocked: Context) -> None:
    """FR-12."""
    partners.hold(stocked, FABRIKAM, PARTNER, ago(2))
    partners.miss(stocked, FABRIKAM, PARTNER, ago(2))
    found = here(stocked)
    assert found.reviews == ()
    assert [(miss.day, miss.why) for miss in found.missed_reviews] == [
        (ago(2), "scheduled and not held")
    ]
    assert clock(stocked) is None


def test_a_review_that_is_called_off_is_missed_by_nobody(stocked: Context) -> None:
    partners.schedule(stocked, FABRIKAM, PARTNER, TODAY)
    partners.cancel(stocked, FABRIKAM, PARTNER, TODAY)
    assert here(stocked).meetings == ()


def test_misses_are_counted_from_agreement_reviews_and_data(stocked: Context) -> None:
    """FR-12: each with its day."""
    partners.agree(stocked, FABRIKAM, PARTNER, on=ago(50))
    partners.hold(stocked, FABRIKAM, PARTNER, ago(30))
    partners.miss(stocked, FABRIKAM, PARTNER, ago(20))
    for days in (24, 9):
        records.record(stocked, FABRIKAM, "frp-data", tag="TEAMS", on=ago(days), by=PARTNER)
    found = here(stocked)
    assert [miss.day for miss in found.missed_reviews] == [ago(36), ago(20), ago(2)]
    assert [miss.day for miss in found.missing_inputs] == [ago(17), ago(10), ago(2)]
    assert found.data[0].last == ago(9)


def test_a_record_of_a_review_counts_for_all_partners_unless_it_names_one(
    stocked: Context,
) -> None:
    """FR-05."""
    with_other(stocked)
    records.record(stocked, FABRIKAM, "frp-review", on=ago(9), by="Ana Bauer")
    records.record(stocked, FABRIKAM, "frp-review", on=ago(4), by=OTHER.upper())
    assert here(stocked).reviews == (ago(9),)
    assert here(stocked, OTHER).reviews == (ago(9), ago(4))


def test_where_there_are_several_partners_one_is_named(stocked: Context) -> None:
    with_other(stocked)
    with pytest.raises(AmbiguousError, match=f"{PARTNER}, {OTHER}"):
        partners.agree(stocked, FABRIKAM, None)
    partners.agree(stocked, FABRIKAM, OTHER)
    assert here(stocked).agreed_on is None
    assert here(stocked, OTHER).agreed_on == TODAY


def test_a_customer_without_a_partner_has_none_to_write_about(stocked: Context) -> None:
    import_text(
        stocked,
        f"TenantId,Workload,PrimaryRM\n{FABRIKAM},TEAMS,Ana Bauer\n",
        accept_removals=True,
    )
    with pytest.raises(NotFoundError, match="no partner"):
        partners.agree(stocked, FABRIKAM, None)
    assert partners.read(stocked) == []


def test_a_partner_with_history_stays_as_a_former_one(stocked: Context) -> None:
    partners.agree(stocked, FABRIKAM, PARTNER, on=ago(10))
    table = f"TenantId,Workload,PrimaryRM\n{FABRIKAM},TEAMS,Ana Bauer\n"
    import_text(stocked, table, accept_removals=True)
    found = here(stocked)
    assert found.former
    later = partners.one(on(stocked, ago(-60)), FABRIKAM)
    assert later.missed_reviews == ()  # nothing is expected of it any more
    assert later.inform_psm_by is None


def test_the_psm_informed_is_a_record_with_the_next_day_reckoned(stocked: Context) -> None:
    """FR-03: recurring."""
    assert here(stocked).inform_psm_by is None
    partners.step_done(stocked, FABRIKAM, PARTNER, "first-meeting", on=ago(20))
    assert here(stocked).inform_psm_by == ago(6)
    partners.psm_informed(stocked, FABRIKAM, PARTNER, on=ago(1))
    assert here(stocked).informed == (ago(1),)
    assert here(stocked).inform_psm_by == ago(-13)
    with pytest.raises(RefusedError, match="on record already"):
        partners.psm_informed(stocked, FABRIKAM, PARTNER, on=ago(1))


def test_the_own_poc_comes_before_one_of_whom_no_partner_is_said(stocked: Context) -> None:
    """FR-14."""
    partners.agree(stocked, FABRIKAM, PARTNER)
    with stocked.stored().unit("test") as unit:
        ident = unit.session.connection().exec_driver_sql("SELECT id FROM partner").scalar()
        customer = here(stocked).customer_id
        for name, partner in (("Any Body", None), ("Own Body", ident)):
            unit.session.add(
                Contact(
                    id=name, customer_id=customer, section="partner", role="poc", name=name,
                    partner_id=partner, created_on=TODAY,
                )
            )  # fmt: skip
    assert here(stocked).poc == "Own Body"
    with_other(stocked)
    assert here(stocked, OTHER).poc == "Any Body"


@pytest.mark.parametrize(
    ("kind", "tag"), [(NoteKind.ENTITLEMENT, "teams"), (NoteKind.OVERALL, None)]
)
def test_input_is_logged_and_becomes_a_note_in_one_step_of_undo(
    stocked: Context, kind: NoteKind, tag: str | None
) -> None:
    """FR-09: with its date and source."""
    before = dump(stocked.store, *DERIVED)
    added = partner_inputs.add_input(
        stocked, FABRIKAM, PARTNER, "Pilot of 40 users is done.\n[x]", "mail", on=ago(9)
    )
    logged = here(stocked).inputs[0]
    assert (logged.day, logged.source, logged.text) == (
        ago(9), "mail", "Pilot of 40 users is done.\n[x]",
    )  # fmt: skip
    after_input = dump(stocked.store, *DERIVED)
    turned = partner_inputs.input_to_note(stocked, FABRIKAM, PARTNER, added.input_id, kind, tag)
    stored = notes.load(stocked, turned.note_id)
    assert stored.draft.kind is kind
    assert stored.draft.tag == (tag.upper() if tag else None)
    assert isinstance(stored.draft.body, EntitlementBody | OverallBody)
    assert stored.draft.body.text == logged.text
    assert here(stocked).inputs[0].note_id == turned.note_id
    with pytest.raises(RefusedError, match="already"):
        partner_inputs.input_to_note(stocked, FABRIKAM, PARTNER, added.input_id, kind, tag)
    history.undo(stocked)
    assert dump(stocked.store, *DERIVED) == after_input
    history.undo(stocked)
    assert dump(stocked.store, *DERIVED) == before


def test_input_becomes_a_note_of_the_partner_s_own_workloads_only(stocked: Context) -> None:
    added = partner_inputs.add_input(stocked, FABRIKAM, PARTNER, "Text", "a call")
    for kind, tag in (
        (NoteKind.ENTITLEMENT, "EXO"), (NoteKind.ENTITLEMENT, None), (NoteKind.OVERALL, "TEAMS"),
        (NoteKind.ENTERPRISE, None),
    ):  # fmt: skip
        with pytest.raises(InputError):
            partner_inputs.input_to_note(stocked, FABRIKAM, PARTNER, added.input_id, kind, tag)
    with pytest.raises(NotFoundError):
        partner_inputs.input_to_note(stocked, FABRIKAM, PARTNER, "none", NoteKind.OVERALL)
    assert here(stocked).inputs[0].note_id is None


def test_access_is_kept(stocked: Context) -> None:
    """FR-09."""
    assert here(stocked).access is None
    partners.access(stocked, FABRIKAM, PARTNER, False)
    assert here(stocked).access is False


def test_milestones_without_a_date_show(stocked: Context) -> None:
    """FR-08: of 15% and 40% only what is not reached is asked for."""
    states = {(m.tag, m.percent): m.state for m in here(stocked).milestones}
    assert states == {("TEAMS", 15): "reached", ("TEAMS", 40): "reached"}


def test_a_row_that_cannot_be_read_hides_no_other(stocked: Context) -> None:
    partners.agree(stocked, FABRIKAM, PARTNER)
    partners.step_done(stocked, FABRIKAM, PARTNER, "scope")
    with stocked.stored().unit("test") as unit:
        sql = "UPDATE partner_step SET step = 'of-a-newer-version' WHERE step = 'scope'"
        unit.session.connection().exec_driver_sql(sql)
        sql = "UPDATE partnership SET agreed_on = 'soon'"
        unit.session.connection().exec_driver_sql(sql)
    assert here(stocked).next_step is not None


def test_an_input_outlives_the_draft_it_became(stocked: Context) -> None:
    """FR-09: without its draft it can become another; undo joins the two again."""
    added = partner_inputs.add_input(stocked, FABRIKAM, PARTNER, "Text", "a call")
    turned = partner_inputs.input_to_note(
        stocked, FABRIKAM, PARTNER, added.input_id, NoteKind.OVERALL
    )
    before = dump(stocked.store, *DERIVED)
    with stocked.stored().unit("delete") as unit:
        release_note(unit, turned.note_id)
        unit.session.delete(unit.session.get_one(Note, turned.note_id))
    assert here(stocked).inputs[0].note_id is None
    history.undo(stocked)
    assert dump(stocked.store, *DERIVED) == before
