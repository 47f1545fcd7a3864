"""The page of the promises and the tests that hold them agree, row by row."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "promises.md"
_ROW = re.compile(r"^\| (?P<what>[^|]+) \| `(?P<test>\w+\.py::\w+)` \|$", re.MULTILINE)


def _tests() -> list[str]:
    """Every test in this folder but those of this page, as pytest names it."""
    return [
        f"{path.name}::{node.name}"
        for path in sorted(HERE.glob("test_*.py"))
        if path.name != Path(__file__).name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]


def test_the_page_names_every_test_once_and_no_other() -> None:
    rows = [row["test"] for row in _ROW.finditer(PAGE.read_text("utf-8"))]
    assert sorted(rows) == sorted(_tests())


def test_every_other_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", PAGE.read_text("utf-8"))
    assert named
    assert [name for name in named if not (HERE.parents[1] / name).is_file()] == []


def test_each_of_the_eight_promises_has_a_section() -> None:
    found = re.findall(r"^## (\d)\. ", PAGE.read_text("utf-8"), re.MULTILINE)
    assert found == list("12345678")
