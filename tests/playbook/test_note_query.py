"""The search's query: any text is one, keys are read, and what is no key is a word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.note_query import KEYS, NoteQuery, parse
from ftop_tui.playbook.values import NoteKind, NoteState

_PIECES = st.sampled_from([*KEYS, '"', ":", "2026", "2026-02-30", "-", " ", "exo", "\x00", "[/]"])


@given(st.text(max_size=60) | st.lists(_PIECES, max_size=12).map("".join))
def test_no_text_is_an_error(text: str) -> None:
    query = parse(text)
    assert query.words == " ".join(query.words.split())
    if query.since and query.until and query.since > query.until:
        assert "since:" in text.lower()
        assert "until:" in text.lower()


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12))
def test_a_plain_word_is_looked_for_as_it_is(word: str) -> None:
    assert parse(f"exo {word} late").words.split()[0] == "exo"
    if word.casefold() not in {"draft", "posted"}:
        assert parse(word)._replace(words="") == NoteQuery()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", NoteQuery()),
        ("  moved   mailboxes ", NoteQuery("moved mailboxes")),
        ("kind:overall", NoteQuery(kinds=(NoteKind.OVERALL,))),
        ("kind:ent", NoteQuery(kinds=(NoteKind.ENTITLEMENT, NoteKind.ENTERPRISE))),
        ("KIND:Exec_Summary", NoteQuery(kinds=(NoteKind.EXEC_SUMMARY,))),
        ("kind:poem", NoteQuery(kinds=())),
        ("kind:", NoteQuery()),
        ("tag:EXO mail", NoteQuery("mail", tag="exo")),
        ('tenant:"Coho Winery" wine', NoteQuery("wine", tenant="coho winery")),
        ('tenant:"Coho Wi', NoteQuery(tenant="coho wi")),
        ("tenant:münchen", NoteQuery(tenant="munchen")),
        ("draft", NoteQuery(state=NoteState.DRAFT)),
        ("posted drafts", NoteQuery("drafts", state=NoteState.POSTED)),
        ("since:2026-11-02", NoteQuery(since=date(2026, 11, 2))),
        ("since:2026-2 until:2026-2", NoteQuery(since=date(2026, 2, 1), until=date(2026, 2, 28))),
        ("since:2025 until:2025", NoteQuery(since=date(2025, 1, 1), until=date(2025, 12, 31))),
        ("since:20", NoteQuery(unread=("since:",))),
        ("until:2026-02-30", NoteQuery(unread=("until:",))),
        ("since:0000", NoteQuery(unread=("since:",))),
        ("since:2025 since:2026", NoteQuery(since=date(2026, 1, 1))),
        ("http://contoso.com", NoteQuery("http://contoso.com")),
        ("a:b EXO:", NoteQuery("a:b EXO:")),
        ("AT&T c++ -x 100%", NoteQuery("AT&T c++ -x 100%")),
    ],
)  # fmt: skip
def test_a_text_means(text: str, query: NoteQuery) -> None:
    assert parse(text) == query


@pytest.mark.parametrize("key", KEYS)
def test_every_key_that_is_told_of_is_read(key: str) -> None:
    typed = f"{key}2026" if key.endswith(":") else key
    assert parse(typed).words == ""
    assert parse(typed) != NoteQuery()
