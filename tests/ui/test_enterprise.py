"""The Enterprise Status form: FTOP's fields on the winner tenant, and what stands beside them."""

from typing import Any

import pytest

from ftop_tui.playbook.values import EnterpriseStatus
from ftop_tui.screens.posting import PostingDialog
from ftop_tui.services import enterprise_forms
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Workload
from ftop_tui.widgets.choice_row import ChoiceRow
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.multi_choice import MultiChoice
from ftop_tui.widgets.note_line import NoteLine

from .conftest import TODAY
from .enterprise import beside, field, fill, form, preview, rules, screen_of, shown
from .forms import paste, rows, settle


async def test_what_is_typed_is_what_ftop_gets(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("2")  # a second reason
        screen_of(app).query_one("#status", ChoiceRow).focus()
        await pilot.press("2")
        for name in ("topic", "description", "impact", "actions", "overview", "ftc_exo", "ftc_opp",
                     "ftc_other", "risks", "brand", "awareness"):  # fmt: skip
            await fill(pilot, app, name, f"The {name}.")
        await pilot.pause()
        assert preview(app) == (
            "Reason: Major Brand, Strategic Customer\n"
            "Status: Yellow\n"
            "Exec Summary:\nHigh Level Topic: The topic.\nBrief Description: The description.\n"
            "Impact: The impact.\nAction(s): The actions.\n"
            "O365 Deployment Status Current Overview: The overview.\n"
            "Current FTC Activities:\n[EXO] The ftc_exo.\n[OPP] The ftc_opp.\nThe ftc_other.\n"
            "Risks: The risks.\nPublic/Brand Name: The brand.\nNext Update: 2026-12-05\n"
            "Awareness: The awareness."
        )
        text = preview(app)
        await pilot.press("escape")
        await settle(pilot)
    query = "SELECT state, text FROM note WHERE kind = 'enterprise' AND state = 'draft'"
    assert rows(portfolio, query) == [("draft", text)]


async def test_the_fields_stand_in_ftops_order_and_tab_reaches_all(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        reached: list[str | None] = [app.focused.id if app.focused else None]
        for _ in range(18):
            await pilot.press("tab")
            reached.append(app.focused.id if app.focused else None)
        assert reached[:18] == [
            "reason", "status", "topic", "description", "impact", "actions", "progress", "overview",
            "ftc_exo", "ftc_spo", "ftc_opp", "ftc_other", "risks", "brand", "next_update",
            "awareness", "objectives", "author_role",
        ]  # fmt: skip


async def test_a_form_that_was_only_looked_at_stores_nothing(posted: Context) -> None:
    before = rows(posted, "SELECT count(*) FROM note")
    app = form(posted)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("tab", "tab", "f10", "f10", "escape")
        await settle(pilot)
        assert len(app.screen_stack) == 1
    assert rows(posted, "SELECT count(*) FROM note") == before


async def test_another_tenant_names_the_winner_and_offers_to_jump_there(portfolio: Context) -> None:
    app = form(portfolio, "t00005-b")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        question = app.screen
        assert isinstance(question, Confirm)
        assert "Adventure Works Labs rolls up to it" in question.message
        assert question.yes == "Go to Adventure Works"
        await pilot.press("y")
        await settle(pilot)
        assert screen_of(app).tenant_id == "t00005"
        await pilot.press("2", "ctrl+s")
        await settle(pilot)
    assert rows(portfolio, "SELECT tenant_id FROM note WHERE state = 'draft' "
                "AND kind = 'enterprise'") == [("t00005",)]  # fmt: skip


async def test_who_does_not_jump_is_back_where_he_was(portfolio: Context) -> None:
    app = form(portfolio, "t00005-b")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert len(app.screen_stack) == 1


async def test_major_brand_is_preselected_and_its_removal_warned(portfolio: Context) -> None:
    """ES-06."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert screen_of(app).query_one("#reason", MultiChoice).chosen == ("Major Brand",)
        assert rules(app, "reason") == []
        await pilot.press("space")
        await pilot.pause()
        assert screen_of(app).note.reason == ()
        assert rules(app, "reason") == ["ES-06"]


async def test_status_and_health_stand_side_by_side(portfolio: Context) -> None:
    """ES-07, ES-08: three choices with their meanings, the colour by usage apart."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        choices = str(screen_of(app).query_one("#status", ChoiceRow).render())
        for words in portfolio.pack.enterprise.status.values():
            assert words.split()[0] in choices
        assert "Blue" not in choices
        assert shown(app, "health") == "Customer Health R Red rests on usage: a different thing"
        await pilot.press("f5")
        await pilot.pause()
        assert screen_of(app).note.status is EnterpriseStatus.RED
        assert "R Red" in shown(app, "health")


async def test_a_missing_precondition_is_said_before_drafting(portfolio: Context) -> None:
    """ES-05: drafting stays possible, the question before posting warns."""
    with portfolio.writer().unit("test") as unit:
        unit.session.execute(_set_flag())
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "'Is Enterprise'" in shown(app, "notice")
        assert "flags tab" in shown(app, "notice")
        assert rules(app, "status") == []
        await fill(pilot, app, "topic", "Typed all the same")
        assert "Typed all the same" in preview(app)
        await pilot.press("f8")
        await settle(pilot)
        assert isinstance(app.screen, PostingDialog)
        assert any(detail.startswith("ES-05") for detail in app.screen.details)


def _set_flag() -> Any:
    from sqlalchemy import text  # noqa: PLC0415 - one row behind the services' back

    return text("UPDATE tenant SET level = 2 WHERE id = 't00000'")


async def test_findings_stand_below_their_fields_as_it_is_typed(portfolio: Context) -> None:
    """ES-11, ES-12, ES-15, RA-13."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert rules(app, "risks") == ["ES-12", "ES-12", "RA-13"]
        await fill(pilot, app, "risks", "EXO and INTUNE wait for the vendor")
        assert rules(app, "risks") == []
        await fill(pilot, app, "ftc_exo", "Next: mailboxes")
        assert rules(app, "ftc_exo") == ["ES-11"]
        await fill(pilot, app, "ftc_exo", " by 2026-12-01")
        assert rules(app, "ftc_exo") == []


async def test_next_update_is_proposed_and_its_limit_shown(portfolio: Context) -> None:
    """ES-14."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        line = screen_of(app).query_one("#next_update", NoteLine)
        assert line.value == "2026-12-05"
        assert shown(app, "limit") == "proposed Sat 5 Dec 2026, at the latest Sat 12 Dec 2026"
        line.focus()
        line.fill("2026-12-13")
        await pilot.pause()
        assert rules(app, "next_update") == ["ES-14"]
        line.fill("13/12")
        await pilot.pause()
        assert shown(app, "limit").startswith("write the date as YYYY-MM-DD")
        assert screen_of(app).note.next_update is None


async def test_objectives_are_ticked_and_counted(portfolio: Context) -> None:
    """ES-16."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "0 of 4 objectives ticked" in beside(app)
        screen_of(app).query_one("#objectives").focus()
        await pilot.press("1", "down", "down", "space")
        await pilot.pause()
        pack = portfolio.pack.enterprise.objectives
        assert screen_of(app).note.objectives == (pack[0], pack[2])
        assert "2 of 4 objectives ticked" in beside(app)


async def test_prompts_stand_with_awareness(portfolio: Context) -> None:
    """ES-15."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        asked = " ".join(field(app, "awareness").prompts)
        for word in ("strategy", "partners", "reorganisation", "elemetry", "licences"):
            assert word in asked


async def test_beside_it_stands_what_the_record_knows(portfolio: Context) -> None:
    """ES-01, RA-11, RA-13."""
    app = form(portfolio, "t00005")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        text = beside(app)
        assert "R Red → Y Yellow  groups 1 and 3 below" in text
        assert "Adventure Works Labs" in text
        assert "SPOBlocked" in text
        assert "nobody is accountable by rank" in text
        assert "ES-10O365 Deployment" in text


async def test_the_accountable_role_is_named(portfolio: Context) -> None:
    """ES-01: rank 120 is the FTA's."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "FTA accountable at rank 120, Ada Byron" in beside(app)


async def test_a_narrow_terminal_shows_it_behind_a_key(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        side = screen_of(app).query_one("#side")
        assert not side.region
        await pilot.press("f10")
        await pilot.pause()
        assert side.region
        assert screen_of(app).query_one("#facts").has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert screen_of(app).query_one("#form").region


async def test_a_complete_note_is_posted_and_moves_the_clock(posted: Context) -> None:
    app = form(posted)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert "Nothing that FTOP requires is missing" in beside(app)
        await pilot.press("f8")
        await settle(pilot)
        assert isinstance(app.screen, PostingDialog)
        assert app.screen.obstacles == ()
        await pilot.press("enter")
        await settle(pilot)
        assert len(app.screen_stack) == 1
        assert any(told.rank for told in app.told)
    query = "SELECT enterprise, status FROM tenant_facts WHERE tenant_id = 't00000'"
    assert rows(posted, query) == [(TODAY.toordinal(), "yellow")]


async def test_what_is_missing_blocks_posting(portfolio: Context) -> None:
    """ES-07, ES-09, ES-10."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f8")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, PostingDialog)
        assert [each.rule for each in dialog.obstacles] == ["ES-07", "ES-09", "ES-10"]
        assert any(detail.startswith("ES-12") for detail in dialog.details)


