"""Escalations in the store: raised, logged, resolved, reopened, and every step undone (RA-08)."""

from datetime import date, timedelta
from typing import Any

import pytest

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.escalations import Escalation, Told
from ftop_tui.playbook.values import Band
from ftop_tui.services import escalations, history, portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.record_context import record_context
from ftop_tui.store.tables import Contact, Partner
from house import DERIVED, FABRIKAM, FABRIKAM_LAB, TODAY, WOODGROVE, by_hand, dump


def raised(context: Context, tenant: str = FABRIKAM, **more: Any) -> Escalation:
    """One that was just raised."""
    made = context.new_id()
    escalations.add(context, tenant, "Mail is slow", escalation_id=made, **more)
    return escalations.find(context, made)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_an_escalation_holds_who_raised_it_and_who_was_heard_and_notified(stocked: Context) -> None:
    """FR-13: the notified parties with their times."""
    one = raised(
        stocked, raised_by=" IT director ", internal=False, tag="exo", on=ago(3), heard=["Kim"],
        notified=[Told("PSM", "09:10"), Told("FM")], text="Since the last change",
    )  # fmt: skip
    assert (one.raised_by, one.internal, one.tag) == ("IT director", False, "EXO")
    assert (one.raised_on, one.is_open) == (ago(3), True)
    assert {(e.sort, e.who, e.at) for e in one.entries} == {
        ("heard", "Kim", None), ("notified", "PSM", "09:10"), ("notified", "FM", None),
        ("progress", None, None),
    }  # fmt: skip
    assert one.of_sort("progress")[0].text == "Since the last change"
    assert one.entries[0].at == "09:10", "what has a time comes before what has none"


def test_an_open_one_counts_in_urgency_and_a_resolved_one_does_not(stocked: Context) -> None:
    one = raised(stocked)
    facts = portfolio.find(portfolio.load(stocked), FABRIKAM)
    assert (facts.facts.escalations, facts.facts.escalation) == (1, "Mail is slow")
    assert facts.assessment.band in {Band.BLOCKED, Band.DUE, Band.LATE, Band.BREACH}
    done = escalations.resolve(stocked, one.id, "Rebuilt")
    assert done.rank
    assert portfolio.find(portfolio.load(stocked), FABRIKAM).facts.escalations == 0


def test_risks_of_the_enterprise_note_is_asked_to_name_it(stocked: Context) -> None:
    """ES-12: what the check warns of, and what the side of the form offers, are these."""
    raised(stocked, tag="EXO")
    assert [tuple(e) for e in record_context(stocked, FABRIKAM).escalations] == [
        ("Mail is slow", "EXO")
    ]


def test_it_sits_on_the_customer_unless_a_workload_or_another_tenant_is_named(
    stocked: Context,
) -> None:
    assert raised(stocked).tenant_id is None
    about = raised(stocked, tag="SPO")
    assert about.tenant_id == FABRIKAM
    lab = raised(stocked, FABRIKAM_LAB)
    assert lab.tenant_id == FABRIKAM_LAB
    assert lab.tenant_name != about.tenant_name
    escalations.edit(stocked, about.id, tag="")
    assert escalations.find(stocked, about.id).tenant_id is None
    assert escalations.find(stocked, about.id).tenant_name == about.tenant_name


def test_the_psm_of_the_partner_or_the_contact_who_is_it_is_the_first_contact(
    stocked: Context,
) -> None:
    """FR-03, FR-13: raised from a partner's entry."""
    with stocked.writer().unit("test") as unit:
        unit.session.add(Partner(id="p1", name="Relecloud", psm="Kim Akers"))
        unit.session.add(Partner(id="p2", name="Trey Research"))
    assert raised(stocked, partner="relecloud").psm == "Kim Akers"
    bare = raised(stocked, partner="Trey Research")
    assert (bare.partner, bare.psm) == ("Trey Research", None)
    with stocked.writer().unit("test") as unit:
        unit.session.add(
            Contact(
                id="k1", customer_id=bare.customer_id, section="microsoft", name="Lee Gu",
                role="psm", partner_id="p2", created_on=TODAY,
            )
        )  # fmt: skip
    assert escalations.find(stocked, bare.id).psm == "Lee Gu"
    escalations.edit(stocked, bare.id, partner="")
    assert escalations.find(stocked, bare.id).partner is None


def test_a_partner_that_is_only_registered_on_a_workload_is_known(stocked: Context) -> None:
    with by_hand(stocked.store) as store:
        store.execute("UPDATE workload SET partner = 'Adatum' WHERE tenant_id = ?", (FABRIKAM,))
    assert raised(stocked, partner="ADATUM").partner == "Adatum"
    assert raised(stocked, partner="adatum").partner == "Adatum"
    with by_hand(stocked.store) as store:
        assert store.execute("SELECT count(*) FROM partner").fetchone() == (1,)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"tag": "NOPE"}, "is no workload"),
        ({"partner": "Nobody"}, "is no partner on record"),
        ({"on": TODAY + timedelta(days=1)}, "still to come"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    stocked: Context, given: dict[str, Any], told: str
) -> None:
    before = dump(stocked.store)
    with pytest.raises(InputError, match=told):
        raised(stocked, **given)
    with pytest.raises(InputError, match="needs a title"):
        escalations.add(stocked, FABRIKAM, " \x00 ")
    with pytest.raises(NotFoundError):
        escalations.add(stocked, "nobody", "Title")
    assert dump(stocked.store) == before


