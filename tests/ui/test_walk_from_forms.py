"""From a form into the posting walk, and on to the next note that is due."""

from textual.screen import Screen

from ftop_tui.app import FtopApp
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.screens.exec_summary import ExecSummaryScreen
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.walk import Open, Walked, WalkScreen
from ftop_tui.services import portfolio as reading
from ftop_tui.services.context import Context

from .seeing import press, running


def home(app: FtopApp) -> HomeScreen:
    """The list below everything."""
    return next(screen for screen in app.screen_stack if isinstance(screen, HomeScreen))


def top(app: FtopApp) -> Screen[object]:
    """The screen that has the keys, looked at anew."""
    return app.screen


async def test_f7_stores_the_draft_and_walks_through_it(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00000")
        await press(pilot, "x")
        await pilot.pause(0.5)
        await press(pilot, *"Retail", "f7")
        await pilot.pause(0.5)
        assert isinstance(top(app), WalkScreen)
        (draft,) = [
            note
            for note in reading.notes(portfolio, "t00000")
            if note.kind is NoteKind.EXEC_SUMMARY and note.state is NoteState.DRAFT
        ]
        assert "Retail" in draft.text
        top(app).dismiss(Walked(posted=False))
        await pilot.pause(0.3)
        assert isinstance(top(app), ExecSummaryScreen)


async def test_a_walk_that_ends_with_the_next_note_opens_its_form(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00000")
        await press(pilot, "x")
        await pilot.pause(0.5)
        await press(pilot, "f7")
        await pilot.pause(0.5)
        following = Open(NoteKind.EXEC_SUMMARY, "t00003", None)
        top(app).dismiss(Walked(posted=True, open=following))
        await pilot.pause(0.5)
        form = top(app)
        assert isinstance(form, ExecSummaryScreen)
        assert form.tenant_id == "t00003"
        await press(pilot, "escape")
        assert top(app) is home(app)
