"""The Overall form: a call, what is worth tracking, and the next actions that are open."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind, Role
from ftop_tui.screens.overall import OverallScreen
from ftop_tui.screens.posting import PostingDialog
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.services.next_actions import open_actions
from ftop_tui.store.tables import Contact
from ftop_tui.widgets.action_list import ActionList
from ftop_tui.widgets.choice_row import ChoiceRow
from ftop_tui.widgets.dialogs import Choice
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_field import NoteField
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.people_suggester import PeopleSuggester
from ftop_tui.widgets.preview import Preview

from .conftest import HOSTILE
from .forms import FormApp, delete_and_undo, rows, settle, type_in


def form(context: Context, tenant: str = "t00000") -> FormApp:
    return FormApp(context, lambda: OverallScreen(tenant))


def screen_of(app: FormApp) -> OverallScreen:
    screen = next(s for s in app.screen_stack if isinstance(s, OverallScreen))
    assert isinstance(screen, OverallScreen)
    return screen


def rules(app: FormApp, name: str) -> list[str]:
    found = screen_of(app).query_one(f"#{name}-field", NoteField).findings
    return [finding.rule for finding in found]


def actions(app: FormApp) -> list[str]:
    return [item.action for item in screen_of(app).query_one(ActionList).items]


async def fill(pilot: Pilot[Any], app: FormApp, name: str, text: str) -> None:
    await type_in(pilot, screen_of(app).query_one(f"#{name}"), text)


def posted(context: Context, tenant: str = "t00000", **fields: Any) -> str:
    """A posted note of the tenant, made behind the form's back."""
    draft = notes.new_draft(context, NoteKind.OVERALL, tenant)
    body = replace(OverallBody(text="A call."), **fields)
    note_id = notes.save_draft(context, draft.with_body(body)).id
    notes.post(context, note_id)
    return note_id


def add_contacts(context: Context, *names: str) -> None:
    with context.writer().unit("test") as unit:
        for place, name in enumerate(names):
            unit.session.add(
                Contact(
                    id=f"k{place}", customer_id="c00000", section="Customer", name=name,
                    title="CIO", created_on=date(2026, 1, 5),
                )
            )  # fmt: skip


async def test_what_is_typed_is_what_ftop_gets(portfolio: Context) -> None:
    """OS-02, OS-11, OS-12."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.focused is not None
        assert app.focused.id == "text"
        await fill(pilot, app, "attendees", "Kim, Lee")
        await fill(pilot, app, "text", "The pilot starts in March.")
        await fill(pilot, app, "next_action", "Send the sizing sheet")
        await fill(pilot, app, "action_date", "2026-12-01")
        await fill(pilot, app, "action_owner", "Kim")
        screen_of(app).query_one("#author_role", ChoiceRow).focus()
        await pilot.press("4")
        await pilot.pause()
        text = (
            "With: Kim, Lee\nThe pilot starts in March.\n"
            "Next action: Send the sizing sheet, date: 2026-12-01, owner: Kim"
        )
        assert screen_of(app).query_one("#preview", Preview).text == text
        assert screen_of(app).note.author_role is Role.ADOPTION_SME
        await pilot.press("escape")
        await settle(pilot)
    query = "SELECT state, text FROM note WHERE kind = 'overall' AND tenant_id = 't00000'"
    assert rows(portfolio, query) == [("draft", text)]


async def test_it_is_dated_now_and_opens_on_any_tenant(portfolio: Context) -> None:
    app = form(portfolio, "t00005-b")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert str(screen_of(app).query_one("#when", Static).render()).startswith("Sat 21 Nov 2026")
        assert screen_of(app).tenant_id == "t00005-b"


async def test_a_form_that_was_only_looked_at_stores_nothing(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("tab", "tab", "f10", "f10", "escape")
        await settle(pilot)
        assert len(app.screen_stack) == 1
    query = "SELECT count(*) FROM note WHERE kind = 'overall' AND tenant_id = 't00000'"
    assert rows(portfolio, query) == [(0,)]


async def test_an_action_needs_date_and_owner_and_trouble_a_risk(portfolio: Context) -> None:
    """OS-02, OS-04: findings below the field, in the same frame."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert rules(app, "next_action") == ["OS-02"]
        await fill(pilot, app, "next_action", "Call back")
        assert (rules(app, "next_action"), rules(app, "action_date"), rules(app, "action_owner")) \
            == ([], ["OS-02"], ["OS-02"])  # fmt: skip
        await fill(pilot, app, "text", "There is an issue")
        assert rules(app, "text") == ["OS-04"]
        await fill(pilot, app, "action_date", "1 Dec")
        problem = screen_of(app).query_one("#day-problem", Static)
        assert problem.display
        assert rules(app, "action_date") == ["OS-02"]


