"""Foreign text in Markdown is text, and no more is escaped than Markdown would act on."""

import pytest

from ftop_tui.playbook.markdown import escaped, escaped_cell


@pytest.mark.parametrize(
    "line",
    [
        "groups 1, 2 & 3",
        "[forecast health]",
        "Intent [not known]: WIN10",
        "[EXO] Wind",
        "a [b] c_d 5 < 6 | {x} # y",
        "2026-11-01 1.5",
        "-5 points",
    ],
)
def test_what_markdown_leaves_alone_stays(line: str) -> None:
    assert escaped(line) == line


@pytest.mark.parametrize(
    ("line", "safe"),
    [
        ("[x](https://example.com)", "[x\\](https://example.com)"),
        ("[x]: https://example.com", "\\[x]: https://example.com"),
        ("[x goes on", "\\[x goes on"),
        ("[ ] to do", "\\[ ] to do"),
        ("# head", "\\# head"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("a * b_c _d_ `e`", "a \\* b_c \\_d\\_ \\`e\\`"),
        ("<script>", "\\<script>"),
        ("&lt;", "&amp;lt;"),
        ("---", "\\---"),
    ],
)
def test_what_markdown_would_act_on_is_escaped(line: str, safe: str) -> None:
    assert escaped(line) == safe


def test_a_bar_does_not_end_a_cell() -> None:
    assert escaped_cell("a | b") == "a \\| b"
