"""The Entitlement form: workload by workload, posted when it may be."""

import json
from dataclasses import replace
from datetime import date

import pytest
from textual.widgets import OptionList, Static

from ftop_tui.app import FtopApp
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import EntitlementStatus, NoteKind
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.posting import PostingDialog
from ftop_tui.services import clipboard, notes
from ftop_tui.services.context import Context
from ftop_tui.services.judging import templates
from ftop_tui.store.tables import Note, Workload
from ftop_tui.widgets.choice_row import ChoiceRow
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.template_picker import TemplatePicker

from .entitlement import GREAT, drafts, form, screen_of
from .forms import rows, settle, type_in


async def test_twelve_template_lines_are_in_the_picker(portfolio: Context) -> None:
    """EN-06 to EN-09: four, three, three and two; Duplicate/Invalid is asked for its cause."""
    offered = {}
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for number, status in enumerate(EntitlementStatus, start=1):
            app.screen.query_one("#status").focus()
            await pilot.press(str(number), "f4")
            await settle(pilot)
            assert isinstance(app.screen, TemplatePicker)
            own = [line.line for line in app.screen.lines if line.status is status]
            assert own == [line.line for line in app.screen.lines[: len(own)]]
            assert app.screen.query_one(OptionList).option_count == 12
            offered[status] = own
            await pilot.press("escape")
            await settle(pilot)
    counts = {status.value: len(lines) for status, lines in offered.items()}
    expected = {"in_progress": 4, "blocked": 3, "no_intent": 3, "unknown": 2, "duplicate": 0}
    assert counts == expected
    assert sum(counts.values()) == 12


async def test_without_a_status_all_lines_are_offered_and_one_brings_its_status(
    portfolio: Context,
) -> None:
    app = form(portfolio, "OPP")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert isinstance(app.screen, TemplatePicker)
        assert len(app.screen.lines) == 12
        await pilot.press("end", "enter")
        await settle(pilot)
        screen = screen_of(app)
        assert screen.note.status is EntitlementStatus.UNKNOWN
        area = screen.query_one("#text", NoteArea)
        assert area.selected_text == "multiple"


async def test_tab_goes_from_slot_to_slot_and_then_on(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f4", "down", "down", "enter")
        await settle(pilot)
        area = screen_of(app).query_one("#text", NoteArea)
        assert area.selected_text == "[primary issue]"
        await pilot.press("tab")
        assert area.selected_text == "[potential resolution]"
        await pilot.press("shift+tab")
        assert area.selected_text == "[primary issue]"
        await pilot.press(*"X", "tab", *"Y")
        assert area.text == "Customer blocked because of X until Y is implemented."
        await pilot.press("tab")
        assert not area.has_focus


async def test_a_note_with_an_open_slot_is_not_posted_without_a_reason(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f4", "enter")
        await settle(pilot)
        await pilot.press("f8")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, PostingDialog)
        assert {obstacle.rule for obstacle in dialog.obstacles} == {"EN-06"}
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert app.screen is dialog
        await pilot.press("escape")
        await settle(pilot)
    assert rows(portfolio, "SELECT DISTINCT state FROM note WHERE tag = 'INTUNE'") == [("draft",)]


async def test_posting_moves_the_workload_and_no_enterprise_clock(portfolio: Context) -> None:
    facts = "SELECT enterprise, blocked FROM tenant_facts WHERE tenant_id = 't00000'"
    ((clock, blocked),) = rows(portfolio, facts)
    assert blocked == "EXO INTUNE"
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        screen.query_one("#status").focus()
        await pilot.press("1")
        text = "Customer is moving forward with the pilot of 200 devices in Berlin."
        await type_in(pilot, screen.query_one("#text"), text)
        await type_in(pilot, screen.query_one("#due_date"), "2027-02-01")
        await pilot.press("f8")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen_of(app).query_one("#text", NoteArea).text == ""
        assert text in str(screen.query_one("#posted", Static).render())
        assert any(told.rank and "t00000" in told.tenants for told in app.told)
    assert rows(portfolio, facts) == [(clock, "EXO")]
    workload = "SELECT status, status_since, due_date FROM workload WHERE tenant_id = 't00000'"
    assert rows(portfolio, f"{workload} AND tag = 'INTUNE'") == [
        ("in_progress", "2026-11-21", "2027-02-01")
    ]


async def test_another_workload_is_one_key_away_and_the_draft_is_saved_first(
    portfolio: Context,
) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*"mail", "f3")
        await settle(pilot)
        assert screen_of(app).tag == "OLM"
        assert screen_of(app).query_one("#text", NoteArea).has_focus
        await pilot.press(*"phone", "f2")
        await settle(pilot)
        assert screen_of(app).query_one("#text", NoteArea).text == "mail"
        await pilot.press("f2")
        await settle(pilot)
        assert screen_of(app).tag == "CORE"
        await pilot.press("escape")
        await settle(pilot)
    assert drafts(portfolio) == [("EXO", "mail"), ("OLM", "phone")]


