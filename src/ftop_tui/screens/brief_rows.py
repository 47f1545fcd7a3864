"""What the brief's screen draws: its head, the gaps, a row and a page for each part."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from ftop_tui.playbook.brief import Brief, Part
from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.readiness import Gap
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.text_panel import BLANK, Block

_TITLE_WIDTH = 31


def head_variants(brief: Brief) -> Sequence[Content]:
    """The head of the page in more and fewer words."""
    title = Content.styled("Brief", looks.STRONG)
    look = looks.health(brief.health)
    name = Content.assemble(look.full, "  ", foreign_line(brief.shown_name, looks.STRONG))
    if brief.nomination_id is not None and brief.review_day is not None:
        day = f"  for {long_day(brief.review_day.toordinal())}"
    else:
        day = "  not nominated"
    ready = Content.styled(
        "  complete" if brief.complete else f"  {len(brief.readiness.missing)} missing",
        "$ftop-green" if brief.complete else looks.MISSING,
    )
    return [
        Content.assemble(title, "  ", name, day, ready),
        Content.assemble(name, day, ready),
        Content.assemble(name, ready),
        name,
    ]


def gap_lines(gaps: Sequence[Gap]) -> Content:
    """What is missing, then what would be good to do, each with the digit that opens its form."""
    if not gaps:
        return Content.styled("Nothing is missing.", looks.MUTED)
    parts = []
    for number, gap in enumerate(gaps, start=1):
        style = looks.MISSING if gap.needed else looks.MUTED
        parts.append(
            Content.assemble(
                Content.styled(f"{number} ", looks.KEY), foreign_line(gap.words, style)
            )
        )
    needed = sum(gap.needed for gap in gaps)
    lines = []
    if needed:
        lines.append(Content("Missing  ") + Content("  ").join(parts[:needed]))
    if needed < len(parts):
        lines.append(Content("To do    ") + Content("  ").join(parts[needed:]))
    return Content("\n").join(lines)


def part_row(part: Part, has_gap: bool) -> Content:
    """A part: its title, and whether it was edited, has gone stale, lacks something, is empty."""
    if part.stale:
        mark = Content.styled("changed", "$ftop-late")
    elif part.edited:
        mark = Content.styled("edited", "$ftop-draft")
    elif has_gap:
        mark = Content.styled("gap", looks.MISSING)
    else:
        mark = Content.styled("·" if part.empty else "", looks.MUTED)
    title = foreign(fit(part.title, _TITLE_WIDTH), looks.MUTED if part.empty else "")
    return Content.assemble(title, " ", mark)


def text_blocks(text: str) -> Iterator[Block]:
    """The text of a part; lines that begin with a hyphen are set in."""
    for line in text.split("\n"):
        if line.startswith("- "):
            yield Block(foreign(line[2:]), 2, Content.styled("•", looks.MUTED))
        else:
            yield Block(foreign(line))


def page(part: Part, brief: Brief) -> list[Block]:
    """A part's text, who wrote it, and what the record says where that differs."""
    blocks = [Block(foreign_line(part.title, looks.STRONG)), BLANK, *text_blocks(part.text)]
    if part.stale:
        said = "The facts have changed since you edited this. r takes it back to the record:"
        blocks += [BLANK, Block(Content.styled(said, "$ftop-late")), BLANK]
        blocks += text_blocks(part.generated)
    elif part.edited:
        said = "Edited by you; r takes it back to what the record says."
        blocks += [BLANK, Block(Content.styled(said, looks.MUTED))]
    elif brief.nomination_id is None:
        blocks += [BLANK, Block(Content.styled("From the record.", looks.MUTED))]
    return blocks
