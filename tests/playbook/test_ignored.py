"""Findings that were set aside are known again by their words and what stands around them."""

from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.lint.ignored import IgnoredFinding, set_aside, those_aside
from ftop_tui.playbook.values import Finding, Severity

WORDS = st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), max_size=8).map(" ".join)


def hits(text: str, words: str = "for now", message: str = "It blurs.") -> list[Finding]:
    """A finding on every occurrence of the words."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Finding("EN-04", Severity.WARN, at, at + len(words), message))
        at = text.find(words, at + 1)
    return found


TEXT = "Contoso is blocked for now due to the proxy in Berlin."


def aside_of(text: str = TEXT) -> IgnoredFinding:
    (finding,) = hits(text)
    return set_aside(finding, text, "their word")


def test_edits_elsewhere_leave_it_aside() -> None:
    later = "In Paris they wait. Contoso is blocked for now due to the proxy, it seems."
    assert list(those_aside(hits(later), later, [aside_of()])) == hits(later)


def test_one_side_may_be_written_anew() -> None:
    later = "Nobody can go on for now due to the proxy in Berlin."
    assert list(those_aside(hits(later), later, [aside_of()])) == hits(later)


def test_the_same_words_elsewhere_are_another_finding() -> None:
    later = f"No pilot runs for now. {TEXT}"
    first, second = hits(later)
    assert list(those_aside([first, second], later, [aside_of()])) == [second]
    alone = "No pilot runs for now."
    assert those_aside(hits(alone), alone, [aside_of()]) == {}


def test_of_two_alike_one_is_hidden_until_both_are_set_aside() -> None:
    text = f"{TEXT} {TEXT}"
    first, second = hits(text)
    one, two = set_aside(first, text, "x"), set_aside(second, text, "y")
    assert len(those_aside([first, second], text, [one])) == 1
    assert set(those_aside([first, second], text, [one, two])) == {first, second}


def test_two_remarks_on_the_same_words_are_told_apart_by_what_they_ask() -> None:
    """EN-09 marks one place twice: attempts, and whether the account is managed."""
    (attempts,) = hits(TEXT, message="Say how many attempts.")
    (managed,) = hits(TEXT, message="Say whether it is managed.")
    kept = set_aside(managed, TEXT, "known")
    assert list(those_aside([attempts, managed], TEXT, [kept])) == [managed]
    assert those_aside([attempts], TEXT, [kept]) == {}


def test_a_count_in_the_message_may_change() -> None:
    """EN-01 counts the words of the whole note."""
    (finding,) = hits(TEXT, message="4 sentences, 61 words.")
    (later,) = hits(TEXT, message="4 sentences, 63 words.")
    assert list(those_aside([later], TEXT, [set_aside(finding, TEXT, "x")])) == [later]


def test_what_an_older_version_kept_goes_by_the_words_alone() -> None:
    text = f"No pilot runs for now. {TEXT}"
    old = IgnoredFinding("EN-04", "for now", "their word")
    assert list(those_aside(hits(text), text, [old])) == hits(text)


@given(before=WORDS, after=WORDS)
def test_a_finding_is_aside_in_the_text_it_was_set_aside_in(before: str, after: str) -> None:
    text = f"{before} QQ {after}"
    (finding,) = hits(text, "QQ")
    kept = set_aside(finding, text, "a reason")
    assert those_aside([finding], text, [kept]) == {finding: kept}
