"""Nominating for reviews on a real store: meetings, warnings, refusals, and undo."""

from datetime import date, timedelta

import pytest

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.services import briefs, history, portfolio, reviews
from ftop_tui.services.context import Context
from ftop_tui.services.reviews import Nominated
from house import DERIVED, FABRIKAM, FABRIKAM_LAB, TODAY, WOODGROVE, dump, import_text, on

THURSDAY = date(2026, 11, 26)
LATER = date(2026, 12, 3)


def nominate(context: Context, tenant: str = FABRIKAM, day: date = LATER) -> Nominated:
    return reviews.nominate(context, tenant, day)


def test_without_a_store_there_are_no_meetings_and_none_is_made(context: Context) -> None:
    assert reviews.meetings(context) == []
    assert reviews.hints(context) == []
    assert reviews.next_meeting(context) is None
    assert [meeting.day.weekday() for meeting in reviews.calendar(context)] == [3] * 6
    assert not context.store.exists()


def test_a_nominated_customer_must_be_presented(stocked: Context) -> None:
    """RA-15; any tenant of the customer stands for it, the winner is shown (ES-13)."""
    done = nominate(stocked, FABRIKAM_LAB)
    (meeting,) = reviews.meetings(stocked)
    (found,) = meeting.to_present
    assert (meeting.day, meeting.off_rhythm) == (LATER, False)
    assert (found.tenant_id, found.name, found.nominated_on) == (FABRIKAM, "Fabrikam", TODAY)
    assert (found.short_notice, found.earliest_usual, done.warnings) == (False, None, ())
    assert done.changes.sentence == "Nominated Fabrikam for the review of 2026-12-03"


def test_a_nomination_on_short_notice_is_marked_and_said(stocked: Context) -> None:
    """RA-15: less than seven days ahead, by the day on which it was decided."""
    done = nominate(stocked, day=THURSDAY)
    assert done.warnings == (
        "short notice: nominated 5 days ahead, the agenda is set 7 days ahead",
    )
    assert reviews.meetings(stocked)[0].nominations[0].short_notice
    earlier = reviews.nominate(stocked, WOODGROVE, THURSDAY, on=THURSDAY - timedelta(days=7))
    assert earlier.warnings == ()


def test_a_meeting_off_the_weekly_rhythm_is_possible_and_marked(stocked: Context) -> None:
    """RA-15: as leadership requires."""
    assert "off the weekly rhythm" in nominate(stocked, day=date(2026, 12, 1)).warnings[0]
    extra = reviews.nominate(stocked, WOODGROVE, LATER, off_rhythm=True)
    assert "off the weekly rhythm" in extra.warnings[0]
    assert [m.off_rhythm for m in reviews.meetings(stocked)] == [True, True]


def test_coming_back_within_six_weeks_is_allowed_and_the_usual_date_is_said(
    stocked: Context,
) -> None:
    """RA-16."""
    done = nominate(stocked, day=THURSDAY)
    reviews.mark_presented(on(stocked, THURSDAY), done.nomination_id)
    again = nominate(stocked, day=THURSDAY + timedelta(days=35))
    usual = THURSDAY + timedelta(days=42)
    assert again.warnings == (f"sooner than usual: the earliest usual date is {usual}",)
    assert reviews.meetings(stocked)[-1].nominations[0].earliest_usual == usual
    assert nominate(stocked, day=usual).warnings == ()


@pytest.mark.parametrize(
    ("day", "decided", "error", "said"),
    [
        (TODAY - timedelta(days=1), None, RefusedError, "is past"),
        (LATER, TODAY + timedelta(days=1), InputError, "still to come"),
    ],
)
def test_a_past_review_and_a_decision_to_come_are_refused(
    stocked: Context, day: date, decided: date | None, error: type[Exception], said: str
) -> None:
    before = dump(stocked.store)
    with pytest.raises(error, match=said):
        reviews.nominate(stocked, FABRIKAM, day, on=decided)
    assert dump(stocked.store) == before


def test_two_nominations_of_one_customer_for_one_meeting_are_refused(stocked: Context) -> None:
    """RA-15: by another tenant of the customer as well."""
    nominate(stocked)
    before = dump(stocked.store)
    with pytest.raises(RefusedError, match="nominated for the review of 2026-12-03 already"):
        nominate(stocked, FABRIKAM_LAB)
    assert dump(stocked.store) == before


