"""Status slides: real ones, in our design or the user's, with nothing lost unsaid (FR-11)."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Inches

from ftop_tui.errors import InputError
from ftop_tui.exchange.pack_file import load_pack, load_part
from ftop_tui.exchange.slide import Deck, deck
from ftop_tui.exchange.slide_fit import cut, fit, width_of, wrapped
from ftop_tui.playbook.audience import Sharing
from ftop_tui.playbook.shared_text import brief_text
from ftop_tui.playbook.status_slide import SlideAction, SlideWorkload, StatusSlide

SHARING = Sharing.read(load_part("sharing"))
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
TAGS = [(workload.tag, workload.name) for workload in load_pack().workloads]
LONG = "The network team has not opened the ports and waits for the security board. " * 6
HOSTILE = "[red]x[/] {{customer}} <b>&amp; \x1b]52;c;x\x07 株式会社 " + "Fabrikam " * 60


def slide_of(count: int, **changes: Any) -> StatusSlide:
    workloads = [
        SlideWorkload(tag, name, "", "In Progress", 1000, 10 * n, float(n), date(2027, 2, 1), "CIO")
        for n, (tag, name) in enumerate(TAGS[:count], 1)
    ]
    made = StatusSlide(
        customer="Fabrikam",
        made_for="Internal · Sat 21 Nov 2026",
        status=("Customer health: Red", "Enterprise status: Yellow"),
        workloads=tuple(workloads),
        actions=(SlideAction("Agree the pilot group", "Ada Byron", date(2026, 11, 28)),),
        risks=("Blocked: INTUNE",),
        inputs=("2026-11-18 (call): the pilot goes well",),
        contact="Kim Lund, FRP PoC",
    )
    return replace(made, **changes)


def opened(made: Deck) -> Any:
    return Presentation(io.BytesIO(made.data))


def texts(slide: Any) -> str:
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def made(slides: Sequence[StatusSlide], template: Path | None = None) -> Deck:
    return deck(slides, SHARING, now=NOW, template=template)


@pytest.mark.parametrize("count", [1, 6, 17])
def test_a_slide_a_customer_with_a_real_table_and_a_native_chart(count: int) -> None:
    written = made([slide_of(count), slide_of(0, customer="Contoso")])
    first, second = opened(written).slides
    assert written.warnings == ()
    assert (first.shapes.title.text, second.shapes.title.text) == ("Fabrikam", "Contoso")
    (table,) = [shape.table for shape in first.shapes if shape.has_table]
    assert [row.cells[0].text.split()[0] for row in list(table.rows)[1:]] == [
        tag for tag, _ in TAGS[:count]
    ]
    (chart,) = [shape.chart for shape in first.shapes if shape.has_chart]
    assert list(chart.plots[0].series[0].values) == [float(n) for n in range(1, count + 1)]
    said = texts(first)
    for part in ("Agree the pilot group (Ada Byron)", "2026-11-28", "Blocked: INTUNE", "goes well"):
        assert part in said
    assert not any(shape.has_chart or shape.has_table for shape in second.shapes)
    assert "None on record." not in said


def test_nothing_stands_over_the_edge_or_over_something_else() -> None:
    for count in (1, 6, 9, 17):
        presentation = opened(made([slide_of(count)]))
        boxes = [
            (s.left, s.top, s.left + s.width, s.top + s.height)
            for s in presentation.slides[0].shapes
        ]
        for place, (left, top, right, bottom) in enumerate(boxes):
            assert left >= 0
            assert right <= presentation.slide_width
            assert top >= 0
            assert bottom <= presentation.slide_height
            for other in boxes[place + 1 :]:
                apart = (right <= other[0] + 100 or other[2] <= left + 100
                         or bottom <= other[1] + 100 or other[3] <= top + 100)  # fmt: skip
                assert apart, (count, boxes[place], other)


def test_what_does_not_fit_is_told_by_its_part() -> None:
    actions = tuple(SlideAction(f"{LONG} {n}") for n in range(20))
    rows = [replace(w, tenant="contoso-subsidiary.onmicrosoft.com") for w in slide_of(17).workloads]
    full = slide_of(17, customer=LONG, actions=actions, risks=(LONG,) * 5, inputs=(LONG,) * 4,
                    workloads=tuple(rows * 2))  # fmt: skip
    written = made([full])
    told = " ".join(written.warnings)
    for part in ("customer:", "workloads: 17 did not fit", "actions:", "risks:", "partner input:"):
        assert part in told
    assert "more" in texts(opened(written).slides[0])


def test_hostile_text_is_letters_on_a_slide() -> None:
    written = made(
        [slide_of(3, customer=HOSTILE, risks=(HOSTILE,), actions=(SlideAction("\x00"),))]
    )
    said = texts(opened(written).slides[0])
    assert "[red]x[/] {{customer}} <b>&amp;" in said


def test_the_file_tells_nothing_of_who_made_it() -> None:
    properties = opened(made([slide_of(1)])).core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert properties.created == NOW.replace(tzinfo=None)


# Fitting


@given(st.text(st.sampled_from("abc WM株i. "), max_size=200), st.integers(1, 4))
def test_what_is_cut_fits_and_begins_as_the_text_does(text: str, lines: int) -> None:
    shown = cut(text, 10, 120, lines)
    assert text.startswith(shown.removesuffix("…")) or shown == text
    if shown != text:
        assert wrapped(shown, 10, 120) <= lines
        assert lines > 1 or width_of(shown, 10) <= 120


@given(st.lists(st.text(st.sampled_from("ab c"), min_size=1, max_size=90), max_size=12))
@settings(max_examples=60)
def test_a_fitted_text_says_how_many_paragraphs_it_leaves_out(paragraphs: list[str]) -> None:
    fitted = fit(paragraphs, 150, 80, largest=14, smallest=9)
    assert 9 <= fitted.size <= 14
    assert len(fitted.lines) - bool(fitted.left_out) == len(paragraphs) - fitted.left_out
    if fitted.whole:
        assert fitted.lines == tuple(paragraphs)


# Templates


def template_of(folder: Path, *texts_: str) -> Path:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    for place, text in enumerate(texts_):
        if place == 0:
            slide.shapes.title.text = text
            continue
        box = slide.shapes.add_textbox(Inches(1), Inches(1 + place), Inches(6), Inches(1))
        paragraph = box.text_frame.paragraphs[0]
        for part in (text[:4], text[4:]):  # as PowerPoint splits runs
            paragraph.add_run().text = part
    path = folder / "template.pptx"
    presentation.save(str(path))
    return path


EVERY = (
    "Status of {{customer}}", "{{ heading }}", "{{status}}", "{{workloads}}", "{{chart}}",
    "{{actions}}", "{{Risks}}", "Input: {{input}} / {{contact}}",
)  # fmt: skip


def test_the_users_template_is_copied_once_a_customer(tmp_path: Path) -> None:
    template = template_of(tmp_path, *EVERY)
    written = made([slide_of(6), slide_of(2, customer="Contoso {{risks}}")], template)
    first, second = opened(written).slides
    assert first.shapes.title.text == "Status of Fabrikam"
    assert second.shapes.title.text == "Status of Contoso {{risks}}"
    assert [shape.has_table for shape in first.shapes].count(True) == 1
    assert [shape.has_chart for shape in first.shapes].count(True) == 1
    assert "Input: 2026-11-18 (call): the pilot goes well / Kim Lund" in texts(first)
    assert "Customer health: Red\nEnterprise status: Yellow" in texts(first)
    assert "{{" not in texts(first)


def test_a_templates_own_description_and_picture_stay_at_home(tmp_path: Path) -> None:
    """FR-10: who wrote a template, and what it showed, is nobody's business outside."""
    path = template_of(tmp_path, "{{customer}}")
    presentation = Presentation(str(path))
    properties = presentation.core_properties
    properties.author = properties.comments = properties.keywords = "S1500 list"
    properties.subject = properties.category = properties.content_status = "S1500 list"
    presentation.slides[0].notes_slide.notes_text_frame.text = "S1500 list"
    presentation.save(str(path))
    with zipfile.ZipFile(io.BytesIO(made([slide_of(1)], path).data)) as written:
        assert not [name for name in written.namelist() if "thumbnail" in name]
        assert not [name for name in written.namelist() if b"S1500" in written.read(name)]


