"""Searching as a service: whose notes, which, and as they are typed."""

from datetime import date

import pytest

from ftop_tui.errors import NotFoundError
from ftop_tui.playbook.note_query import parse
from ftop_tui.playbook.notes import EntitlementBody, OverallBody
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.services.searching import LIMIT, search, search_typed, tenant_name
from house import FABRIKAM, FABRIKAM_LAB, WOODGROVE

_HOSTILE = "[red]needle[/] \x1b]52;c;aGFjaw==\x07 [@click=app.quit]x[/] \u202eabc"


def _write(context: Context, tenant: str, text: str, tag: str | None = None) -> str:
    kind = NoteKind.ENTITLEMENT if tag else NoteKind.OVERALL
    body = EntitlementBody(text=text) if tag else OverallBody(text=text)
    draft = notes.new_draft(context, kind, tenant, tag).with_body(body)
    return notes.save_draft(context, draft).id


def _ids(context: Context, typed: str, tenant_id: str | None = None) -> list[str]:
    return [hit.note.id for hit in search_typed(context, parse(typed), tenant_id=tenant_id)]


def test_without_a_store_nothing_is_found_and_none_is_made(context: Context) -> None:
    assert search(context, "needle") == []
    assert search_typed(context, parse('tenant:"x" needle')) == []
    assert not context.store.exists()


def test_a_hit_tells_whose_it_is_and_what_was_found(stocked: Context) -> None:
    note_id = _write(stocked, FABRIKAM, "A needle in a haystack.")
    (hit,) = search(stocked, "needle")
    assert (hit.note.id, hit.note.kind, hit.note.state) == (
        note_id, NoteKind.OVERALL, NoteState.DRAFT,
    )  # fmt: skip
    assert hit.tenant_name == tenant_name(stocked, FABRIKAM)
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["needle"]


def test_each_filter_narrows(stocked: Context) -> None:
    one = _write(stocked, FABRIKAM, "needle one")
    two = _write(stocked, WOODGROVE, "needle two", "EXO")
    notes.post(stocked, one, on=date(2026, 11, 3))

    def ids(**narrow: object) -> list[str]:
        return [hit.note.id for hit in search(stocked, "needle", **narrow)]  # type: ignore[arg-type]

    assert ids() == [two, one], "a draft's day is the day it was written"
    assert ids(kind=NoteKind.OVERALL) == [one]
    assert ids(tenant_id=WOODGROVE) == [two]
    assert ids(tenant_id=FABRIKAM_LAB) == []
    assert ids(tag="EXO") == [two]
    assert ids(since=date(2026, 11, 4)) == [two]
    assert ids(until=date(2026, 11, 3)) == [one]
    assert ids(state=NoteState.POSTED) == [one]
    assert ids(limit=1) == [two]


def test_the_same_filters_as_they_are_typed(stocked: Context) -> None:
    one = _write(stocked, FABRIKAM, "needle one")
    two = _write(stocked, WOODGROVE, "needle two", "EXO")
    notes.post(stocked, one, on=date(2026, 11, 3))
    for typed, ids in (
        ("needle", [two, one]),
        ("kind:ov needle", [one]),
        ("needle kind:poem", []),
        ("needle tag:ex", [two]),
        ("needle tag:exchange", [two]),
        ("needle tag:nothing", []),
        ("tenant:woodgrove needle", [two]),
        ("tenant:nobody needle", []),
        (f"tenant:{FABRIKAM} needle", [one]),
        ("needle since:2026-11-04", [two]),
        ("needle until:2026-11-03", [one]),
        ("needle since:20", [two, one]),
        ("needle draft", [two]),
        ("needle posted", [one]),
    ):
        assert _ids(stocked, typed) == ids, typed
    assert _ids(stocked, "needle", FABRIKAM) == [one]
    assert _ids(stocked, "needle tenant:woodgrove", FABRIKAM) == []


def test_there_are_fifty_at_most(stocked: Context) -> None:
    for number in range(LIMIT + 3):
        _write(stocked, FABRIKAM, f"needle {number}")
    assert len(search(stocked, "needle")) == LIMIT
    assert len(search(stocked, "needle", limit=LIMIT + 2)) == LIMIT + 2
    assert search(stocked, "needle")[0].snippet.endswith(str(LIMIT + 2)), "the newest first"


def test_hostile_text_is_found_and_harmless(stocked: Context) -> None:
    _write(stocked, FABRIKAM, _HOSTILE)
    (hit,) = search(stocked, "needle")
    assert "[red]needle[/]" in hit.snippet
    assert not {"\x1b", "\x07", "\u202e"} & set(hit.snippet)


def test_a_tenant_that_is_not_there_has_no_name(stocked: Context) -> None:
    with pytest.raises(NotFoundError):
        tenant_name(stocked, "nobody")
