"""Briefs on a real store: read, edited, reset, undone, and written to files."""

from datetime import date
from pathlib import Path

import pytest

from ftop_tui.bootstrap import make_context
from ftop_tui.errors import ConflictError, InputError, NotFoundError, RefusedError
from ftop_tui.playbook.brief_text import markdown, plain
from ftop_tui.services import brief_files, briefs, demo, history, records, reviews, tenants
from ftop_tui.services.context import Context
from house import DERIVED, FABRIKAM, FABRIKAM_LAB, WOODGROVE, by_hand, dump, on

THURSDAY = date(2026, 11, 26)


@pytest.fixture
def nominated(stocked: Context) -> Context:
    reviews.nominate(stocked, FABRIKAM, THURSDAY)
    return stocked


def test_the_brief_is_the_whole_customer_s(stocked: Context) -> None:
    """RA-11's winner tenant carries it; the sentence has the brand's name (ES-13)."""
    found = briefs.brief(stocked, FABRIKAM_LAB)
    assert (found.tenant_id, found.name) == (FABRIKAM, "fabrikamfoods.onmicrosoft.com")
    assert found.shown_name == "Fabrikam"
    assert found.part("opening").text.startswith("Customer Fabrikam's overall health is Red")
    assert (found.review_day, found.nomination_id) == (None, None)
    assert "2027-01-14" in found.part("renewals").text
    assert "INTUNE (fabrikamfoods.onmicrosoft.com) blocked" in found.part("blockers").text


def test_a_customer_on_record_is_complete(stocked: Context) -> None:
    """RA-24."""
    found = briefs.brief(stocked, FABRIKAM)
    assert found.complete, found.readiness.line
    assert "usage forecast" in found.readiness.line
    records.record(stocked, FABRIKAM, "forecast")
    assert "usage forecast" not in briefs.brief(stocked, FABRIKAM).readiness.line


def test_it_is_made_for_the_next_nomination_or_the_day_that_is_asked_for(
    nominated: Context,
) -> None:
    found = briefs.brief(nominated, FABRIKAM)
    assert found.review_day == THURSDAY
    assert found.nomination_id
    other = briefs.brief(nominated, FABRIKAM, review_day=date(2026, 12, 3))
    assert (other.review_day, other.nomination_id) == (date(2026, 12, 3), None)


def test_it_looks_back_to_the_last_review_at_which_it_was_presented(nominated: Context) -> None:
    """RA-21: since the last review."""
    nomination = reviews.find(nominated, FABRIKAM, THURSDAY)
    reviews.mark_presented(on(nominated, THURSDAY), nomination.id)
    later = on(nominated, "2026-12-20")
    reviews.nominate(later, FABRIKAM, date(2027, 1, 14))
    tenants.edit(later, FABRIKAM, {"Health": "Yellow", "Group3Health": ""})
    found = briefs.brief(later, FABRIKAM)
    assert found.last_review == THURSDAY
    assert found.part("changes").text.splitlines()[:3] == [
        "- Compared with the review of 2026-11-26",
        "- Overall health: Red → Yellow",
        "- Group 3: Red → not set",
    ]
    assert found.part("successes").text == "- Overall health went from Red to Yellow"
    assert briefs.brief(later, FABRIKAM, review_day=THURSDAY).last_review is None


def test_an_edit_is_kept_says_when_facts_change_and_is_reset(nominated: Context) -> None:
    """RA-22."""
    briefs.edit(nominated, FABRIKAM, "issues", "- Mine\n")
    part = briefs.brief(nominated, FABRIKAM).part("issues")
    assert (part.text, part.edited, part.stale) == ("- Mine", True, False)
    tomorrow = on(nominated, "2026-11-24")
    assert not briefs.brief(tomorrow, FABRIKAM).part("issues").stale
    customer = briefs.brief(nominated, FABRIKAM).customer_id
    with by_hand(nominated.store) as store:
        store.execute(
            "INSERT INTO escalation (id, customer_id, title, raised_on) VALUES "
            "('e1', ?, 'Mail is slow', '2026-11-20')",
            (customer,),
        )
    part = briefs.brief(nominated, FABRIKAM).part("issues")
    assert (part.text, part.stale) == ("- Mine", True)
    said = briefs.reset(nominated, FABRIKAM, "issues").sentence
    assert said == "Took 'Issues' of Fabrikam back"
    part = briefs.brief(nominated, FABRIKAM).part("issues")
    assert (part.text, part.edited) == ("- Mail is slow (raised 2026-11-20)", False)
    assert history.undo(nominated) == said
    assert briefs.brief(nominated, FABRIKAM).part("issues").text == "- Mine"


def test_an_editing_session_is_one_step_of_undo(nominated: Context) -> None:
    before = dump(nominated.store, *DERIVED)
    for text in ("- M", "- Mi", "- Mine"):
        briefs.edit(nominated, FABRIKAM, "wins", text)
    assert briefs.edit(nominated, FABRIKAM, "wins", "- Mine").sentence == ""
    assert history.undo(nominated) == "Edited 'Wins' of Fabrikam"
    assert dump(nominated.store, *DERIVED) == before


