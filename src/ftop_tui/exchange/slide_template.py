"""Status slides from the user's own template (FR-11).

The template's first slide is copied once a customer. What stands in double braces in the text of
its shapes, groups and tables is replaced: `{{customer}}` and its like by text, and a shape that
says nothing but `{{workloads}}` or `{{chart}}` by the table or the chart, at its place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Pt

from ftop_tui.errors import InputError
from ftop_tui.exchange.slide_fit import fit
from ftop_tui.exchange.slide_parts import add_chart, add_table, box_of
from ftop_tui.exchange.tables import shown
from ftop_tui.playbook.audience import Sharing
from ftop_tui.playbook.status_slide import (
    SlideWorkload,
    StatusSlide,
    action_line,
    percent_words,
    usage_words,
)

NAMES = (
    "customer", "heading", "status", "workloads", "chart", "actions", "risks", "input", "contact",
)  # fmt: skip
"""What may stand in double braces."""

_BRACES = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_TITLE_SIZE, _USUAL_SIZE = 44.0, 18.0
_SMALLEST = 8.0
"""Points below which nobody reads a slide: what does not fit then is cut."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class _Paragraph(NamedTuple):
    """A paragraph of a shape or of a table's cell; `shape` is None in a cell."""

    element: Any
    shape: Any


def filled(
    template: Path, slides: Iterable[StatusSlide], sharing: Sharing
) -> tuple[Any, list[str]]:
    """The template with a slide a customer, and what is to be said of it.

    Raises:
        InputError: it cannot be read, has no slide, or its placeholders are not known.
    """
    presentation = _opened(template)
    if not len(presentation.slides):
        raise InputError(f"{template}: the template has no slide; its first one is copied")
    source = presentation.slides[0]
    warnings = _check(template, source)
    old = list(presentation.slides._sldIdLst)
    for content in slides:
        slide = _copied(presentation, source)
        warnings += [
            f"{shown(content.customer)}: {said}" for said in _fill(slide, content, sharing)
        ]
    for entry in old:
        presentation.part.drop_rel(entry.rId)
        presentation.slides._sldIdLst.remove(entry)
    return presentation, warnings


def _opened(template: Path) -> Any:
    if not template.exists():  # python-pptx says the same of this as of any other file
        raise InputError(f"{template}: there is no such file")
    try:
        return Presentation(str(template))
    except OSError as error:
        raise InputError(f"{template}: cannot be read: {error.strerror or error}") from error
    except Exception as error:  # python-pptx lets through what zip and XML readers raise
        raise InputError(f"{template}: this is no PowerPoint presentation (.pptx)") from error


def _check(template: Path, source: Any) -> list[str]:
    known = ", ".join(f"{{{{{name}}}}}" for name in NAMES)
    found = [n for p in _paragraphs(source.shapes) for n in _BRACES.findall(_text_of(p.element))]
    wrong = [name for name in found if name.casefold() not in NAMES]
    if wrong:
        raise InputError(
            f"{template}: the placeholder {{{{{shown(wrong[0])[1:-1]}}}}} is not known; known are "
            f"{known}"
        )
    if not found:
        raise InputError(
            f"{template}: the first slide has no placeholder in its text; known are {known}"
        )
    there = {name.casefold() for name in found}
    missing = [f"{{{{{name}}}}}" for name in NAMES if name not in there]
    return [f"{template}: the template has no {', '.join(missing)}"] if missing else []


def _paragraphs(shapes: Any) -> Iterator[_Paragraph]:
    for shape in shapes:
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            yield from _paragraphs(shape.shapes)
        elif getattr(shape, "has_table", False):
            for element in shape._element.iter(qn("a:p")):
                yield _Paragraph(element, None)
        elif shape.has_text_frame:
            for element in shape._element.iter(qn("a:p")):
                yield _Paragraph(element, shape)


def _text_of(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("a:t")))


def _copied(presentation: Any, source: Any) -> Any:
    """A copy of a slide, its pictures and links included."""
    slide = presentation.slides.add_slide(source.slide_layout)
    tree = slide.shapes._spTree
    for shape in list(slide.shapes):
        tree.remove(shape._element)
    renamed = {}
    for name, relation in source.part.rels.items():
        if relation.reltype.endswith(("/slideLayout", "/notesSlide")):
            continue
        target = relation.target_ref if relation.is_external else relation.target_part
        renamed[name] = (
            slide.part.relate_to(target, relation.reltype, is_external=True)
            if relation.is_external
            else slide.part.relate_to(target, relation.reltype)
        )
    for shape in source.shapes:
        element = deepcopy(shape._element)
        for part in element.iter():
            for key, value in part.attrib.items():
                if key.startswith(_RELATION) and value in renamed:
                    part.set(key, renamed[value])
        tree.append(element)
    return slide


