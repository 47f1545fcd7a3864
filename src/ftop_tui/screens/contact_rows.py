"""How contacts look: a row each in steady columns, the details of one, and the legend."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from ftop_tui.playbook.contacts import Contact
from ftop_tui.playbook.people import PeopleTerms
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign, foreign_line

STALE, DUPLICATE, MARKED = "!", "=", "●"
_STALE_STYLE, _TWICE_STYLE = "$ftop-late", "$ftop-yellow"
_DAY = 12
_WIDE = 100


class Marks(NamedTuple):
    """What is to be seen of a contact at once."""

    marked: bool
    stale: bool
    duplicate: bool


def _widths(width: int) -> tuple[int, int, int, int]:
    """Cells of name, title, role and address; the address only where there is room."""
    rest = max(30, width - 6 - _DAY)
    if width < _WIDE:
        return rest * 9 // 20, rest * 8 // 20, rest - rest * 9 // 20 - rest * 8 // 20, 0
    name, title, role = rest * 6 // 20, rest * 5 // 20, rest * 3 // 20
    return name, title, role, rest - name - title - role


def columns(width: int) -> Content:
    """The heads of the columns."""
    words = ("Name", "Title", "Role", "E-mail")
    cells = [fit(word, cells) for word, cells in zip(words, _widths(width), strict=True)]
    return Content.styled(f"      {''.join(cells)}Verified", looks.MUTED)


def section_row(label: str, number: int, *, first: bool) -> Content:
    """The head of a section."""
    head = Content.assemble(
        foreign_line(label.upper(), f"bold {looks.KEY}"),
        Content.styled(f"  {number}", looks.MUTED),
    )
    return head if first else Content("\n") + head


def contact_row(contact: Contact, marks: Marks, words: PeopleTerms, width: int) -> Content:
    """A contact on a line."""
    name, title, role, email = _widths(width)
    verified = contact.verified_on.isoformat() if contact.verified_on else "never"
    return Content.assemble(
        Content.styled(f"{MARKED if marks.marked else ' '} ", looks.KEY),
        Content.styled(STALE if marks.stale else " ", _STALE_STYLE),
        Content.styled(DUPLICATE if marks.duplicate else " ", _TWICE_STYLE), "  ",
        foreign(_cell(contact.name, name)),
        foreign(_cell(contact.title or "", title)),
        foreign(_cell(words.role(contact.role), role), looks.MUTED),
        foreign(_cell(contact.email or "", email), looks.MUTED),
        Content.styled(verified, _STALE_STYLE if marks.stale else looks.MUTED),
    )  # fmt: skip


def _cell(text: str, width: int) -> str:
    """A cell with a blank to the next one."""
    return fit(text, width - 1) + " " if width else ""


def details(
    contact: Contact, marks: Marks, others: Sequence[Contact], words: PeopleTerms
) -> Content:
    """What is known of one contact, and why it is marked (RA-09)."""
    about = (contact.title or "", words.role(contact.role), contact.partner or "")
    head = [contact.name, *dict.fromkeys(about)]
    reach = [contact.email or "no e-mail", contact.phone or "no phone"]
    lines = [
        foreign_line(" · ".join(filter(None, head)), looks.STRONG),
        foreign_line(" · ".join([*reach, contact.seen_text])),
    ]
    told = []
    if marks.stale:
        told.append(Content.styled("stale: v verifies", _STALE_STYLE))
    if others:
        names = ", ".join(f"{o.name} ({words.section(o.section)})" for o in others)
        told.append(
            Content.assemble(
                Content.styled("duplicate of ", _TWICE_STYLE), foreign_line(names),
                Content.styled(": m merges", _TWICE_STYLE),
            )
        )  # fmt: skip
    lines.append(Content("  ").join(told))
    return Content("\n").join(lines)


def legend(stale_days: int) -> Content:
    """What the marks mean."""
    marks = (
        (STALE, _STALE_STYLE, f"stale: not verified for {stale_days} days"),
        (DUPLICATE, _TWICE_STYLE, "listed twice"),
        (MARKED, looks.KEY, "marked"),
    )
    return Content("   ").join(
        Content.assemble(Content.styled(sign, style), Content.styled(f" {word}", looks.MUTED))
        for sign, style, word in marks
    )
