"""FTOP's present text of an Enterprise Status note, taken apart into the fields it was made of.

The opposite of `render.render`, and lenient: headings are found in any letter case, with what FTOP
puts behind them in parentheses, with or without a colon. Nothing is lost: what has no place of its
own goes to the overview.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ftop_tui.playbook.notes import EnterpriseBody
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.render import enterprise_fields
from ftop_tui.playbook.values import EnterpriseStatus
from ftop_tui.text import clean, fold

_SUMMARY, _ACTIVITIES = "summary", "activities"
_SECTIONS = (
    "reason", "status", _SUMMARY, "overview", _ACTIVITIES, "risks", "brand", "next_update",
    "awareness",
)  # fmt: skip
"""The fields of the note in FTOP's order; two of them have parts."""
_PARTS = ("topic", "description", "impact", "actions", "progress")
_TAGGED = re.compile(
    r"\[(?P<tag>[^\]]{1,40})\]\s*(?P<text>.*)|(?P<name>[^:]{1,40}):\s+(?P<rest>.*)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEVERAL = re.compile(r"[,;\n]")


class _Heading(NamedTuple):
    """A heading found in a line: the section that it opens, and what stands behind it."""

    section: str
    rest: str


@dataclass(frozen=True)
class _Labels:
    """How the headings of the note and the parts of its Exec Summary are recognised."""

    sections: tuple[tuple[str, re.Pattern[str]], ...]
    parts: tuple[tuple[str, re.Pattern[str]], ...]


def take_apart(text: str, pack: Pack) -> EnterpriseBody:
    """The fields of a note from its text; of a text that was rendered, the body it came from.

    Lines before the first heading, and values that cannot be read (a Status that is no colour, a
    Next Update that is no day) become part of the overview.
    """
    body, left = EnterpriseBody(), list[str]()
    for section, lines in _sections(clean(text).split("\n"), _labels(pack)):
        body, unread = _read(body, section, lines, pack)
        left += unread
    overview = "\n".join((*left, body.overview)).strip() if left else body.overview
    return replace(body, overview=overview)


def parts_found(body: EnterpriseBody, pack: Pack) -> tuple[str, ...]:
    """The names of the fields that hold something, in FTOP's order."""
    return tuple(name for name, text in enterprise_fields(body, pack) if text)


@lru_cache(maxsize=4)
def _labels_of(names: tuple[str, ...], parts: tuple[str, ...]) -> _Labels:
    return _Labels(
        tuple(zip(_SECTIONS, map(_pattern, names), strict=True)),
        tuple(zip(_PARTS, map(_pattern, parts), strict=True)),
    )


def _labels(pack: Pack) -> _Labels:
    names = tuple(name for name, _ in enterprise_fields(EnterpriseBody(), pack))
    return _labels_of(names, pack.enterprise.summary_labels)


def _pattern(label: str) -> re.Pattern[str]:
    """A label with any blanks, an optional remark in parentheses, and a colon or nothing behind."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", label.strip().removesuffix(":"))]
    spaced = r"[\s-]*".join(words).replace(r"\(s\)", r"(?:\s*\(s\)|s)?").replace("/", r"\s*/\s*")
    return re.compile(rf"\s*{spaced}\s*(?:\([^)]*\)\s*)?(?::\s*(?P<rest>.*)|)$", re.IGNORECASE)


def _sections(lines: Sequence[str], labels: _Labels) -> Iterator[tuple[str, list[str]]]:
    """The lines under each heading; those before the first stand under no name."""
    section, held, seen = "", list[str](), {""}
    for place, line in enumerate(lines):
        heading = _heading(line, lines[place + 1 :], labels)
        if heading is None or heading.section in seen:
            held.append(line)
            continue
        yield section, held
        section, held = heading.section, [heading.rest]
        seen.add(section)
    yield section, held


def _heading(line: str, below: Sequence[str], labels: _Labels) -> _Heading | None:
    for section, pattern in labels.sections:
        found = pattern.match(line)
        if found is None:
            continue
        rest = found["rest"] or ""
        value = rest.strip() or next((text for text in below if text.strip()), "")
        if section == "status" and _status(value) is None:
            return None  # "Status: on track" is said of many things
        if section == "next_update" and _day(value) is None:
            return None
        return _Heading(section, rest)
    return None


def _read(
    body: EnterpriseBody, section: str, lines: list[str], pack: Pack
) -> tuple[EnterpriseBody, list[str]]:
    """The body with a section read into it, and the lines that have no place there."""
    text = "\n".join(lines).strip()
    match section:
        case "":
            return _summary(body, lines, pack)
        case "reason":
            return replace(body, reason=_reasons(text, pack)), []
        case "summary":
            with_parts, loose = _summary(body, lines, pack)
            said = "\n".join(loose).strip()
            description = "\n".join(part for part in (said, with_parts.description) if part)
            return replace(with_parts, description=description), []
        case "activities":
            return _activities(body, text, pack), []
        case "status" | "next_update" | "brand":
            first, _, others = text.partition("\n")
            return _single(body, section, first), others.strip().split("\n") if others else []
        case _:
            return replace(body, **{section: text}), []  # type: ignore[arg-type]


def _single(body: EnterpriseBody, section: str, value: str) -> EnterpriseBody:
    match section:
        case "status":
            return replace(body, status=_status(value))
        case "next_update":
            return replace(body, next_update=_day(value))
        case _:
            return replace(body, brand=value.strip())


def _summary(
    body: EnterpriseBody, lines: Sequence[str], pack: Pack
) -> tuple[EnterpriseBody, list[str]]:
    """ES-09: the labelled parts of the Exec Summary, and the lines before the first of them."""
    parts: dict[str, list[str]] = {}
    loose = held = list[str]()
    for line in lines:
        found = next(
            (
                (name, hit["rest"] or "")
                for name, pattern in _labels(pack).parts
                if name not in parts and (hit := pattern.match(line))
            ),
            None,
        )
        if found is None:
            held.append(line)
        else:
            name, rest = found
            held = parts[name] = [rest]
    texts = {name: "\n".join(held).strip() for name, held in parts.items()}
    return replace(body, **texts), [line for line in loose if line.strip()]  # type: ignore[arg-type]


def _activities(body: EnterpriseBody, text: str, pack: Pack) -> EnterpriseBody:
    """ES-11: a line for each core workload, named by its tag or its name; the rest is other."""
    rows: dict[str, str] = {}
    other: list[str] = []
    for line in text.split("\n"):
        found = _TAGGED.match(line.strip())
        tag = pack.tag_of(found["tag"] or found["name"] or "") if found else None
        if found and tag in pack.enterprise.core_workloads and tag not in rows and not any(other):
            rows[tag] = (found["text"] or found["rest"] or "").strip()
        else:
            other.append(line.rstrip())
    exo, spo, opp = (rows.get(tag, "") for tag in pack.enterprise.core_workloads)
    left = "\n".join(other).strip()
    return replace(body, ftc_exo=exo, ftc_spo=spo, ftc_opp=opp, ftc_other=left)


def _reasons(text: str, pack: Pack) -> tuple[str, ...]:
    """ES-06: each reason once, in the pack's spelling where it knows it."""
    known = {fold(reason): reason for reason in pack.enterprise.reasons}
    given = (part.strip() for part in _SEVERAL.split(text))
    return tuple(dict.fromkeys(known.get(fold(part), part) for part in given if part))


def _status(text: str) -> EnterpriseStatus | None:
    """ES-07: a colour by its word or its letter."""
    letters = {status.letter: status for status in EnterpriseStatus}
    first = text.strip().partition("\n")[0].strip()
    return EnterpriseStatus.read(first) or letters.get(first.upper())


_NAMED_DAY = re.compile(
    r"(?:\w+,?\s+)?(?:(?P<day>\d{1,2})\.?\s+(?P<month>[a-z]{3})[a-z]*\.?|"
    r"(?P<month2>[a-z]{3})[a-z]*\.?\s+(?P<day2>\d{1,2})),?\s+(?P<year>\d{4})",
    re.IGNORECASE,
)
_NUMBERED_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T].*)?")


def _day(text: str) -> date | None:
    """ES-14: a day written with the year first, or with the month's name, or that reads one way."""
    first = text.strip().partition("\n")[0].strip()
    if named := _NAMED_DAY.fullmatch(first):
        month = (named["month"] or named["month2"]).casefold()
        if month not in _MONTHS:
            return None
        return _date(named["year"], _MONTHS.index(month) + 1, named["day"] or named["day2"])
    numbered = _NUMBERED_DAY.fullmatch(first)
    if numbered is None:
        return None
    one, two, three = numbered.groups()
    if len(one) == len("2026"):
        return _date(one, two, three)
    readings = {_date(three, one, two), _date(three, two, one)} - {None}
    return readings.pop() if len(three) == len("2026") and len(readings) == 1 else None


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


__all__ = ["parts_found", "take_apart"]
