"""`search`, `note history`, `note diff`, `note correct` and `undo --list`."""

import json
from pathlib import Path

import pytest

from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli

_KEYS = ["id", "kind", "tenant_id", "name", "workload", "state", "posted_on", "snippet"]


def _add(run_cli: RunCli, text: str, posted: str = "") -> str:
    added = run_cli("note", "add", FABRIKAM, "--kind", "overall", "--field", f"text={text}")
    assert added.status == 0, added
    note_id = added.text.strip()
    if posted:
        assert run_cli("note", "post", note_id, "--on", posted).status == 0
    return note_id


def test_search_prints_what_it_finds(stocked: Context, run_cli: RunCli) -> None:
    note_id = _add(run_cli, "A needle in the haystack")
    result = run_cli("search", "needle", "hay", "--json")
    assert result.status == 0
    (hit,) = result.json
    assert list(hit) == _KEYS
    assert hit["id"] == note_id
    assert hit["tenant_id"] == FABRIKAM
    assert (hit["kind"], hit["state"]) == ("overall", "draft")
    assert hit["workload"] is None
    assert hit["posted_on"] is None
    assert hit["snippet"] == "A needle in the haystack"
    plain = run_cli("search", "needle").text
    assert note_id in plain
    assert "draft" in plain


def test_to_find_nothing_is_no_failure(stocked: Context, run_cli: RunCli) -> None:
    for words in (["xyzzy"], ["--", "-x", "xyzzy"], ['"'], ["NEAR("]):
        result = (
            run_cli("search", *words, "--json") if words[0] != "--" else run_cli("search", *words)
        )
        assert result.status == 0, result
    assert run_cli("search", "xyzzy", "--json").json == []
    assert run_cli("search", "xyzzy").text == "No note has these words.\n"


def test_without_a_store_nothing_is_found_and_none_is_made(
    context: Context, run_cli: RunCli
) -> None:
    for call in (("search", "x"), ("search",), ("undo", "--list")):
        result = run_cli(*call, "--json")
        assert (result.status, result.json) == (0, []), call
    assert not context.store.exists()


@pytest.mark.parametrize(
    "words", ["-x", "c++", "AT&T", "o'brien", "100%", "AND", "*", "🚀", "", "a\tb"]
)
def test_any_word_will_do(words: str, stocked: Context, run_cli: RunCli) -> None:
    result = run_cli("search", words, "--json")
    assert result.status == 0, result
    assert isinstance(result.json, list)


def test_options_may_stand_among_the_words(stocked: Context, run_cli: RunCli) -> None:
    old, new = _add(run_cli, "needle old hay", "2026-11-02"), _add(run_cli, "needle new hay")

    def ids(*arguments: str) -> list[str]:
        result = run_cli("search", *arguments, "--json")
        assert result.status == 0, result
        return [hit["id"] for hit in result.json]

    assert ids("needle") == [new, old]
    assert ids("needle", "--limit", "1", "hay") == [new]
    assert ids("--until", "2026-11-02", "needle") == [old]
    assert ids("needle", "--since", "2026-11-03") == [new]
    assert ids("needle", "--tenant", FABRIKAM, "--kind", "overall") == [new, old]
    assert ids("needle", "--kind", "enterprise") == []
    assert ids("needle", "--workload", "EXO") == []
    assert ids("needle", "--limit", "0") == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("--kind", "poem"),
        ("--workload", "WORD"),
        ("--tenant", "nobody"),
        ("--since", "soon"),
        ("--limit", "-1"),
        ("--limit", "few"),
        ("--frobnicate",),
    ],
)  # fmt: skip
def test_a_wrong_option_is_refused(
    wrong: tuple[str, ...], stocked: Context, run_cli: RunCli
) -> None:
    result = run_cli("search", "needle", *wrong)
    assert result.status == 2
    assert result.stdout == b""
    assert result.error.count("\n") == 1


def test_hostile_text_reaches_no_terminal(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    text = tmp_path / "note.txt"
    text.write_text("needle \x1b]52;c;aGFjaw==\x07 [/] [red]x[/] \u202e end\n")
    run_cli("note", "add", FABRIKAM, "--kind", "overall", "--text", str(text))
    for call in (("search", "needle"), ("search", "needle", "--json")):
        shown = run_cli(*call).text
        assert "[red]x[/]" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_history_lists_the_notes_of_a_place(stocked: Context, run_cli: RunCli) -> None:
    old, new = _add(run_cli, "one", "2026-11-02"), _add(run_cli, "two")
    call = ("note", "history", FABRIKAM, "--kind", "overall")
    result = run_cli(*call, "--json")
    assert result.status == 0
    assert [note["id"] for note in result.json] == [new, old]
    assert list(result.json[0]) == list(run_cli("note", "list", "--json").json[0])
    assert [line.split()[0] for line in run_cli(*call).text.splitlines()] == [new, old]
    assert run_cli("note", "history", FABRIKAM, "--kind", "poem").status == 2
    assert run_cli("note", "history", FABRIKAM, "--kind", "entitlement").status == 2
    assert run_cli(*call, "--workload", "EXO").status == 2
    empty = run_cli("note", "history", FABRIKAM, "--kind", "exec-summary", "--json")
    assert (empty.status, empty.json) == (0, [])


def test_diff_compares_with_the_note_before_or_with_another(
    stocked: Context, run_cli: RunCli
) -> None:
    old = _add(run_cli, "40 mailboxes moved", "2026-11-02")
    new = _add(run_cli, "90 mailboxes moved")
    assert run_cli("note", "diff", new).text == "- 40 mailboxes moved\n+ 90 mailboxes moved\n"
    assert run_cli("note", "diff", new, old).text == "- 90 mailboxes moved\n+ 40 mailboxes moved\n"
    document = run_cli("note", "diff", new[:13], "--json").json
    assert document == {
        "old": old,
        "new": new,
        "lines": [
            {"sort": "removed", "text": "40 mailboxes moved", "spans": [[0, 2]]},
            {"sort": "added", "text": "90 mailboxes moved", "spans": [[0, 2]]},
        ],
    }
    assert run_cli("note", "diff", old).status == 2
    assert run_cli("note", "diff", old, "nothing").status == 2


def test_correct_makes_a_draft_of_a_posted_note(stocked: Context, run_cli: RunCli) -> None:
    posted = _add(run_cli, "40 mailboxes moved", "2026-11-02")
    result = run_cli("note", "correct", posted)
    assert result.status == 0
    draft = run_cli("note", "show", result.text.strip(), "--json").json
    assert (draft["state"], draft["text"]) == ("draft", "40 mailboxes moved")
    assert run_cli("note", "show", posted, "--json").json["state"] == "posted"
    assert run_cli("note", "correct", draft["id"]).status == 2


def test_undo_lists_and_takes_nothing_back(stocked: Context, run_cli: RunCli) -> None:
    _add(run_cli, "40 mailboxes moved", "2026-11-02")
    listed = run_cli("undo", "--list", "--json")
    assert listed.status == 0
    assert list(listed.json[0]) == ["at", "verb", "sentence", "undone"]
    assert [step["verb"] for step in listed.json][:2] == ["post", "draft"]
    assert run_cli("undo", "--list", "--json").json == listed.json
    assert listed.json[0]["sentence"] in run_cli("undo", "--list").text
    assert run_cli("undo").status == 0
    assert json.loads(run_cli("undo", "--list", "--json").stdout)[0]["undone"] is True
