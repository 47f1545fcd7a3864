"""What the Enterprise form reads around its note, FTOP's text taken in, and next actions."""

from dataclasses import replace
from datetime import date

import pytest

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.crossing import Crossing, crossed
from ftop_tui.playbook.notes import EnterpriseBody, OverallBody
from ftop_tui.playbook.usage import UsagePoint
from ftop_tui.playbook.values import EnterpriseStatus, NoteKind
from ftop_tui.services import enterprise_forms, notes, portfolio, records
from ftop_tui.services.context import Context
from ftop_tui.services.history import redo, undo
from ftop_tui.services.next_actions import open_actions, tick_off
from ftop_tui.store.tables import Usage, Workload
from house import FABRIKAM, FABRIKAM_LAB, TODAY, RunCli

FTOP = """\
Status: Yellow
Exec Summary: Topic of the day
O365 Deployment Status Current Overview: Mail first.
Risks: the firewall"""


def months(*shares: int, first: int = 1) -> list[UsagePoint]:
    return [UsagePoint(date(2026, first + n, 1), 100, share) for n, share in enumerate(shares)]


def test_a_milestone_counts_as_crossed_from_the_month_that_reached_it() -> None:
    found = crossed("EXO", months(10, 14, 16, 41), (15, 40), date(2026, 2, 20))
    assert found == [
        Crossing("EXO", 15, date(2026, 3, 1)),
        Crossing("EXO", 40, date(2026, 4, 1)),
    ]
    assert found[0].sentence == "EXO reached 15% of usage in March 2026."


def test_what_was_reached_before_is_no_news() -> None:
    """RA-14: once above, falling and rising again crosses nothing anew."""
    assert crossed("EXO", months(16, 12, 17), (15, 40), date(2026, 2, 20)) == []
    assert crossed("EXO", months(50), (15, 40), None) == []
    assert crossed("EXO", [], (15, 40), date(2026, 2, 20)) == []
    unknown = [UsagePoint(date(2026, 1, 1), None, 3), *months(20, first=3)]
    assert crossed("EXO", unknown, (15, 40), date(2026, 2, 20)) == []


def test_the_month_of_the_last_note_is_news() -> None:
    assert crossed("EXO", months(10, 20), (15,), date(2026, 2, 28)) == [
        Crossing("EXO", 15, date(2026, 2, 1))
    ]


def test_another_tenant_is_told_its_winner(stocked: Context) -> None:
    """ES-02."""
    around = enterprise_forms.around(stocked, FABRIKAM_LAB)
    assert around.winner_id == FABRIKAM
    assert around.winner_name != around.tenant_name


def test_the_winner_sees_what_the_others_hold(stocked: Context) -> None:
    """RA-11."""
    note_id = overall(stocked, FABRIKAM_LAB, next_action="Call the lab")
    around = enterprise_forms.around(stocked, FABRIKAM)
    assert [other.tenant_id for other in around.others] == [FABRIKAM_LAB]
    assert [action.note_id for action in around.others[0].actions] == [note_id]
    held = portfolio.detail(stocked, FABRIKAM_LAB)
    assert around.others[0].detail == held
    assert around.record.is_winner


def test_milestones_of_all_tenants_since_the_last_note_are_offered(stocked: Context) -> None:
    """RA-14."""
    last = enterprise_forms.around(stocked, FABRIKAM).last_day
    assert last is not None
    month, before = last.replace(day=1), date(2020, 1, 1)
    with stocked.writer().unit("test") as unit:
        for tag, day, users in (("SDS", before, 1), ("SDS", month, 20), ("PROJ", before, 1),
                                ("PROJ", date(2020, 2, 1), 20)):  # fmt: skip
            unit.upsert(Workload, [{"tenant_id": FABRIKAM_LAB, "tag": tag}])
            unit.session.add(
                Usage(
                    tenant_id=FABRIKAM_LAB, tag=tag, month=day, source="license-usage",
                    paid_units=100, active_users=users,
                )
            )  # fmt: skip
    offered = enterprise_forms.around(stocked, FABRIKAM).milestones
    assert Crossing("SDS", 15, month) in offered
    assert "PROJ" not in {each.tag for each in offered}


def test_ftops_text_becomes_the_note_that_stands_there(stocked: Context) -> None:
    done = enterprise_forms.take_in(stocked, FABRIKAM, FTOP, TODAY)
    assert done.rank
    assert done.notes
    last = enterprise_forms.around(stocked, FABRIKAM).last
    assert last == enterprise_forms.LastPosted(
        TODAY,
        EnterpriseBody(
            status=EnterpriseStatus.YELLOW,
            description="Topic of the day",
            overview="Mail first.",
            risks="the firewall",
        ),
    )
    facts = portfolio.find(portfolio.load(stocked), FABRIKAM).facts
    assert (facts.status, facts.enterprise) == ("yellow", TODAY.toordinal())


