"""Foreign text made harmless."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.text import clean, clean_line, fold

HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")),
        st.sampled_from("\x1b\x9b\x9d\x90\x07\\[]PX^_;?0123mHJ \n\r\t"),
    )
)
BIDI_AND_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2064\u2066"
    "\u2067\u2068\u2069\u206a\u206f\ufeff\ufff9\ufffa\ufffb\ufffe\uffff\U000e0001\U000e007f"
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Contoso",
        "[EXO] [red]x[/] [/EXO] [@click=app.quit]x[/]",
        "Žižkov Größe, Ünïcødé",
        "株式会社コントソ",
        "شركة كونتوسو",
        "חברת קונטוסו",
        "कॉन्टोसो",
        "👩‍👩‍👧‍👦 family, 🏳️‍🌈, 👍🏽, ❤️",
        "می‌خواهم",  # ZWNJ spells the word
        "one\n\ttwo",
        "AT&T c++ o'brien -x \\ % $text {x} 100 %",
        "– — … “quoted” ½ € 𝔘",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Names such as `[EXO]` are text; joiners spell words and emoji."""
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b]52;c;aGFjaw==\x07Contoso\x1b[31m", "Contoso"),
        ("\x1b]0;title\x1b\\Contoso", "Contoso"),
        ("\x1b]0;title\x9cContoso", "Contoso"),
        ("\x1b]0;never ended\nContoso", "\nContoso"),
        ("\x1bPq#0\x1b\\Contoso\x1b_apc\x1b\\", "Contoso"),
        ("\x1b[2J\x1b[1;1HCon\x1b(Btoso\x1bc", "Contoso"),
        ("\x1b\x1b[31m[31mContoso", "[31mContoso"),
        ("\x1b[3\x001mContoso", "1mContoso"),
        ("\x9b31mContoso", "31mContoso"),
        ("Con\u202etoso\u2066", "Contoso"),
        ("Con\u200btoso\ufeff", "Contoso"),
        ("Con\x00to\x7fso\x08", "Contoso"),
        ("Con\ud83dtoso", "Contoso"),
        ("a\r\nb\rc\x85d", "a\nb\nc\nd"),
        ("a\x0bb\x0cc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("e\u0301", "é"),
    ],
)
def test_controls_and_invisible_characters_go_and_line_ends_become_one_kind(
    text: str, cleaned: str
) -> None:
    """An escape sequence goes with its text, and never takes the next line with it."""
    assert clean(text) == cleaned


@given(HOSTILE)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    line = clean_line(text)
    assert clean_line(line) == line


@given(HOSTILE)
def test_no_control_nor_bidi_character_is_left(text: str) -> None:
    left = clean(text)
    assert not {c for c in left if unicodedata.category(c) == "Cc"} - {"\n", "\t"}
    assert not set(left) & set(BIDI_AND_INVISIBLE)
    assert not any(0xD800 <= ord(c) <= 0xDFFF for c in left)
    assert left.encode("utf-8").decode("utf-8") == left
    assert unicodedata.is_normalized("NFC", left)


@pytest.mark.parametrize("character", BIDI_AND_INVISIBLE)
def test_each_invisible_character_goes(character: str) -> None:
    assert clean(f"a{character}b") == "ab"


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S"))))
def test_letters_numbers_and_signs_stay(text: str) -> None:
    """Up to their normal form, nothing that is seen is lost."""
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(HOSTILE)
def test_a_line_is_one_line_without_runs_of_blanks(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert "  " not in line
    assert "\t" not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Žižkov \n GRÖSSE ", "zizkov grosse"),
        ("Größe", "grosse"),
        ("ＦＵＬＬ ＷＩＤＴＨ", "full width"),
        ("ℌello", "hello"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("¨", ""),
        ("[EXO]", "[exo]"),
    ],
)
def test_folded_text_has_no_case_and_no_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once_and_forgets_the_case(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(clean(text)) == once


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_a_text_is_found_whatever_case_it_is_typed_in(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.upper())