@pytest.mark.parametrize(
    ("sort", "given", "told"),
    [
        ("gossip", {"text": "x"}, "no sort of entry"),
        ("heard", {"text": "x"}, "needs: who"),
        ("notified", {"who": " "}, "needs: who"),
        ("progress", {"who": "FM"}, "needs: text"),
        ("notified", {"who": "PSM", "at": "24:00"}, "no time of day"),
        ("progress", {"text": "x", "on": TODAY + timedelta(days=1)}, "still to come"),
    ],
)
def test_a_line_of_the_log_that_says_too_little_or_too_early_is_refused(
    stocked: Context, sort: str, given: dict[str, Any], told: str
) -> None:
    one = raised(stocked)
    with pytest.raises(InputError, match=told):
        escalations.log(stocked, one.id, sort, **given)
    assert escalations.find(stocked, one.id).entries == ()


def test_the_log_is_in_the_order_of_what_happened(stocked: Context) -> None:
    one = raised(stocked, on=ago(5))
    escalations.log(stocked, one.id[:8], "progress", text="Rebuilt tonight")
    escalations.log(stocked, one.id, "Resource", who="Intune CAT", on=ago(2))
    escalations.log(stocked, one.id, "notified", who="PSM", on=ago(4), at="16:00")
    escalations.log(
        stocked, one.id, "heard", who="Kim", text="[/] \x1b[31mslow", on=ago(4), at="8:05"
    )
    log = escalations.find(stocked, one.id).entries
    assert [(e.sort, e.at) for e in log] == [
        ("heard", "08:05"), ("notified", "16:00"), ("resource", None), ("progress", None),
    ]  # fmt: skip
    assert log[0].text == "[/] slow"


def test_it_is_resolved_once_not_before_it_was_raised_and_not_tomorrow(stocked: Context) -> None:
    one = raised(stocked, on=ago(5))
    for text, day, told in (
        ("Done", ago(6), "before it was raised"),
        ("Done", TODAY + timedelta(days=1), "still to come"),
        ("  ", TODAY, "how it was resolved"),
    ):
        with pytest.raises(InputError, match=told):
            escalations.resolve(stocked, one.id, text, on=day)
    escalations.resolve(stocked, one.id, "Rebuilt", on=ago(5))
    with pytest.raises(RefusedError, match="reopen it first"):
        escalations.resolve(stocked, one.id, "Again")
    with pytest.raises(InputError, match="after it was resolved"):
        escalations.edit(stocked, one.id, on=ago(1))


def test_reopening_keeps_in_the_log_what_had_resolved_it(stocked: Context) -> None:
    one = raised(stocked, on=ago(5))
    with pytest.raises(RefusedError, match="open already"):
        escalations.reopen(stocked, one.id)
    escalations.resolve(stocked, one.id, "Rebuilt", on=ago(1))
    escalations.reopen(stocked, one.id)
    again = escalations.find(stocked, one.id)
    assert (again.is_open, again.resolution) == (True, None)
    assert again.entries[-1].text == f"Reopened; resolved on {ago(1)}: Rebuilt"


def test_open_ones_are_read_for_a_customer_or_for_all(stocked: Context) -> None:
    one, other = raised(stocked, on=ago(1)), raised(stocked, WOODGROVE, on=ago(9))
    escalations.resolve(stocked, raised(stocked).id, "Done")
    assert [e.id for e in escalations.read(stocked, open_only=True)] == [other.id, one.id]
    assert len(escalations.read(stocked)) == 3
    mine = escalations.read(stocked, one.customer_id)
    assert [e.is_open for e in mine] == [True, False]


def test_every_step_is_undone_and_done_again(stocked: Context) -> None:
    before = dump(stocked.store, *DERIVED)
    one = raised(stocked, heard=["Kim"], notified=[Told("PSM", "09:10")])
    escalations.log(stocked, one.id, "progress", text="On it")
    escalations.edit(stocked, one.id, title="Mail was slow", internal=True, raised_by="")
    escalations.resolve(stocked, one.id, "Rebuilt")
    escalations.reopen(stocked, one.id)
    full = dump(stocked.store, *DERIVED)
    escalations.delete(stocked, one.id)
    assert dump(stocked.store, *DERIVED) == before
    assert history.undo(stocked) == "Deleted the escalation Mail was slow"
    assert dump(stocked.store, *DERIVED) == full
    while history.undo(stocked) != f"Raised an escalation of {one.tenant_name}: Mail is slow":
        pass
    assert dump(stocked.store, *DERIVED) == before
    history.redo(stocked)
    assert len(escalations.find(stocked, one.id).entries) == 2


def test_an_id_is_found_by_its_beginning_where_only_one_fits(stocked: Context) -> None:
    for key in ("abc1", "abc2"):
        escalations.add(stocked, FABRIKAM, key, escalation_id=key)
    assert escalations.find(stocked, "abc1").title == "abc1"
    for wrong, told in (("abc", "several"), ("", "no escalation"), ("%", "no escalation")):
        with pytest.raises(NotFoundError, match=told):
            escalations.find(stocked, wrong)
        with pytest.raises(NotFoundError, match=told):
            escalations.log(stocked, wrong, "heard", who="x")


def test_without_a_store_there_is_nothing_and_nothing_is_made(context: Context) -> None:
    assert escalations.read(context) == []
    with pytest.raises(NotFoundError):
        escalations.find(context, "a")
    with pytest.raises(NotFoundError):
        raised(context)
    assert not context.store.exists()


def test_values_that_this_version_does_not_know_hide_nothing(stocked: Context) -> None:
    one = raised(stocked, heard=["Kim"])
    with by_hand(stocked.store) as store:
        store.execute("UPDATE escalation_entry SET sort = 'seance', at = 'noon'")
        store.execute("UPDATE escalation SET tag = 'ODD'")
    again = escalations.find(stocked, one.id)
    assert (again.tag, again.entries[0].sort, again.entries[0].at) == ("ODD", "seance", "noon")
