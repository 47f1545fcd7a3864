"""What an import would do, in words: counts by kind, rejected rows with the reason, warnings."""

from collections.abc import Iterator

from textual.content import Content

from ftop_tui.errors import FtopError
from ftop_tui.services.transfer import Plan, describe
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.text_panel import BLANK, Block

_SHOWN = 200
_KIND_WIDTH = 16
_NUMBER_WIDTH = 11


def plan_blocks(plan: Plan, *, partial: bool) -> list[Block]:
    """The plan, top first what decides whether it can be applied."""
    return [
        Block(_verdict(plan, partial=partial)),
        BLANK,
        *_counts(plan),
        BLANK,
        *_rejected(plan),
        *_warnings(plan),
    ]


def error_blocks(error: FtopError) -> list[Block]:
    """Why there is no plan."""
    blocks = [
        Block(Content.styled(error.title, looks.MISSING)),
        Block(foreign_line(error.message)),
    ]
    return blocks + [Block(foreign_line(text), 2, Content("•")) for text in error.details[:_SHOWN]]


def can_apply(plan: Plan, *, partial: bool) -> bool:
    """Whether something would be written, and nothing forbids it."""
    return plan.changes_something and (partial or not plan.rejected)


def _verdict(plan: Plan, *, partial: bool) -> Content:
    rows = plan.rejected_rows
    rejected = f"{rows} row{' is' if rows == 1 else 's are'} rejected"
    if rows and not partial:
        said = f"{rejected}, so nothing goes in. Mend them, or choose to import the rest."
        return Content.styled(said, looks.MISSING)
    if not plan.changes_something:
        tail = f" {rejected}." if rows else ""
        return Content.styled(f"Nothing new: all of it is here already.{tail}", looks.STRONG)
    head = f"{rejected}; the rest can go in. " if rows else "Ready. "
    return Content.styled(head, looks.STRONG) + Content.styled("ctrl+s", looks.KEY) + " imports it."


def _counts(plan: Plan) -> Iterator[Block]:
    heads = "".join(f"{name:>{_NUMBER_WIDTH}}" for name in ("created", "updated", "unchanged"))
    yield Block(Content.styled(f"{'':<{_KIND_WIDTH}}{heads}", looks.MUTED))
    for kind in plan.created:
        numbers = (plan.created[kind], plan.updated[kind], plan.unchanged[kind])
        if any(numbers):
            cells = "".join(f"{number:>{_NUMBER_WIDTH},}" for number in numbers)
            yield Block(Content(f"{kind.replace('_', ' ').capitalize():<{_KIND_WIDTH}}{cells}"))


def _rejected(plan: Plan) -> Iterator[Block]:
    if not plan.rejected:
        return
    yield Block(Content.styled("REJECTED", "bold $ftop-key"))
    for reject in plan.rejected[:_SHOWN]:
        yield Block(foreign_line(describe(reject)), 2, Content.styled("x", "$ftop-red"))
    yield from _more(len(plan.rejected))
    yield BLANK


def _warnings(plan: Plan) -> Iterator[Block]:
    if not plan.warnings:
        return
    yield Block(Content.styled("WARNINGS", "bold $ftop-key"))
    for warning in plan.warnings[:_SHOWN]:
        places = [warning.file]
        if warning.row is not None:
            places.append(f"row {warning.row}")
        if warning.column:
            places.append(warning.column)
        rule = f" {warning.rule}" if warning.rule else ""
        said = foreign_line(f"{', '.join(places)}: {warning.message}")
        yield Block(said + Content.styled(rule, looks.MUTED), 2, Content.styled("!", "$ftop-late"))
    yield from _more(len(plan.warnings))


def _more(number: int) -> Iterator[Block]:
    if number > _SHOWN:
        yield Block(Content.styled(f"and {number - _SHOWN:,} more", looks.MUTED), 2)
