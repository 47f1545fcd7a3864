"""Text set in lines: it reads and looks as Textual sets it."""

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content, Span
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from ftop_tui.widgets.typeset import Typesetter

BASE = Style.parse("white on black")
LOOKS = ("bold", "red", "italic on blue")


def parse(style: str | Style) -> Style:
    return Style.parse(style) if isinstance(style, str) else style


@st.composite
def contents(draw: st.DrawFn) -> Content:
    text = draw(st.text("ab .宽-\n", max_size=60))
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places, st.sampled_from(LOOKS)), max_size=4))
    return Content(text, [Span(start, end, look) for start, end, look in spans if start < end])


def seen(strip: Strip) -> list[tuple[str, str]]:
    """Each cell that is not blank, and its look without what says where it stands."""
    return [
        (letter, str(s.style.without_color) + str(s.style.color) + str(s.style.bgcolor))
        for s in strip
        if s.style is not None
        for letter in s.text
        if not letter.isspace()
    ]


@given(contents(), st.integers(8, 30))
def test_lines_are_those_of_textual(content: Content, width: int) -> None:
    theirs = content.render_strips(width, None, BASE, RenderOptions(parse, {}))
    ours = list(Typesetter(width, BASE, parse).lines(content))
    assert [strip.text.rstrip() for strip in ours] == [strip.text.rstrip() for strip in theirs]
    assert [seen(strip) for strip in ours] == [seen(strip) for strip in theirs]
    assert {strip.cell_length for strip in ours} == {width}


def test_a_lead_stands_in_the_margin_of_the_first_line_alone() -> None:
    lines = Typesetter(14, BASE, parse).lines(Content("one two three"), 4, Content("+12 "))
    assert [line.text for line in lines] == ["+12 one two   ", "    three     "]


def test_the_same_look_is_one_style() -> None:
    setter = Typesetter(20, BASE, parse)
    first, second = (next(setter.lines(Content.styled(text, "bold"))) for text in ("a", "b"))
    assert next(iter(first)).style is next(iter(second)).style


def test_tabs_are_spread() -> None:
    assert [line.text for line in Typesetter(12, BASE, parse).lines(Content("a\tb"))] == [
        "a       b   "
    ]