def test_the_same_text_is_kept_once(stocked: Context) -> None:
    enterprise_forms.take_in(stocked, FABRIKAM, FTOP, TODAY)
    count = len(portfolio.notes(stocked, FABRIKAM))
    assert not enterprise_forms.take_in(stocked, FABRIKAM, f"{FTOP}\n\n", TODAY).rank
    assert len(portfolio.notes(stocked, FABRIKAM)) == count


def test_one_undo_takes_it_out_again(stocked: Context) -> None:
    before = enterprise_forms.around(stocked, FABRIKAM)
    enterprise_forms.take_in(stocked, FABRIKAM, FTOP, TODAY)
    assert undo(stocked) is not None
    assert enterprise_forms.around(stocked, FABRIKAM) == before


@pytest.mark.parametrize(
    ("tenant", "text", "day", "error"),
    [
        (FABRIKAM, " \n ", TODAY, InputError),
        (FABRIKAM, FTOP, date(2026, 11, 22), InputError),
        (FABRIKAM_LAB, FTOP, TODAY, RefusedError),
        ("nobody", FTOP, TODAY, NotFoundError),
    ],
)
def test_what_cannot_be_taken_in_changes_nothing(
    stocked: Context, tenant: str, text: str, day: date, error: type[Exception]
) -> None:
    before = len(portfolio.notes(stocked))
    with pytest.raises(error):
        enterprise_forms.take_in(stocked, tenant, text, day)
    assert len(portfolio.notes(stocked)) == before


def test_a_posted_day_without_a_text_offers_nothing_to_start_from(stocked: Context) -> None:
    records.record(stocked, FABRIKAM, "enterprise", on=TODAY)
    around = enterprise_forms.around(stocked, FABRIKAM)
    assert around.last_day == TODAY
    assert around.last is None


# Next actions.


def overall(context: Context, tenant: str, **fields: object) -> str:
    draft = notes.new_draft(context, NoteKind.OVERALL, tenant)
    body = replace(OverallBody(text="A call."), **fields)  # type: ignore[arg-type]
    return notes.save_draft(context, draft.with_body(body)).id


def test_open_actions_come_the_earliest_first(stocked: Context) -> None:
    """OS-02: of drafts and posted notes; a note without an action has none."""
    late = overall(stocked, FABRIKAM, next_action="Second", action_date=date(2026, 12, 2))
    soon = overall(stocked, FABRIKAM_LAB, next_action="First", action_date=date(2026, 12, 1))
    bare = overall(stocked, FABRIKAM, next_action="Third", action_owner="Kim")
    overall(stocked, FABRIKAM)
    notes.post(stocked, soon)
    found = open_actions(stocked)
    assert [each.note_id for each in found] == [soon, late, bare]
    assert [each.note_id for each in open_actions(stocked, FABRIKAM)] == [late, bare]
    assert (found[0].posted_on, found[1].posted_on, found[2].owner) == (TODAY, None, "Kim")


def test_a_tick_leaves_the_posted_note_as_it_is_and_can_be_undone(stocked: Context) -> None:
    note_id = overall(stocked, FABRIKAM, next_action="Send the sheet")
    notes.post(stocked, note_id)
    before = notes.load(stocked, note_id)
    done = tick_off(stocked, note_id)
    assert done.sentence.endswith("Send the sheet")
    assert open_actions(stocked) == []
    assert notes.load(stocked, note_id) == before
    undo(stocked)
    assert [each.note_id for each in open_actions(stocked)] == [note_id]
    redo(stocked)
    assert open_actions(stocked) == []


def test_only_an_open_action_is_ticked_off(stocked: Context) -> None:
    note_id = overall(stocked, FABRIKAM, next_action="Once")
    tick_off(stocked, note_id)
    empty = overall(stocked, FABRIKAM)
    other = notes.save_draft(stocked, notes.new_draft(stocked, NoteKind.ENTERPRISE, FABRIKAM)).id
    for refused in (note_id, empty, other):
        with pytest.raises(RefusedError):
            tick_off(stocked, refused)


def test_no_store_has_no_actions_and_makes_none(context: Context) -> None:
    assert open_actions(context) == []
    assert not context.store.exists()


def test_the_command_line_lists_and_ticks_off(stocked: Context, run_cli: RunCli) -> None:
    note_id = overall(
        stocked, FABRIKAM, next_action="Send it", action_date=date(2026, 12, 1), action_owner="Kim"
    )
    listed = run_cli("action", "list", FABRIKAM, "--json")
    assert listed.status == 0
    assert listed.json == [
        {
            "note_id": note_id, "tenant_id": FABRIKAM,
            "tenant_name": open_actions(stocked)[0].tenant_name, "day": "2026-12-01",
            "owner": "Kim", "action": "Send it", "posted_on": None,
        }
    ]  # fmt: skip
    assert "Send it" in run_cli("action", "list").text
    assert run_cli("action", "done", note_id[:10]).status == 0
    assert run_cli("action", "list", "--json").json == []
    assert run_cli("action", "done", note_id).status == 2
