"""The Exec Summary form: what is typed is what FTOP gets."""

import pytest
from textual.widgets import Static

from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import EntitlementStatus, NoteKind
from ftop_tui.screens.exec_summary import ExecSummaryScreen
from ftop_tui.screens.posting import PostingDialog
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.preview import Preview
from playbook.examples import PLAYBOOK_EXAMPLE as EXAMPLE

from .forms import FormApp, delete_and_undo, paste, rows, settle, type_in

TYPED = {
    "customer": "Retail company with 20K users onboarding to M365 with a lot of media attention",
    "relationship": "Engaged with Account Team, and customer has good Exec Sponsorship. We have "
    "weekly sync calls with the customer and partner assisting with their deployment plans.",
    "support": "Cx could benefit from engineering engagement considering the high-profile "
    "migration to the service.",
}
LINES = {
    "EXO": "Planning, updating firewall rules.",
    "OLM": "Reviewing their mobile strategy.",
    "SPO": "Planning, but migration of existing data is a concern",
    "OD": "Planning, part of the Win10 upgrade",
    "OPP": "Planning deployment. Currently testing on 10 users as a pilot group in IT.",
    "AADP": "Setting up MFA and Conditional Access policies for test user group.",
}


def form(context: Context, tenant: str = "t00000") -> FormApp:
    return FormApp(context, lambda: ExecSummaryScreen(tenant))


