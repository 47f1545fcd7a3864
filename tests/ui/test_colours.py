"""The themes are for all eyes: contrast, colour blindness, letter and word beside colour."""

from collections.abc import Mapping
from itertools import combinations

import pytest
from textual.color import Color
from textual.theme import Theme

from ftop_tui.playbook.values import (
    Band,
    EnterpriseStatus,
    EntitlementStatus,
    Grade,
    Health,
    NoteState,
    Severity,
)
from ftop_tui.widgets import looks
from ftop_tui.widgets.looks import Look
from ftop_tui.widgets.themes import THEMES

# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB.
EYES: Mapping[str, tuple[tuple[float, float, float], ...]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
FAMILIES: Mapping[str, list[Look]] = {
    "bands": [looks.band(each) for each in Band],
    "health": [looks.health(each) for each in (*Health, None)],
    "status": [looks.enterprise(each) for each in (*EnterpriseStatus, None)],
    "workloads": [looks.entitlement(each) for each in (*EntitlementStatus, None)],
    "grades": [looks.grade(each) for each in Grade],
    "findings": [looks.severity(each) for each in Severity],
    "notes": [looks.state(each) for each in NoteState],
}
READABLE = 4.5
"""WCAG's contrast for text (AA)."""
APART = 6.0
"""Difference in CIE Lab (1976) that is seen without looking twice; what only just differs is 2."""

Linear = tuple[float, float, float]


def linear(colour: Color) -> Linear:
    def one(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    return one(colour.r), one(colour.g), one(colour.b)


def seen(colour: str, eye: str) -> Linear:
    """The colour as such an eye sees it, linear."""
    parts = linear(Color.parse(colour))
    found = (sum(w * p for w, p in zip(row, parts, strict=True)) for row in EYES[eye])
    red, green, blue = (min(1.0, max(0.0, each)) for each in found)
    return red, green, blue


def contrast(one: Linear, other: Linear) -> float:
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def lab(colour: Linear) -> Linear:
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: Linear, other: Linear) -> float:
    pairs = zip(lab(one), lab(other), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def colour_of(theme: Theme, style: str) -> str:
    """The colour of a look's style: the theme's variable in it."""
    name = style.partition("$")[2].partition(" ")[0]
    return theme.variables[name]


@pytest.mark.parametrize("family", FAMILIES)
def test_letter_and_word_tell_the_values_apart_without_any_colour(family: str) -> None:
    told = FAMILIES[family]
    assert len({look.letter for look in told}) == len(told)
    assert len({look.word.casefold() for look in told}) == len(told)
    assert all(look.letter.isascii() and look.letter.strip() for look in told)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_is_readable_on_every_ground(theme: Theme, eye: str) -> None:
    for name, colour in theme.variables.items():
        if name.startswith("ftop-"):
            for ground in (theme.background, theme.surface, theme.panel):
                assert ground is not None
                found = contrast(seen(colour, eye), seen(ground, eye))
                least = 3.5 if name == "ftop-muted" or ground == theme.panel else READABLE
                assert found >= least, (name, ground, round(found, 2))


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("family", ["bands", "health"])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_neighbours_differ_in_colour_for_every_eye(theme: Theme, family: str, eye: str) -> None:
    for one, other in combinations(FAMILIES[family], 2):
        first, second = (seen(colour_of(theme, each.style), eye) for each in (one, other))
        found = difference(first, second)
        assert found >= APART, (one.word, other.word, round(found, 1))
