"""The fields of the Enterprise Status form: FTOP's names for them, and what each is typed into."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.notes import EnterpriseBody
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.render import enterprise_fields
from ftop_tui.playbook.values import EnterpriseStatus, Role
from ftop_tui.screens.enterprise_sources import LINES
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_lines import ChoiceLines
from ftop_tui.widgets.choice_row import ChoiceRow, RowChoice
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.multi_choice import MultiChoice
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_field import NoteField
from ftop_tui.widgets.note_line import NoteLine

Prompts = Mapping[str, tuple[str, ...]]

_SUMMARY = ("topic", "description", "impact", "actions", "progress")
"""The parts of the summary, as the pack's labels name them."""


def fields_of_form(pack: Pack, prompts: Prompts) -> ComposeResult:
    """FTOP's fields in FTOP's order, then what the note shows and who writes it."""
    (reason, status, summary, overview, activities, risks, brand, update, awareness) = (
        foreign_line(name) for name, _ in enterprise_fields(EnterpriseBody(), pack)
    )
    terms = pack.enterprise
    yield NoteField("reason", reason, MultiChoice(terms.reasons, id="reason"))
    yield _status(status, pack)
    yield _summary(summary, pack)
    yield _area("overview", overview, prompts)
    yield _activities(activities, pack, prompts)
    yield _area("risks", risks, prompts)
    yield NoteField("brand", brand, NoteLine(id="brand"))
    yield NoteField(
        "next_update", update,
        NoteLine(placeholder="YYYY-MM-DD", id="next_update"),
        Static("", id="limit", classes="hint"),
    )  # fmt: skip
    yield _area("awareness", awareness, prompts)
    yield NoteField(
        "objectives", Content("The note shows"),
        MultiChoice(terms.objectives, one_a_line=True, id="objectives"),
    )  # fmt: skip
    roles = [RowChoice(role.value, role.word) for role in Role]
    yield NoteField("author_role", Content("Written by"), ChoiceRow(roles, id="author_role"))


def _status(name: Content, pack: Pack) -> NoteField:
    """Each Status with what it means; a hint keeps it apart from the customer's health (ES-08)."""
    choices = [
        RowChoice(each.value, each.word, f"bold {looks.enterprise(each).style}")
        for each in EnterpriseStatus
    ]
    meanings = {each.value: words for each, words in pack.enterprise.status.items()}
    return NoteField(
        "status", name,
        ChoiceLines(choices, meanings, id="status"),
        Static("", id="health", classes="hint"),
    )  # fmt: skip


def _summary(name: Content, pack: Pack) -> Vertical:
    labels = pack.enterprise.summary_labels
    parts = [
        _part(field, foreign_line(label.removesuffix(":")))
        for field, label in zip(_SUMMARY, labels, strict=True)
    ]
    return Vertical(Static(name, classes="label"), *parts, classes="group")


def _activities(name: Content, pack: Pack, prompts: Prompts) -> Vertical:
    """A line for each core workload, and one for all that is none of them."""
    hint = Static(foreign_line(" ".join(prompts.get("activities", ()))), classes="prompts")
    parts = [
        _part(
            f"ftc_{tag.lower()}",
            Content.assemble(
                foreign_line(f"[{tag}]", looks.STRONG), "  ", foreign_line(pack.by_tag[tag].name)
            ),
        )
        for tag in pack.enterprise.core_workloads
    ]
    other = _part("ftc_other", Content("Other FTC and FTA activities"))
    return Vertical(Static(name, classes="label"), hint, *parts, other, classes="group")


def _area(field: str, name: Content, prompts: Prompts) -> NoteField:
    """A section of its own: lines of text below what the pack prompts for."""
    return NoteField(field, name, NoteArea(id=field), prompts=prompts.get(field, ()))


def _part(field: str, name: Content) -> NoteField:
    """A part of a section: a line or a few."""
    typed = NoteLine(id=field) if field in LINES else NoteArea(id=field)
    return NoteField(field, name, typed, part=True)
