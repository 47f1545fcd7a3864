"""The Entitlement form judges at every key; a finding is rewritten, or set aside for a reason."""

from textual.pilot import Pilot
from textual.widgets import OptionList

from ftop_tui.playbook.values import Grade
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.posting import PostingDialog
from ftop_tui.services.context import Context
from ftop_tui.widgets.findings import Findings
from ftop_tui.widgets.note_area import NoteArea

from .entitlement import GREAT, form, screen_of
from .forms import rows, settle, type_in


async def test_grade_and_findings_follow_each_key(portfolio: Context) -> None:
    """EN-16: the same frame as the key, from the same linter as the command line's."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        findings = screen.query_one(Findings)
        assert (findings.grade, [f.rule for f in findings.findings]) == (Grade.POOR, ["EN-02"])
        await type_in(pilot, screen.query_one("#text"), GREAT)
        assert (findings.grade, list(findings.findings)) == (Grade.GREAT, [])
        await type_in(pilot, screen.query_one("#text"), " For now.")
        found = [f for f in findings.findings if f.rule == "EN-04"]
        assert [screen.note.text[f.start : f.end] for f in found] == ["For now"]


async def test_the_marked_words_are_underlined(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        area = screen_of(app).query_one("#text", NoteArea)
        await type_in(pilot, area, "Blocked for now due to the Zscaler proxy.")
        line = area.get_line(0)
        underlined = {
            line.plain[span.start : span.end]
            for span in line.spans
            if not isinstance(span.style, str) and span.style.underline
        }
        assert "for now" in underlined


async def test_a_finding_can_be_rewritten_or_set_aside_with_a_reason(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        await type_in(pilot, screen.query_one("#text"), "Blocked for now due to the Zscaler proxy.")
        rows_ = screen.query_one(Findings).query_one(OptionList)
        place = [f.rule for f in screen.query_one(Findings).findings].index("EN-04")
        rows_.focus()
        rows_.highlighted = place
        await pilot.press("enter", "a")
        await settle(pilot)
        await pilot.press(*"They said so", "enter")
        await settle(pilot)
        assert screen.saver is not None
        assert [i.reason for i in screen.saver.draft.ignored] == ["They said so"]
        rows_.highlighted = place
        rows_.focus()
        await pilot.press("enter", "b")
        await settle(pilot)
        assert screen.saver.draft.ignored == ()
        rows_.focus()
        rows_.highlighted = place
        await pilot.press("enter", "r")
        await settle(pilot)
        assert screen.note.text == "Blocked due to the Zscaler proxy."


HEDGED = "Currently blocked for now due to the Zscaler proxy. The pilot waits for now."


async def hedged(pilot: Pilot[None]) -> tuple[EntitlementScreen, NoteArea, Findings]:
    """The form with a text of three hedges, its cursor at the end."""
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, EntitlementScreen)
    area = screen.query_one("#text", NoteArea)
    await type_in(pilot, area, HEDGED)
    return screen, area, screen.query_one(Findings)


async def test_keys_go_from_finding_to_finding_from_anywhere_in_the_form(
    portfolio: Context,
) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        screen, area, findings = await hedged(pilot)
        screen.query_one("#success_owner").focus()
        await pilot.press("ctrl+n")
        assert area.has_focus
        seen = [area.selected_text]
        for key in ("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+l", "ctrl+l"):
            await pilot.press(key)
            seen.append(area.selected_text)
            assert findings.current is not None
        hedges = [words for words in seen if words in {"Currently", "for now"}]
        assert {"Currently", "for now"} <= set(hedges)
        assert seen[4] == seen[2]
        assert seen[5] == seen[1]


async def test_a_finding_on_the_whole_text_selects_nothing(portfolio: Context) -> None:
    """Selected, the next key would replace the note."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        area = app.screen.query_one("#text", NoteArea)
        await type_in(pilot, area, "The weather is fine.")
        await pilot.press("ctrl+n", "!")
        assert area.text == "The weather is fine.!"


async def test_the_rewrite_of_a_finding_is_one_key_and_one_undo(portfolio: Context) -> None:
    """EN-04; the first press goes to the finding, the next one rewrites it."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        _, area, _ = await hedged(pilot)
        area.move_cursor((0, 0))
        await pilot.press("ctrl+r")
        assert (area.text, area.selected_text) == (HEDGED, "Currently")
        await pilot.press("ctrl+r")
        assert area.text == HEDGED.replace("Currently", "Now")
        await pilot.press("ctrl+z")
        assert area.text == HEDGED


async def test_all_rewrites_that_keep_the_meaning_are_one_key_and_one_undo(
    portfolio: Context,
) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        screen, area, findings = await hedged(pilot)
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert area.text == "Now blocked due to the Zscaler proxy. The pilot waits."
        assert [f for f in findings.findings if f.rule == "EN-04"] == []
        assert screen.check_action("fix_all", ()) is None
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert area.text == HEDGED
        assert screen.check_action("fix_all", ()) is True


async def test_of_two_alike_only_the_one_set_aside_is_hidden(portfolio: Context) -> None:
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        _, area, findings = await hedged(pilot)
        place = HEDGED.index("for now")
        findings.choose(next(f for f in findings.findings if f.start == place))
        await pilot.press("ctrl+b")
        await settle(pilot)
        await pilot.press(*"They said so", "enter")
        await settle(pilot)
        assert [f.start for f in findings.aside] == [place]
        area.move_cursor((0, 0))
        await type_in(pilot, area, "In Berlin: ")
        assert [f.start for f in findings.aside] == [place + len("In Berlin: ")]
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert area.text.count("for now") == 1
        await pilot.press("escape")
        await settle(pilot)
    ((kept,),) = rows(portfolio, "SELECT ignored FROM note WHERE tag = 'INTUNE'")
    assert "They said so" in kept


async def test_the_same_note_on_another_workload_is_named_as_it_is_typed(
    portfolio: Context,
) -> None:
    """EN-13."""
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await type_in(pilot, app.screen.query_one("#text"), GREAT)
        await pilot.press("f3")
        await settle(pilot)
        await type_in(pilot, app.screen.query_one("#text"), GREAT)
        said = [f.message for f in app.screen.query_one(Findings).findings if f.rule == "EN-13"]
        assert len(said) == 1
        assert said[0].startswith("EXO has the same note")


async def test_news_of_the_engagement_moves_to_an_overall_note(portfolio: Context) -> None:
    """EN-12."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        news = "Scheduling kickoff meeting to gather intent of workload."
        await type_in(pilot, screen.query_one("#text"), f"{GREAT} {news}")
        found = screen.query_one(Findings)
        await pilot.press("tab")
        options = found.query_one(OptionList)
        options.highlighted = [f.rule for f in found.findings].index("EN-12")
        await pilot.press("enter", "o")
        await settle(pilot)
        assert screen.note.text == GREAT
    overall = "SELECT text FROM note WHERE kind = 'overall' AND tenant_id = 't00000'"
    assert rows(portfolio, overall) == [(news,)]


async def test_open_warnings_stand_in_the_question_before_posting(portfolio: Context) -> None:
    """EN-04 warns and blocks nothing: it is read before the note is marked posted."""
    app = form(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        note = "Customer is currently blocked because the pilot in Lyon lacks 900 licences."
        screen.query_one("#text", NoteArea).text = note
        await settle(pilot)
        await pilot.press("f8")
        await settle(pilot)
        assert isinstance(app.screen, PostingDialog)
        assert any(warning.startswith("EN-04") for warning in app.screen.details)