def test_writing_what_the_record_says_takes_the_edit_back(nominated: Context) -> None:
    generated = briefs.brief(nominated, FABRIKAM).part("asks").generated
    briefs.edit(nominated, FABRIKAM, "asks", "Something")
    briefs.edit(nominated, FABRIKAM, "asks", generated)
    assert not briefs.brief(nominated, FABRIKAM).part("asks").edited


def test_what_another_wrote_since_is_not_overwritten(nominated: Context) -> None:
    """A part as it was seen may be written; one that was taken back meanwhile holds nothing."""
    generated = briefs.brief(nominated, FABRIKAM).part("wins").text
    briefs.edit(nominated, FABRIKAM, "wins", "- Theirs", seen=generated)
    for text in ("- Mine", generated):  # the latter would take theirs back
        with pytest.raises(ConflictError) as refused:
            briefs.edit(nominated, FABRIKAM, "wins", text, seen=generated)
        assert refused.value.details == ("- Theirs",)
    assert briefs.brief(nominated, FABRIKAM).part("wins").text == "- Theirs"
    briefs.edit(nominated, FABRIKAM, "wins", "- Mine", seen="- Theirs\n")
    briefs.reset(nominated, FABRIKAM, "wins")
    briefs.edit(nominated, FABRIKAM, "wins", "- Mine again", seen="- Mine")
    assert briefs.brief(nominated, FABRIKAM).part("wins").text == "- Mine again"


def test_what_cannot_be_edited_is_refused(nominated: Context) -> None:
    with pytest.raises(RefusedError, match="not nominated"):
        briefs.edit(nominated, WOODGROVE, "wins", "x")
    with pytest.raises(InputError, match="no part 'winnings'"):
        briefs.edit(nominated, FABRIKAM, "winnings", "x")
    with pytest.raises(NotFoundError):
        briefs.brief(nominated, "no-tenant")
    assert briefs.reset(nominated, FABRIKAM, "wins").sentence == ""


def test_without_a_store_there_is_no_brief_and_none_is_made(context: Context) -> None:
    with pytest.raises(NotFoundError):
        briefs.brief(context, FABRIKAM)
    assert not context.store.exists()


def test_a_base_that_cannot_be_read_counts_as_changed(nominated: Context) -> None:
    briefs.edit(nominated, FABRIKAM, "wins", "- Mine")
    with by_hand(nominated.store) as store:
        store.execute("UPDATE brief_part SET text = 'x' WHERE part LIKE '%:base'")
    part = briefs.brief(nominated, FABRIKAM).part("wins")
    assert (part.text, part.stale) == ("- Mine", True)


def test_foreign_text_is_harmless_in_an_edit(nominated: Context) -> None:
    briefs.edit(nominated, FABRIKAM, "wins", "a\x1b]52;c;aGFjaw==\x07b\u202e[/]")
    assert briefs.brief(nominated, FABRIKAM).part("wins").text == "ab[/]"


@pytest.mark.parametrize(("name", "render"), [("b.md", markdown), ("b.TXT", plain)])
def test_briefs_are_written_whole(
    nominated: Context, tmp_path: Path, name: str, render: object
) -> None:
    path = brief_files.export(nominated, [FABRIKAM, WOODGROVE], tmp_path / name)
    found = briefs.read_briefs(nominated, [FABRIKAM, WOODGROVE])
    assert callable(render)
    assert path.read_text("utf-8") == render(found)
    with pytest.raises(InputError, match="cannot be written"):
        brief_files.export(nominated, [FABRIKAM], tmp_path / "none" / name)


def test_the_demo_s_next_meeting_has_a_complete_brief(tmp_path: Path) -> None:
    """RA-24: complete for a complete customer."""
    environment = {"FTOP_TUI_CONFIG_DIR": str(tmp_path / "config")}
    context = make_context(
        data_dir=str(tmp_path / "data"), today="2026-11-21", environment=environment
    )
    demo.build(context, 12, 1)
    meeting = reviews.next_meeting(context)
    assert meeting is not None
    found = {
        each.name: briefs.brief(context, each.tenant_id).readiness for each in meeting.nominations
    }
    assert found["Litware"].line == "complete"
    assert not found["Eastern [EXO] Wind"].complete


def test_an_edit_keeps_nothing_of_what_was_generated(nominated: Context) -> None:
    """A note that is deleted for good must not live on beside an edit."""
    generated = briefs.brief(nominated, FABRIKAM).part("blockers").generated
    briefs.edit(nominated, FABRIKAM, "blockers", "- Mine")
    with by_hand(nominated.store) as store:
        kept = dict(store.execute("SELECT part, text FROM brief_part").fetchall())
    assert kept["blockers"] == "- Mine"
    assert "scanners" in generated
    assert "scanners" not in kept["blockers:base"]