async def test_every_workload_is_reached_without_leaving_anything_behind(
    portfolio: Context,
) -> None:
    app = form(portfolio, None)
    seen = []
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for _ in range(17):
            seen.append(screen_of(app).tag)
            await pilot.press("f3")
            await settle(pilot)
    assert seen == list(portfolio.pack.by_tag)
    assert drafts(portfolio) == []


async def test_the_list_of_workloads_is_a_key_away(portfolio: Context) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g", "down", "down", "enter")
        await settle(pilot)
        assert screen_of(app).tag == "SPO"
        assert screen_of(app).query_one("#text").has_focus


async def test_what_is_missing_of_dibs_is_said(portfolio: Context) -> None:
    """EN-19."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)

        def hint() -> str:
            return str(screen.query_one("#missing", Static).render())

        assert "due date, intent, business reason, success owner" in hint()
        await type_in(pilot, screen.query_one("#intent"), "Move 500 devices")
        await type_in(pilot, screen.query_one("#due_date"), "2027-02-3")
        assert "due date, business reason" in hint()
        assert "YYYY-MM-DD" in hint()
        await pilot.press("backspace", "0", "3")
        assert "missing: business reason, success owner" in hint()


async def test_reasons_are_offered_by_arrow(portfolio: Context) -> None:
    """EN-07 and EN-20: the kinds of blocker, and the sub-reasons of a reason."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        for name in ("l2", "l3", "blocker_kind"):
            screen.query_one(f"#{name}").focus()
            await pilot.press("down")
        note = screen.note
        assert (note.l2, note.l3) == ("Technical feature gap", "Missing feature")
        assert note.blocker_kind == "Technical feature gap"


