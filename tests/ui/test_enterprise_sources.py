"""What goes into the Enterprise form by key: lines of the record, the last note, FTOP's text."""

import json
from datetime import date

from textual.widgets import Static

from ftop_tui.playbook.values import EnterpriseStatus
from ftop_tui.screens.enterprise import EnterpriseScreen
from ftop_tui.screens.pasting import PasteDialog
from ftop_tui.services import enterprise_forms
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import Choice, Confirm
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_field import NoteField
from ftop_tui.widgets.note_line import NoteLine

from .conftest import TODAY
from .enterprise import LAST, POSTED, beside, field, fill, form, rules, screen_of, shown
from .forms import paste, rows, settle


async def test_a_milestone_goes_into_awareness_once(posted: Context) -> None:
    """RA-14."""
    app = form(posted)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        sentence = "EXO reached 40% of usage in October 2026."
        assert sentence in beside(app)
        await fill(pilot, app, "awareness", "A merger.")
        await pilot.press("f4")
        await settle(pilot)
        assert screen_of(app).note.awareness == f"A merger.\n{sentence}"
        assert screen_of(app).check_action("insert", ()) is None


async def test_what_is_blocked_goes_into_risks(portfolio: Context) -> None:
    """ES-12: F4 in Risks begins a line for each risk that it does not name."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "F4 there inserts" in beside(app)
        await fill(pilot, app, "risks", "The budget is tight.")
        await pilot.press("f4")
        await settle(pilot)
        assert isinstance(app.screen, Choice)
        await pilot.press("1")
        await settle(pilot)
        assert screen_of(app).note.risks == "The budget is tight.\nEXO is blocked:"
        await pilot.press("f4")
        await settle(pilot)
        assert screen_of(app).note.risks.endswith("\nINTUNE is blocked:")
        assert "ES-12" not in rules(app, "risks")
        assert screen_of(app).check_action("insert", ()) is None
        assert "F4 there inserts" not in beside(app)


async def test_of_several_milestones_one_or_all_are_chosen(posted: Context) -> None:
    with posted.writer().unit("test") as unit:
        from sqlalchemy import text  # noqa: PLC0415 - one month behind the services' back

        unit.session.execute(
            text(
                "UPDATE usage SET active_users = CASE month WHEN '2026-10-01' THEN 220 ELSE 20 END "
                "WHERE tenant_id = 't00000' AND tag = 'SPO'"
            )
        )
    app = form(posted)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert isinstance(app.screen, Choice)
        assert len(app.screen.options) == 4
        await pilot.press("3")
        await settle(pilot)
        assert screen_of(app).note.awareness == "SPO reached 40% of usage in October 2026."
        await pilot.press("f4", "a")
        await settle(pilot)
        assert screen_of(app).note.awareness.count("reached") == 3


async def test_the_last_note_is_carried_over_and_what_stays_is_marked(posted: Context) -> None:
    app = form(posted)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "F2 starts from the note of 2026-10-28" in shown(app, "offer")
        await pilot.press("f2")
        await settle(pilot)
        note = screen_of(app).note
        assert (note.topic, note.risks, note.status) == (LAST.topic, LAST.risks, LAST.status)
        assert note.next_update == date(2026, 12, 5), "the date is of the new note"
        marked = {each.field for each in screen_of(app).query(NoteField) if each.since == POSTED}
        assert marked == {
            "reason", "status", "topic", "description", "impact", "actions", "overview", "ftc_exo",
            "risks", "awareness",
        }  # fmt: skip
        await fill(pilot, app, "risks", " More.")
        assert field(app, "risks").since is None
        assert field(app, "topic").since == POSTED
        since = field(app, "topic").top.mark
        assert since == "not touched since 2026-10-28"
        assert not screen_of(app).query_one("#offer").display


async def test_the_marks_are_there_again_when_the_form_is(posted: Context) -> None:
    app = form(posted)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await fill(pilot, app, "risks", " More.")
        await pilot.press("escape")
        await settle(pilot)
        await app.push_screen(EnterpriseScreen("t00000"))
        await settle(pilot)
        assert field(app, "overview").since == POSTED
        assert field(app, "risks").since is None


async def test_what_is_typed_is_replaced_only_when_asked(posted: Context) -> None:
    app = form(posted)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await fill(pilot, app, "topic", "Mine")
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("n")
        await settle(pilot)
        assert screen_of(app).note.topic == "Mine"
        await pilot.press("f2", "y")
        await settle(pilot)
        assert screen_of(app).note.topic == LAST.topic


async def test_without_a_posted_text_there_is_nothing_to_start_from(portfolio: Context) -> None:
    app = form(portfolio, "t00004")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert screen_of(app).check_action("carry", ()) is None
        assert "F2" not in shown(app, "offer")
        await pilot.press("f2")
        await settle(pilot)
        said = [notice.message for notice in app._notifications]
        assert said == ["No posted note has a text to start from; f3 pastes FTOP's."]


async def test_ftops_text_is_pasted_kept_and_started_from(portfolio: Context) -> None:
    app = form(portfolio, "t00005")
    text = "Status (R/Y/G; Required): Y\nOVERVIEW FIRST\nRisks: AADP\nAwareness:\n\x1b[31ma\nb"
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f3")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, PasteDialog)
        await paste(pilot, dialog.query_one("#pasted", NoteArea), text)
        assert str(dialog.query_one("#found", Static).render()) == (
            "found: Status, O365 Deployment Status Current Overview, Risks, Awareness"
        )
        day = dialog.query_one("#day", NoteLine)
        assert day.value == "2026-11-18", "the last Enterprise day there is"
        day.fill("2026-11-22")
        day.focus()
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is dialog, "a day to come is refused"
        day.fill("2026-11-18")
        await pilot.press("enter")
        await settle(pilot)
        note = screen_of(app).note
        assert (note.status, note.overview, note.risks, note.awareness) == (
            EnterpriseStatus.YELLOW, "OVERVIEW FIRST", "AADP", "a\nb",
        )  # fmt: skip
        assert field(app, "risks").since == date(2026, 11, 18)
        assert any(told.rank and told.notes for told in app.told)
        await pilot.press("escape")
        await settle(pilot)
    stored = rows(
        portfolio,
        "SELECT state, posted_on, source FROM note WHERE tenant_id = 't00005' AND "
        "kind = 'enterprise' AND text LIKE '%AADP%' ORDER BY state",
    )
    assert stored == [("draft", None, "app"), ("posted", "2026-11-18", "ftop")]


async def test_an_empty_paste_is_not_taken_in(portfolio: Context) -> None:
    before = rows(portfolio, "SELECT count(*) FROM note")
    app = form(portfolio)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f3")
        await settle(pilot)
        await pilot.click("#ok")
        await settle(pilot)
        assert isinstance(app.screen, PasteDialog)
        await pilot.press("escape", "escape")
        await settle(pilot)
    assert rows(portfolio, "SELECT count(*) FROM note") == before


async def test_reasons_that_the_pack_does_not_know_stay(portfolio: Context) -> None:
    """ES-06: FTOP's own list may differ."""
    enterprise_forms.take_in(portfolio, "t00005", "Reason: Olympics, Other\nRisks: none", TODAY)
    app = form(portfolio, "t00005")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert screen_of(app).note.reason == ("Olympics", "Other")
        await pilot.press("1")
        await pilot.pause()
        assert set(screen_of(app).note.reason) == {"Major Brand", "Other", "Olympics"}
        await pilot.press("9")
        await pilot.pause()
        assert screen_of(app).note.reason == ("Major Brand", "Other")
        await pilot.press("escape")
        await settle(pilot)
    body = rows(portfolio, "SELECT body FROM note WHERE tenant_id = 't00005' AND state = 'draft'")
    assert json.loads(body[0][0])["reason"] == ["Major Brand", "Other"]