@pytest.mark.parametrize(
    ("tenant", "size"),
    [
        ("t00000", (80, 24)), ("t00001", (120, 40)), ("t00002", (120, 40)), ("t00003", (80, 24)),
        ("t00005", (200, 60)), ("t00005-b", (80, 24)), ("t00010-b", (120, 40)),
    ],
)  # fmt: skip
async def test_hostile_names_and_texts_are_drawn_letter_by_letter(
    hostile: Context, tenant: str, size: tuple[int, int]
) -> None:
    with hostile.writer().unit("test") as unit:
        unit.session.add(Workload(tenant_id="t00005", tag="[/]", status="blocked"))
    text = "Reason: [/EXO], [red]x[/]\nAwareness: [@click=app.quit]x[/]\nRisks: [/]\nhello [b"
    winner = tenant.removesuffix("-b")
    enterprise_forms.take_in(hostile, winner, text, TODAY)
    app = form(hostile, tenant)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        await fill(pilot, app, "topic", "[/] [red]x[/]")
        assert "[@click=app.quit]x[/]" in preview(app)
        await pilot.press("f10", "f10", "f3")
        await settle(pilot)
        await paste(pilot, app.screen.query_one("#pasted"), text)
        await pilot.press("escape", "f8")
        await settle(pilot)
        await pilot.press("escape", "f12", "escape", "escape")
        await settle(pilot)
        assert app.failed_with is None


async def test_choices_are_ticked_by_mouse_and_by_arrows(portfolio: Context) -> None:
    app = form(portfolio, "t00005")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        known = portfolio.pack.enterprise.reasons
        ticks = screen_of(app).query_one("#reason", MultiChoice)
        await pilot.press("left", "space")  # around the start, to the last one
        await pilot.pause()
        assert list(ticks.chosen) == [known[-1]]
        await pilot.click("#reason", offset=(8, 0))
        await pilot.pause()
        assert list(ticks.chosen) == [known[0], known[-1]]
        await pilot.click("#status", offset=(8, 3))  # the second choice takes two lines here
        await pilot.pause()
        assert screen_of(app).note.status is EnterpriseStatus.GREEN
        await pilot.click("#reason", offset=(8, 0))
        await pilot.pause()
        assert screen_of(app).note.reason == (known[-1],)