async def test_status_cycles_by_key_and_is_clicked_by_mouse(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        chosen = [screen.note.status]
        await pilot.press("f5")
        chosen.append(screen.note.status)
        await pilot.click(screen.query_one("#status", ChoiceRow), offset=(4, 0))
        chosen.append(screen.note.status)
        assert [status.value for status in chosen if status] == [
            "blocked", "no_intent", "in_progress",
        ]  # fmt: skip


async def test_the_latest_posted_note_stands_beside_with_its_age(portfolio: Context) -> None:
    draft = notes.open_draft(portfolio, NoteKind.ENTITLEMENT, "t00000", "INTUNE")
    body = EntitlementBody(status=EntitlementStatus.BLOCKED, text=GREAT)
    stored = notes.save_draft(portfolio, replace(draft, body=body))
    notes.post(portfolio, stored.id, on=date(2026, 11, 1))
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        beside = str(app.screen.query_one("#posted", Static).render())
        assert "2026-11-01, 20 days ago" in beside
        assert GREAT in beside
        record = str(app.screen.query_one("#record", Static).render())
        assert "44%" in record
        assert templates(portfolio).prompt_for(EntitlementStatus.BLOCKED) in str(
            app.screen.query_one("#asked", Static).render()
        )


async def test_a_posted_note_is_marked_where_usage_of_a_file_moved_since(
    portfolio: Context,
) -> None:
    """EN-18."""
    draft = notes.open_draft(portfolio, NoteKind.ENTITLEMENT, "t00000", "INTUNE")
    body = EntitlementBody(status=EntitlementStatus.BLOCKED, text=GREAT)
    stored = notes.save_draft(portfolio, replace(draft, body=body))
    for active in (200, 600):
        with portfolio.writer().unit("test") as unit:
            workload = unit.session.get(Workload, ("t00000", "INTUNE"))
            assert workload is not None
            workload.paid_units, workload.active_users = 1000, active
            workload.usage_as_of = portfolio.today()
            unit.session.add(workload)
        if active == 200:
            notes.post(portfolio, stored.id, on=date(2026, 11, 21))
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        beside = str(app.screen.query_one("#posted", Static).render())
        assert "outdated: usage rose by 40 points" in beside


HOSTILE_BODY = {
    "text": "[/] \x1b]52;c;aGFjaw==\x07x \u202e[@click=app.quit]y[/]",
    "intent": "[/x]\nline",
}


def hostile_draft(context: Context, tenant: str) -> None:
    """A draft as a store edited by hand may hold it."""
    with context.writer().unit("test") as unit:
        unit.session.add(
            Note(
                id=f"hostile {tenant}", kind="entitlement", customer_id=tenant.replace("t", "c"),
                tenant_id=tenant, tag="EXO", state="draft", source="app", version=1,
                body=json.dumps(HOSTILE_BODY), text="[/]", created_at="", updated_at="",
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("tenant", "size"),
    [("t00001", (80, 24)), ("t00003", (120, 40)), ("t00004", (120, 40)), ("t00006", (200, 60))],
)
async def test_hostile_names_and_texts_are_drawn_letter_by_letter(
    hostile: Context, tenant: str, size: tuple[int, int]
) -> None:
    hostile_draft(hostile, tenant)
    app = form(hostile, "EXO", tenant)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        assert screen.query_one("#text", NoteArea).text == "[/] x [@click=app.quit]y[/]"
        assert screen.query_one("#intent", NoteLine).value == "[/x] line"
        await type_in(pilot, screen.query_one("#text"), "[/red] [b")
        await pilot.press("f10", "f10", "f8")
        await settle(pilot)
        await pilot.press("escape", "f12")
        await settle(pilot)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert app.failed_with is None


async def test_only_the_copy_key_touches_the_clipboard(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "copy_natively", lambda text: False)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    app = form(portfolio)
    copied: list[str] = []
    monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await type_in(pilot, screen_of(app).query_one("#text"), GREAT)
        await pilot.press("f8")
        await settle(pilot)
        await pilot.press("escape", "f3", "f2")
        await settle(pilot)
        assert copied == []
        await pilot.press("f9")
        await settle(pilot)
        assert copied == [GREAT]


async def test_a_late_message_of_a_field_does_not_reach_the_next_workload(
    portfolio: Context,
) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        line = screen.query_one("#intent", NoteLine)
        await type_in(pilot, line, "of EXO")
        await pilot.press("f3")
        await settle(pilot)
        screen.post_message(NoteLine.Changed(line, "of EXO"))
        await pilot.pause()
        assert screen.note.intent == ""


async def test_from_the_list_a_note_is_a_key_away_and_quitting_saves_it(
    portfolio: Context,
) -> None:
    app = FtopApp(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        assert isinstance(app.screen, EntitlementScreen)
        await pilot.press(*"last", "ctrl+q")
        await pilot.pause()
    assert drafts(portfolio) == [("EXO", "last")]