async def test_the_playbooks_example_comes_out_line_for_line(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = app.screen
        for name, text in TYPED.items():
            area = screen.query_one(f"#{name}", NoteArea)
            area.select_all()
            await type_in(pilot, area, text)
        screen.query_one("#engagement").focus()
        await pilot.press("3")
        screen.query_one("#deployment").focus()
        await pilot.press("1")
        for tag, text in LINES.items():
            place = list(portfolio.pack.by_tag).index(tag)
            await type_in(pilot, screen.query_one(f"#line-{place}", NoteLine), text)
        await pilot.pause()
        assert screen.query_one("#side", Preview).text == EXAMPLE
        await pilot.press("escape")
        await settle(pilot)
    assert rows(portfolio, "SELECT state, text FROM note WHERE kind = 'exec-summary'") == [
        ("draft", EXAMPLE)
    ]


async def test_the_preview_has_each_key_in_the_same_frame(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("x")
        assert "1,000 usersx" in app.screen.query_one("#side", Preview).text


async def test_it_starts_from_the_record_and_says_what_is_missing(portfolio: Context) -> None:
    """OS-06: industry and size are known, structure and news are not."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.screen.query_one("#customer", NoteArea).text == "Toys, 1,000 users"
        hint = str(app.screen.query_one("#covers", Static).render())
        assert hint == "not yet said: structure, recent news"


EXO = "Customer is moving forward with 200 mailboxes a week."
SPO = "Unable to move 400 sites because of Nintex workflows.\nThe vendor helps in March."


def with_posted_notes(context: Context, tenant: str = "t00000") -> Context:
    """Entitlement notes on two workloads that stand in FTOP, and a draft on a third."""
    for tag, text in (("EXO", EXO), ("SPO", SPO), ("TEAMS", "A draft counts for nothing.")):
        body = EntitlementBody(status=EntitlementStatus.BLOCKED, text=text)
        draft = notes.open_draft(context, NoteKind.ENTITLEMENT, tenant, tag)
        stored = notes.save_draft(context, draft.with_body(body))
        if tag != "TEAMS":
            notes.post(context, stored.id, anyway="for the test")
    return context


def line_of(app: FormApp, tag: str) -> NoteLine:
    place = list(app.context.pack.by_tag).index(tag)
    return app.screen.query_one(f"#line-{place}", NoteLine)


async def test_posted_notes_are_proposed_and_nothing_is_written_unasked(
    portfolio: Context,
) -> None:
    app = form(with_posted_notes(portfolio))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert (line_of(app, "EXO").value, line_of(app, "EXO").placeholder) == ("", EXO)
        assert line_of(app, "SPO").placeholder == SPO.replace("\n", " ")
        assert line_of(app, "TEAMS").placeholder == ""
        assert "Nintex" not in app.screen.query_one("#side", Preview).text
        await pilot.press("escape")
        await settle(pilot)
    assert rows(portfolio, "SELECT count(*) FROM note WHERE kind = 'exec-summary'") == [(0,)]


async def test_one_key_takes_over_the_proposal_of_the_line(portfolio: Context) -> None:
    app = form(with_posted_notes(portfolio))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.screen.check_action("take", ()) is None
        line_of(app, "EXO").focus()
        await pilot.press("f4", *" Next.")
        assert line_of(app, "EXO").value == f"{EXO} Next."
        assert line_of(app, "SPO").value == ""
        assert f"{EXO} Next." in app.screen.query_one("#side", Preview).text
        await pilot.press("f4")
        assert line_of(app, "EXO").value == f"{EXO} Next."


async def test_another_key_takes_over_all_that_are_empty(portfolio: Context) -> None:
    app = form(with_posted_notes(portfolio))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await type_in(pilot, line_of(app, "EXO"), "My own words")
        await pilot.press("f5")
        await pilot.pause()
        body = app.screen.summary  # type: ignore[attr-defined]
        assert body.workloads == {"EXO": "My own words", "SPO": SPO.replace("\n", " ")}


async def test_without_a_posted_note_there_is_nothing_to_take_over(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        line_of(app, "EXO").focus()
        await pilot.pause()
        assert app.screen.check_action("take", ()) is None
        assert app.screen.check_action("take_all", ()) is None
        await pilot.press("f4", "f5")
        assert line_of(app, "EXO").value == ""


def title_of(app: FormApp) -> str:
    return str(app.screen.query_one(".title", Static).render())


async def test_the_head_says_who_asked_and_when(portfolio: Context) -> None:
    """OS-03."""
    app = form(portfolio, "t00008")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert title_of(app).endswith("requested by Grace Lee on 2026-11-21")


async def test_a_request_is_noted_by_key_and_what_is_typed_stays(portfolio: Context) -> None:
    """OS-03."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "requested" not in title_of(app)
        await pilot.press(*" typed", "ctrl+r")
        await settle(pilot)
        await pilot.press(*"[/] Ada", "enter")
        await settle(pilot)
        assert title_of(app).endswith("requested by [/] Ada on 2026-11-21")
        assert app.screen.query_one("#customer", NoteArea).text == "Toys, 1,000 users typed"
        assert any(told.rank and "t00000" in told.tenants for told in app.told)
    query = "SELECT request_by FROM tenant_facts WHERE tenant_id = 't00000'"
    assert rows(portfolio, query) == [("[/] Ada",)]


async def test_a_form_that_was_only_looked_at_stores_nothing(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("tab", "tab", "down", "escape")
        await settle(pilot)
        assert not isinstance(app.screen, ExecSummaryScreen)
    assert rows(portfolio, "SELECT count(*) FROM note WHERE kind = 'exec-summary'") == [(0,)]


async def test_all_seventeen_workloads_are_reached_by_tab(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        reached = set()
        for _ in range(30):
            await pilot.press("tab")
            reached.add(app.focused.id if app.focused else None)
        assert {f"line-{place}" for place in range(17)} <= reached


async def test_a_paste_of_several_lines_is_cleaned(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        area = app.screen.query_one("#support", NoteArea)
        await paste(pilot, area, "One\r\n\x1b]52;c;aGFjaw==\x07Two \u202eX")
        line = app.screen.query_one("#line-0", NoteLine)
        await paste(pilot, line, "first\nsecond\x1b[31m")
        body = app.screen.summary  # type: ignore[attr-defined]
        assert body.support == ("One", "Two X")
        assert body.workloads == {"EXO": "first second"}


async def test_the_preview_is_behind_a_key_on_a_narrow_terminal(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        side, fields = app.screen.query_one("#side"), app.screen.query_one("#form")
        assert not side.display or not side.region
        await pilot.press("f10")
        await pilot.pause()
        assert side.has_focus
        assert side.region
        assert not fields.region
        await pilot.press("f10")
        await pilot.pause()
        assert fields.region
        assert fields.query_one("#customer").has_focus


async def test_posting_is_one_fact_that_the_list_hears_of(portfolio: Context) -> None:
    app = form(portfolio, "t00008")  # somebody has asked for an Exec Summary of this one
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*"Going well.", "f8")
        await settle(pilot)
        assert isinstance(app.screen, PostingDialog)
        await pilot.press("enter")
        await settle(pilot)
        assert len(app.screen_stack) == 1
        assert any(told.rank and told.notes for told in app.told)
    query = "SELECT request FROM tenant_facts WHERE tenant_id = 't00008'"
    assert rows(portfolio, query) == [(None,)]


async def test_an_empty_summary_needs_a_reason_and_a_future_day_is_refused(
    portfolio: Context,
) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.screen.query_one("#customer", NoteArea).select_all()
        await pilot.press("delete", "f8")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, PostingDialog)
        assert [obstacle.rule for obstacle in dialog.obstacles] == ["OS-05"]
        await pilot.press("enter", "enter")  # to the reason, which is empty
        await settle(pilot)
        assert app.screen is dialog
        await pilot.press(*"It stands there empty.")
        dialog.query_one("#day", NoteLine).fill("2026-11-22")
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is dialog
        dialog.query_one("#day", NoteLine).fill("2026-11-20")
        await pilot.press("enter")
        await settle(pilot)
    assert rows(portfolio, "SELECT posted_on, anyway FROM note WHERE kind = 'exec-summary'") == [
        ("2026-11-20", "It stands there empty.")
    ]


async def test_a_deleted_draft_comes_back_with_undo(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*" Kept.")
        assert await delete_and_undo(pilot, portfolio, "exec-summary") == (0, 1)


@pytest.mark.parametrize(
    ("tenant", "size"),
    [("t00000", (80, 24)), ("t00001", (120, 40)), ("t00002", (120, 40)), ("t00006", (200, 60))],
)
async def test_hostile_names_and_texts_are_drawn_letter_by_letter(
    hostile: Context, tenant: str, size: tuple[int, int]
) -> None:
    app = form(hostile, tenant)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await type_in(pilot, app.screen.query_one("#customer"), "[/] [red]x[/]")
        await pilot.press("f10", "f10", "f8")
        await settle(pilot)
        await pilot.press("escape", "f12", "escape", "escape")
        await settle(pilot)
        assert app.failed_with is None