def test_placeholders_that_a_template_lacks_are_told(tmp_path: Path) -> None:
    written = made([slide_of(2)], template_of(tmp_path, "{{customer}}", "{{status}}"))
    assert "the template has no {{heading}}, {{workloads}}, {{chart}}" in written.warnings[0]


def test_long_text_in_a_template_is_cut_and_told(tmp_path: Path) -> None:
    full = slide_of(1, customer=LONG * 9, risks=(LONG,) * 9)
    written = made([full], template_of(tmp_path, "{{customer}}", "{{risks}}"))
    assert sum("too long and was cut" in warning for warning in written.warnings) == 2


@pytest.mark.parametrize(
    ("texts_", "said"),
    [
        (("{{customer}}", "{{wins}}"), r"\{\{wins\}\} is not known; known are \{\{customer\}\}"),
        (("Status",), r"no placeholder in its text; known are \{\{customer\}\}"),
        (("{{[red]x[/]}}",), r"\{\{\[red\]x\[/\]\}\} is not known"),
    ],
)
def test_a_template_that_cannot_be_used_says_why(
    tmp_path: Path, texts_: Sequence[str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        made([slide_of(1)], template_of(tmp_path, *texts_))


def test_what_is_no_template_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.pptx"
    with pytest.raises(InputError, match=r"t\.pptx: there is no such file"):
        made([slide_of(1)], path)
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InputError, match="no PowerPoint presentation"):
        made([slide_of(1)], path)
    Presentation().save(str(path))
    with pytest.raises(InputError, match="has no slide"):
        made([slide_of(1)], path)


# Texts


def test_the_texts_say_the_same_and_markdown_is_read_letter_by_letter() -> None:
    slides = [slide_of(2, customer="A|B [x](javascript:1) *y*"), slide_of(0, customer="Contoso")]
    markdown, plain = (brief_text(slides, markdown=flag) for flag in (True, False))
    assert r"# A|B [x\](javascript:1) \*y\*" in markdown
    assert "A|B [x](javascript:1) *y*\n=====" in plain
    for said in ("Agree the pilot group (Ada Byron)", "Blocked: INTUNE", "EXO Exchange Online"):
        assert said in markdown
        assert said in plain
    assert markdown.endswith("\n")