async def test_an_sme_is_told_that_overall_notes_are_not_his(portfolio: Context) -> None:
    """OS-01."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        row = screen_of(app).query_one("#author_role", ChoiceRow)
        row.focus()
        await pilot.press("3")
        await pilot.pause()
        assert rules(app, "author_role") == ["OS-01"]
        await pilot.press("4")
        await pilot.pause()
        assert rules(app, "author_role") == []


async def test_contacts_are_offered_for_the_call_and_as_owner(portfolio: Context) -> None:
    add_contacts(portfolio, "Kim Akers", "ada byron", "Lee Gu")
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, Choice)
        offered = [(option.label, option.detail) for option in app.screen.options]
        assert offered == [
            ("Ada Byron", "FTA"), ("Kim Akers", "CIO, Customer"), ("Lee Gu", "CIO, Customer"),
        ]  # fmt: skip
        await pilot.press("b")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert [option.label for option in app.screen.options] == ["Ada Byron", "Lee Gu"]
        await pilot.press("a")
        await settle(pilot)
        assert screen_of(app).note.attendees == "Kim Akers, Ada Byron"
        screen_of(app).query_one("#action_owner").focus()
        await pilot.press("f2", "c")
        await settle(pilot)
        assert screen_of(app).note.action_owner == "Lee Gu"
        await pilot.press("escape")
        await settle(pilot)


async def test_where_nobody_is_known_nobody_is_offered(portfolio: Context) -> None:
    app = form(portfolio, "t00004")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert screen_of(app).check_action("people", ()) is None


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Ki", "Kim Akers"),
        ("Lee Gu, ki", "Lee Gu, kim Akers"),
        ("Kim Akers", None),
        ("Kim Akers, ", None),
        ("", None),
        ("Zo", None),
    ],
)
async def test_the_last_name_of_several_is_completed(typed: str, suggested: str | None) -> None:
    assert await PeopleSuggester(["Kim Akers", "Lee Gu"]).get_suggestion(typed) == suggested


async def test_open_actions_stand_beside_and_enter_ticks_one_off(portfolio: Context) -> None:
    posted(portfolio, next_action="Later", action_date=date(2026, 12, 9), action_owner="Lee")
    posted(portfolio, next_action="Missed", action_date=date(2026, 11, 18))
    posted(portfolio, "t00001", next_action="Of another tenant")
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert actions(app) == ["Missed", "Later"]
        first = str(screen_of(app).query_one(OptionList).get_option_at_index(0).prompt)
        assert "2026-11-18  late" in first
        assert "no owner" in first
        await fill(pilot, app, "text", "Typed meanwhile")
        await pilot.press("f10", "enter")
        await settle(pilot)
        assert actions(app) == ["Later"]
        assert screen_of(app).note.text == "Typed meanwhile"
        assert [told.notes for told in app.told if "Ticked off" in told.sentence] == [True]
        await pilot.press("f10", "escape")
        await settle(pilot)
    assert [each.action for each in open_actions(portfolio, "t00000")] == ["Later"]
    texts = rows(portfolio, "SELECT count(*) FROM note WHERE text LIKE '%Missed%'")
    assert texts == [(1,)], "the posted note is as it was"


async def test_the_note_being_written_is_not_among_the_open_actions(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await fill(pilot, app, "next_action", "Mine")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert actions(app) == []
        await pilot.press("escape")
        await settle(pilot)
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert screen_of(app).note.next_action == "Mine"
        assert actions(app) == []


async def test_the_actions_are_behind_a_key_on_a_narrow_terminal(portfolio: Context) -> None:
    posted(portfolio, next_action="Call back")
    app = form(portfolio)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert not screen_of(app).query_one("#side").region
        await pilot.press("f10")
        await pilot.pause()
        assert screen_of(app).query_one("#actions").has_focus
        assert screen_of(app).query_one("#side").region
        await pilot.press("escape")
        await pilot.pause()
        assert screen_of(app).query_one("#form").region


async def test_it_is_posted_today_or_earlier_and_moves_no_clock(portfolio: Context) -> None:
    before = rows(portfolio, "SELECT enterprise FROM tenant_facts WHERE tenant_id = 't00000'")
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await fill(pilot, app, "text", "Said and done.")
        await pilot.press("f8")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, PostingDialog)
        dialog.query_one("#day", NoteLine).fill("2026-11-20")
        await pilot.press("enter")
        await settle(pilot)
        assert len(app.screen_stack) == 1
    query = "SELECT posted_on FROM note WHERE kind = 'overall' AND tenant_id = 't00000'"
    assert rows(portfolio, query) == [("2026-11-20",)]
    after = rows(portfolio, "SELECT enterprise FROM tenant_facts WHERE tenant_id = 't00000'")
    assert after == before


async def test_a_deleted_draft_comes_back_with_undo(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await fill(pilot, app, "text", "Kept.")
        assert await delete_and_undo(pilot, portfolio, "overall") == (0, 1)


@pytest.mark.parametrize(
    ("tenant", "size"),
    [("t00000", (80, 24)), ("t00001", (120, 40)), ("t00002", (120, 40)), ("t00006", (200, 60))],
)
async def test_hostile_names_and_texts_are_drawn_letter_by_letter(
    hostile: Context, tenant: str, size: tuple[int, int]
) -> None:
    add_contacts(hostile, *HOSTILE)
    for text in HOSTILE:
        posted(hostile, tenant, next_action=f"{text}!", action_owner=text, attendees=text)
    app = form(hostile, tenant)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await fill(pilot, app, "text", "[/] [red]x[/]")
        if tenant == "t00000":
            await pilot.press("f2")
            await settle(pilot)
            await pilot.press("c")
            await settle(pilot)
        assert screen_of(app).query_one("#text", NoteArea).text == "[/] [red]x[/]"
        await pilot.press("f10", "down", "enter")
        await settle(pilot)
        await pilot.press("f10", "f8")
        await settle(pilot)
        await pilot.press("escape", "f12", "escape", "escape")
        await settle(pilot)
        assert app.failed_with is None
    assert len(open_actions(hostile, tenant)) == len(HOSTILE) - 1


async def test_the_question_before_posting_says_what_is_missing(portfolio: Context) -> None:
    """OS-02: no next action warns, and blocks nothing."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f8")
        await settle(pilot)
        assert isinstance(app.screen, PostingDialog)
        assert any(warning.startswith("OS-02") for warning in app.screen.details)
