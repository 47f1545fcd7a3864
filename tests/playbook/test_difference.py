"""What differs between two texts: nothing is lost, and only what differs is marked."""

from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.difference import DiffLine, compare

_LINES = st.lists(
    st.sampled_from(
        ["", "EXO is live", "EXO is late", "[red]x[/]", "next: pilot", "\x1b[31m", "株"]
    )
    | st.text(st.characters(exclude_characters="\n"), max_size=20),
    max_size=8,
).map("\n".join)


def _words(line: DiffLine) -> list[str]:
    return [line.text[start:end] for start, end in line.spans]


@given(_LINES, _LINES)
def test_both_texts_can_be_read_off_the_lines(old: str, new: str) -> None:
    lines = compare(old, new)
    assert "\n".join(line.text for line in lines if line.sort != "added") == old
    assert "\n".join(line.text for line in lines if line.sort != "removed") == new


@given(_LINES, _LINES)
def test_spans_lie_in_their_line_in_order_and_hold_something(old: str, new: str) -> None:
    for line in compare(old, new):
        ends = [end for span in line.spans for end in span]
        assert ends == sorted(ends)
        assert all(0 <= start < end <= len(line.text) for start, end in line.spans)
        assert line.sort != "same" or not line.spans


@given(_LINES)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert [line.sort for line in compare(text, text)] == ["same"] * (text.count("\n") + 1)


@given(_LINES, _LINES)
def test_the_way_back_swaps_what_was_added_and_removed(old: str, new: str) -> None:
    """Where a line differs it is one of both texts in either direction."""
    there = {line.text for line in compare(old, new) if line.sort == "same"}
    assert all(text in old.split("\n") and text in new.split("\n") for text in there)


def test_of_a_changed_line_the_words_are_marked() -> None:
    old, new = (
        "Status: Red\nEXO moves 40 mailboxes a week",
        "Status: Red\nEXO moves 90 mailboxes a day",
    )
    same, gone, come = compare(old, new)
    assert (same.sort, gone.sort, come.sort) == ("same", "removed", "added")
    assert _words(gone) == ["40", "week"]
    assert _words(come) == ["90", "day"]


def test_a_new_line_is_marked_whole_and_moves_no_other() -> None:
    lines = compare("a first line\na last line", "a first line\nanother between\na last line")
    assert [line.sort for line in lines] == ["same", "added", "same"]
    assert _words(lines[1]) == ["another between"]


def test_lines_that_have_little_in_common_are_marked_whole() -> None:
    gone, come = compare("Waiting for the board", "42 laptops stolen!")
    assert (_words(gone), _words(come)) == (["Waiting for the board"], ["42 laptops stolen!"])


def test_a_very_long_line_is_compared_as_one() -> None:
    old = "word " * 3000
    gone, come = compare(old, f"{old}more")
    assert gone.spans == ((0, len(gone.text)),)
    assert come.spans == ((0, len(come.text)),)