def test_every_change_is_undone_and_done_again(stocked: Context) -> None:
    start = dump(stocked.store, *DERIVED)
    done = nominate(stocked, day=TODAY)
    briefs.edit(stocked, FABRIKAM, "wins", "- Ours")
    edited = dump(stocked.store, *DERIVED)
    reviews.withdraw(stocked, done.nomination_id)
    assert reviews.meetings(stocked)[0].nominations == ()
    assert history.undo(stocked) == "Withdrew Fabrikam from the review of 2026-11-21"
    assert dump(stocked.store, *DERIVED) == edited
    reviews.mark_presented(stocked, done.nomination_id)
    moved = [history.undo(stocked), history.undo(stocked), history.undo(stocked)]
    assert moved[-1] == "Nominated Fabrikam for the review of 2026-11-21"
    assert dump(stocked.store, *DERIVED) == start
    history.redo(stocked)
    assert reviews.meetings(stocked)[0].nominations[0].id == done.nomination_id


def test_a_nomination_moves_with_its_edited_brief(stocked: Context) -> None:
    done = nominate(stocked, day=LATER)
    briefs.edit(stocked, FABRIKAM, "wins", "- Ours")
    moved = reviews.move(stocked, done.nomination_id, THURSDAY)
    assert moved.warnings[0].startswith("short notice")
    found = briefs.brief(stocked, FABRIKAM)
    assert (found.review_day, found.part("wins").text) == (THURSDAY, "- Ours")
    nominate(stocked, day=LATER)
    with pytest.raises(RefusedError, match="already"):
        reviews.move(stocked, done.nomination_id, LATER)
    with pytest.raises(RefusedError, match="is past"):
        reviews.move(stocked, done.nomination_id, TODAY - timedelta(days=1))


def test_presented_is_said_only_after_the_meeting_and_can_be_taken_back(stocked: Context) -> None:
    done = nominate(stocked, day=THURSDAY)
    with pytest.raises(RefusedError, match="still to come"):
        reviews.mark_presented(stocked, done.nomination_id)
    then = on(stocked, THURSDAY)
    assert reviews.mark_presented(then, done.nomination_id).rank
    assert reviews.mark_presented(then, done.nomination_id).sentence == "Nothing changed"
    for refused in (
        lambda: reviews.withdraw(then, done.nomination_id),
        lambda: reviews.move(then, done.nomination_id, LATER),
    ):
        with pytest.raises(RefusedError, match="presented"):
            refused()
    reviews.mark_presented(then, done.nomination_id, presented=False)
    assert reviews.meetings(then)[0].to_present


def test_what_is_not_there_is_said(stocked: Context) -> None:
    with pytest.raises(NotFoundError):
        reviews.withdraw(stocked, "nobody")
    with pytest.raises(NotFoundError, match="not nominated"):
        reviews.find(stocked, FABRIKAM, LATER)
    with pytest.raises(NotFoundError):
        nominate(stocked, "no-tenant")


def test_a_review_date_of_ftop_is_a_hint_until_the_customer_is_nominated(
    stocked: Context,
) -> None:
    (hint,) = reviews.hints(stocked)
    assert (hint.tenant_id, hint.name, hint.words) == (FABRIKAM, "Fabrikam", "FTOP says 2026-11-26")
    nominate(stocked)
    assert reviews.hints(stocked) == []


def test_the_next_meeting_is_the_first_from_a_day_on(stocked: Context) -> None:
    nominate(stocked, day=LATER)
    nominate(stocked, WOODGROVE, THURSDAY)
    found = reviews.next_meeting(stocked)
    assert found is not None
    assert found.day == THURSDAY
    assert reviews.next_meeting(stocked, LATER + timedelta(days=1)) is None
    assert [meeting.day for meeting in reviews.calendar(stocked)][:2] == [THURSDAY, LATER]


def test_a_nomination_changes_no_rank(stocked: Context) -> None:
    before = portfolio.load(stocked)
    nominate(stocked)
    assert portfolio.load(stocked) == before


def test_a_hostile_name_is_nominated_as_it_is_written(empty: Context) -> None:
    import_text(empty, "TenantId,TenantName,Users\n7f1c2c1e-0000-4000-8000-0000000000aa,[/]x,5\n")
    tenant = portfolio.load(empty).ranked[0].facts.tenant_id
    assert nominate(empty, tenant).changes.sentence.startswith("Nominated [/]x for")
