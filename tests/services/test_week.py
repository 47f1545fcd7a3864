"""This week on a real store: what is done, moved or snoozed there, in one step of undo."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from ftop_tui.errors import AmbiguousError, InputError, NotFoundError, RefusedError
from ftop_tui.playbook.week import Item, Sort
from ftop_tui.services import history, portfolio, snoozes, week
from ftop_tui.services.context import Context
from house import DERIVED, TODAY, dump, make_house, on


def of(context: Context, sort: Sort, customer: str = "") -> Item:
    """The first item of a sort, of a customer where one is named."""
    found = [i for i in week.items(context) if i.sort is sort and customer in (i.customer or "")]
    return found[0]


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def bands(context: Context) -> list[tuple[str, str]]:
    return sorted((r.facts.tenant_id, r.assessment.band) for r in portfolio.load(context).ranked)


def undone(context: Context, verb: Callable[[], object]) -> None:
    """Do it, and check that one undo brings everything back."""
    before = dump(context.store, *DERIVED)
    verb()
    assert dump(context.store, *DERIVED) != before
    assert history.undo(context) is not None
    assert dump(context.store, *DERIVED) == before


def test_a_store_that_is_not_there_has_an_empty_week(context: Context) -> None:
    assert week.week(context).items == ()
    assert not context.store.exists()


def test_all_sorts_of_the_demo_are_on_the_agenda(busy: Context) -> None:
    assert {item.sort for item in week.items(busy)} >= set(Sort) - {Sort.NEXT_UPDATE}
    shown = week.week(busy)
    assert shown.overdue
    assert all(TODAY <= day.day <= ahead(7) for day in shown.by_day)
    assert [item.reason for item in shown.snoozed] == ["Contacts are verified at the workshop"]


@pytest.mark.parametrize(
    "sort",
    [sort for sort in Sort if sort not in {Sort.NEXT_UPDATE, Sort.REVIEW, Sort.MEETING}],
    ids=lambda sort: sort.key,
)
def test_done_clears_the_item_and_undo_brings_it_back(busy: Context, sort: Sort) -> None:
    """ES-03, RA-05 to RA-09, RA-19, FR-03, FR-05, FR-07, FR-08, OS-02, OS-03."""
    item = of(busy, sort)
    same = [i.key for i in week.items(busy)]
    before = dump(busy.store, *DERIVED)
    said = week.done(busy, [item]).sentence
    assert said == f"Done: {sort.word} of {item.name}"
    left = {i.mark: i for i in week.items(busy) if i.customer_id == item.customer_id}
    assert item.mark not in left or left[item.mark].until is not None
    history.undo(busy)
    assert dump(busy.store, *DERIVED) == before
    assert [i.key for i in week.items(busy)] == same


def test_a_next_update_that_is_answered_has_had_its_day(busy: Context) -> None:
    """ES-14."""
    item = of(busy, Sort.ENTERPRISE, "Northwind")
    week.move(busy, [of(busy, Sort.ENTERPRISE, "Northwind")], ahead(1))
    from ftop_tui.services import tenants  # noqa: PLC0415 - the one test that needs it

    tenants.edit(busy, item.tenant_id, {"NextUpdate": ahead(5).isoformat()})
    asked = of(busy, Sort.NEXT_UPDATE, "Northwind")
    week.move(busy, [asked], ahead(6))
    assert of(busy, Sort.NEXT_UPDATE, "Northwind").due == ahead(6)
    week.done(busy, [of(busy, Sort.NEXT_UPDATE, "Northwind")])
    left = {i.sort: i for i in week.items(busy) if i.tenant_id == item.tenant_id}
    assert Sort.NEXT_UPDATE not in left
    assert left[Sort.ENTERPRISE].due == ahead(14)
    assert left[Sort.ENTERPRISE].planned is None


def test_a_renewal_that_was_seen_comes_back_at_the_next_threshold(busy: Context) -> None:
    """RA-19: seen at 60 days, back at 30."""
    item = of(busy, Sort.RENEWAL, "Litware")
    assert item.due == TODAY
    week.done(busy, [item])
    (asleep,) = [i for i in week.items(busy) if i.key == item.key]
    assert asleep.until == date.fromisoformat(item.ref) - timedelta(days=30)
    then = on(busy, asleep.until)
    (awake,) = [i for i in week.week(then).items if i.key == item.key]
    assert awake.woken == "seen 60 days before it"
    gone = on(busy, asleep.until + timedelta(days=20))
    assert item.key not in {i.key for i in week.week(gone).items}


def test_reviews_and_meetings_are_done_on_their_day_and_not_before(busy: Context) -> None:
    """RA-15, FR-05."""
    for sort in (Sort.REVIEW, Sort.MEETING):
        item = of(busy, sort)
        with pytest.raises((InputError, RefusedError), match=f"{item.name}, {sort.word}"):
            week.done(busy, [item])
        assert item.due is not None
        then = on(busy, item.due)
        week.done(then, [item])
        assert item.key not in {i.key for i in week.items(then)}


def test_several_items_are_one_step_of_undo(busy: Context) -> None:
    chosen = [of(busy, Sort.ENTERPRISE, "Fabrikam"), of(busy, Sort.CONTACTS, "Fabrikam"),
              of(busy, Sort.ACTION, "Proseware"), of(busy, Sort.EVENT, "Proseware"),
              of(busy, Sort.STEP, "Fabrikam"), of(busy, Sort.MILESTONE, "Fabrikam")]  # fmt: skip
    undone(busy, lambda: week.done(busy, chosen))
    undone(busy, lambda: week.move(busy, chosen, ahead(3)))
    undone(busy, lambda: snoozes.snooze(busy, chosen, ahead(3), "on leave"))


def test_one_note_answers_all_that_ask_for_it(busy: Context) -> None:
    """RA-06: the event and the clock of a customer are one Enterprise note."""
    chosen = [of(busy, Sort.EVENT, "Proseware"), of(busy, Sort.ENTERPRISE, "Proseware")]
    before = len(dump(busy.store)["record"])
    week.done(busy, chosen)
    assert len(dump(busy.store)["record"]) == before + 1


def test_where_one_is_refused_nothing_is_done(busy: Context) -> None:
    chosen = [of(busy, Sort.ENTERPRISE, "Fabrikam"), of(busy, Sort.REVIEW)]
    before = dump(busy.store)
    with pytest.raises(RefusedError, match="still to come"):
        week.done(busy, chosen)
    assert dump(busy.store) == before


@pytest.mark.parametrize("sort", [Sort.REVIEW, Sort.MEETING, Sort.STEP, Sort.MILESTONE],
                         ids=lambda sort: sort.key)  # fmt: skip
def test_what_owns_a_date_gets_another(busy: Context, sort: Sort) -> None:
    """RA-04, RA-15, FR-05, FR-08."""
    item = of(busy, sort)
    to = ahead(20)
    undone(busy, lambda: week.move(busy, [item], to))
    week.move(busy, [item], to)
    same = [i for i in week.items(busy) if i.sort is sort and i.tenant_id == item.tenant_id]
    assert to in {i.due for i in same}
    assert dump(busy.store)["planned"] == []


def test_a_clock_gets_a_planned_day_and_does_not_move(busy: Context) -> None:
    item = of(busy, Sort.ENTERPRISE, "Litware")
    assert item.due == ahead(1)
    standing = bands(busy)
    said = week.move(busy, [item], ahead(4)).sentence
    assert "is due 2026-11-22, before 2026-11-25; the clock goes on" in said
    moved = of(busy, Sort.ENTERPRISE, "Litware")
    assert (moved.due, moved.planned, moved.plan_is_late) == (ahead(1), ahead(4), True)
    week.move(busy, [item], TODAY)
    assert of(busy, Sort.ENTERPRISE, "Litware").planned == TODAY
    assert len(dump(busy.store)["planned"]) == 1
    assert bands(busy) == standing


def test_a_snooze_hides_and_wakes_and_changes_no_band(busy: Context) -> None:
    """The contract: snoozing hides from This week, it never changes a band."""
    item = of(busy, Sort.ENTERPRISE, "Fabrikam")
    standing = bands(busy)
    snoozes.snooze(busy, [item], ahead(3), " waits for\nthe sponsor ")
    assert bands(busy) == standing
    assert item.key not in {i.key for i in week.week(busy).items}
    snoozes.snooze(busy, [item], ahead(2), "waits for the sponsor")
    assert len([r for r in dump(busy.store)["snooze"] if item.mark in r]) == 1
    (woken,) = [i for i in week.week(on(busy, ahead(2))).items if i.key == item.key]
    assert woken.woken == "waits for the sponsor"
    (asleep,) = [i for i in week.week(busy).snoozed if i.key == item.key]
    snoozes.wake(busy, [asleep])
    assert item.key in {i.key for i in week.week(busy).items}
    with pytest.raises(RefusedError, match="not snoozed"):
        snoozes.wake(busy, [item])


@pytest.mark.parametrize(
    ("verb", "what"),
    [
        (lambda c, i: snoozes.snooze(c, i, ahead(2), "  "), "needs a reason"),
        (lambda c, i: snoozes.snooze(c, i, TODAY, "later"), "not to come"),
        (lambda c, i: week.move(c, i, ahead(-1)), "is past"),
        (lambda c, i: week.done(c, i, on=ahead(1)), "still to come"),
        (lambda c, _: week.done(c, []), "no item"),
        (lambda c, _: week.move(c, [], TODAY), "no item"),
        (lambda c, _: week.week(c, days=-1), "no number of days"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    busy: Context, verb: Callable[[Context, Sequence[Item]], object], what: str
) -> None:
    before = dump(busy.store)
    with pytest.raises(InputError, match=what):
        verb(busy, [of(busy, Sort.CONTACTS, "Fabrikam")])
    assert dump(busy.store) == before


def test_only_mine_are_shown_on_request(tmp_path: Path, busy: Context) -> None:
    me = make_house(tmp_path, FTOP_TUI_ME="Kim Lund")
    assert {item.customer for item in week.items(me, mine=True)} == {
        "Fabrikam",
        "Lucerne Publishing",
    }
    assert week.items(busy, mine=True) == []


def test_an_item_is_found_by_its_key_its_beginning_or_a_tenant_s_name(busy: Context) -> None:
    every, ranked = week.items(busy), portfolio.load(busy).ranked
    item = of(busy, Sort.CONTACTS, "Fabrikam")
    for name in (item.key, item.key[:-8], "contacts@fabrikam"):
        assert week.find(every, name, ranked) == item
    with pytest.raises(NotFoundError, match="no item is named"):
        week.find(every, "contacts@nobody", ranked)
    with pytest.raises(NotFoundError):
        week.find(every, "", ranked)
    with pytest.raises(AmbiguousError) as caught:
        week.find(every, "contacts", ranked)
    assert item.key in caught.value.details


def test_the_notes_of_twelve_customers_can_be_worked_off(busy: Context) -> None:
    """A week of the motion: everything that can be done today is, and nothing is overdue."""
    later = {Sort.REVIEW, Sort.MEETING}
    chosen = [item for item in week.week(busy).items if item.sort not in later]
    week.done(busy, chosen)
    left = week.week(busy)
    assert left.overdue == ()
    weekly = {item.due for item in left.items if item.sort not in later}
    assert weekly <= {ahead(7)}, "partners' data is due again in a week"
    assert not {band for _, band in bands(busy)} & {"breach", "late"}