def _fill(slide: Any, content: StatusSlide, sharing: Sharing) -> list[str]:
    """Put a customer's values in; what did not fit is said."""
    said: list[str] = []
    for shape in list(slide.shapes):
        alone = shape.has_text_frame and _BRACES.fullmatch(shape.text_frame.text.strip())
        name = alone[1].casefold() if alone else ""
        if name in {"workloads", "chart"} and content.workloads:
            said += _replaced(slide, shape, name, content, sharing)
    values = _values(content)
    for paragraph in list(_paragraphs(slide.shapes)):
        _write(paragraph.element, values)
    for shape in slide.shapes:
        if shape.has_text_frame and shape.text_frame.text.strip():
            said += _shrunk(shape)
    return said


def _replaced(
    slide: Any, shape: Any, name: str, content: StatusSlide, sharing: Sharing
) -> list[str]:
    box, said = box_of(shape), []
    if name == "workloads":
        rows = content.workloads[: sharing.table_rows]
        size = max(sharing.smallest_size, min(sharing.text_size, box.height * 72 / 30))
        if box.height * 72 < (len(rows) + 1) * size * 1.4:
            said.append("workloads: the table is higher than its place in the template")
        cuts = add_table(slide, box, rows, size)
        left = len(content.workloads) - len(rows)
        said += [f"workloads: {left} did not fit and were left out"] * bool(left)
        said += ["workloads: long cells were cut"] * bool(cuts)
    else:
        bars = [w for w in content.workloads if w.percent is not None]
        if not bars:
            return []
        add_chart(slide, box, bars[: sharing.chart_workloads])
    shape._element.getparent().remove(shape._element)
    return said


def _values(content: StatusSlide) -> Mapping[str, list[str]]:
    return {
        "customer": [content.customer],
        "heading": [content.made_for],
        "status": list(content.status),
        "workloads": [_workload_line(workload) for workload in content.workloads],
        "chart": [],
        "actions": [action_line(action) for action in content.actions],
        "risks": list(content.risks),
        "input": list(content.inputs or ()),
        "contact": [content.contact] if content.contact else [],
    }


def _workload_line(workload: SlideWorkload) -> str:
    parts = (workload.tag, workload.status, usage_words(workload), percent_words(workload))
    return "  ".join(part for part in parts if part)


def _write(paragraph: Any, values: Mapping[str, list[str]]) -> None:
    """Replace what is in braces; several lines become paragraphs of the same look."""
    text = _text_of(paragraph)
    names = [name.casefold() for name in _BRACES.findall(text)]
    if not names:
        return
    runs = list(paragraph.iter(qn("a:t")))
    most = max(len(values[name]) for name in names)
    if _BRACES.fullmatch(text.strip()) and most > 1:
        lines = values[names[0]]
    else:
        lines = [_BRACES.sub(lambda found: "; ".join(values[found[1].casefold()]), text)]
    for extra in runs[1:]:
        extra.text = ""
    for line in reversed(lines[1:]):
        runs[0].text = line
        paragraph.addnext(deepcopy(paragraph))
    runs[0].text = lines[0]


def _shrunk(shape: Any) -> list[str]:
    """Make the type smaller where the text asks for it; cut and say so where that is not enough."""
    frame, box = shape.text_frame, box_of(shape)
    if not box.width or not box.height:
        return []
    sizes = [run.font.size.pt for p in frame.paragraphs for run in p.runs if run.font.size]
    size = max(sizes, default=_usual_size(shape))
    width, height = box.points
    fitted = fit(
        [paragraph.text for paragraph in frame.paragraphs],
        max(8, width - 14),
        max(8, height - 7),
        largest=size,
        smallest=min(size, _SMALLEST),
        gap=0.1,
    )
    if not fitted.whole:
        _cut_to(frame, fitted.lines)
    if fitted.size < size:
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(fitted.size)
    return [] if fitted.whole else [f"{shown(shape.name)}: the text is too long and was cut"]


def _usual_size(shape: Any) -> float:
    """What PowerPoint takes where the template's first slide does not say it."""
    is_title = shape.is_placeholder and shape.placeholder_format.type in _TITLES
    return _TITLE_SIZE if is_title else _USUAL_SIZE


def _cut_to(frame: Any, lines: Sequence[str]) -> None:
    """Write these lines over the paragraphs, which keep their look; the rest of them goes."""
    for place, paragraph in enumerate(list(frame.paragraphs)):
        if place >= len(lines):
            paragraph._p.getparent().remove(paragraph._p)
            continue
        for number, run in enumerate(paragraph.runs):
            run.text = lines[place] if number == 0 else ""
