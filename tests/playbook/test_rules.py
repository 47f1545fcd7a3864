"""The playbook's rules as they can be read, and the ids by which the code names them."""

import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given

from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.rules import read_rules
from ftop_tui.playbook.urgency import assess

from .builders import PACK, TODAY
from .test_urgency import any_facts

RULES = read_rules(shipped("rules"))
BY_ID = {rule.id: rule for rule in RULES}
AREAS = {
    "access", "cadence", "field", "template", "lint", "workflow", "forecast", "review", "export",
    "contacts",
}  # fmt: skip


@pytest.mark.parametrize(
    ("prefix", "doc", "count"),
    [
        ("ES", "enterprise", 16),
        ("OS", "overall", 13),
        ("RA", "recurring", 24),
        ("EN", "entitlement", 20),
        ("FR", "frp", 14),
    ],
)
def test_each_document_has_its_rules_numbered_without_a_hole(
    prefix: str, doc: str, count: int
) -> None:
    ids = [rule.id for rule in RULES if rule.doc == doc]
    assert ids == [f"{prefix}-{number:02}" for number in range(1, count + 1)]


def test_no_rule_is_there_twice() -> None:
    assert max(Counter(rule.id for rule in RULES).values()) == 1
    assert len(RULES) == 87


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is_what_the_app_does_and_where_it_comes_from(rule: Any) -> None:
    assert rule.area in AREAS
    assert rule.source.startswith("FastTrack")
    for text in (rule.says, rule.does):
        assert text == text.strip()
        assert text.endswith(".")


def test_every_id_named_in_the_playbook_s_code_and_data_is_a_rule() -> None:
    folders = ("ftop_tui.playbook", "ftop_tui.playbook.lint", "ftop_tui.pack")
    texts = [
        path.read_text("utf-8")
        for folder in folders
        for path in files(folder).iterdir()
        if path.name.endswith((".py", ".toml")) and path.name != "rules.toml"
    ]
    named = {name for text in texts for name in re.findall(r"\b(?:ES|OS|RA|EN|FR)-\d\d\b", text)}
    assert named
    assert named <= BY_ID.keys()


@given(any_facts())
def test_every_factor_is_named_by_a_rule(tenant: Any) -> None:
    """Contract: `why` names the rule of each factor."""
    assert {f.rule for f in assess(tenant, TODAY, PACK).factors} <= BY_ID.keys()


@pytest.mark.parametrize(
    ("rule", "numbers"),
    [
        ("ES-01", ("500", "501", "1500")),
        ("ES-03", ("10", "14", "21")),
        ("RA-12", ("49,999", "50,000")),
        ("RA-16", ("42",)),
        ("FR-05", ("7", "14")),
    ],
)
def test_what_a_rule_says_it_does_holds_the_pack_s_numbers(
    rule: str, numbers: tuple[str, ...]
) -> None:
    """ES-01, ES-03, RA-12, RA-16, FR-05: the text of the rules and the pack agree."""
    days, limits = PACK.cadence, PACK.thresholds
    told = {
        "ES-01": (limits.architect_ranks, limits.architect_ranks + 1, limits.ranked_customers),
        "ES-03": (days.fortnightly.due_soon - 1, days.fortnightly.due, days.fortnightly.limit),
        "RA-12": (f"{limits.level_4_users - 1:,}", f"{limits.level_4_users:,}"),
        "RA-16": (limits.review_interval_days,),
        "FR-05": (days.frp_review.due_soon, days.frp_review.due),
    }
    assert tuple(map(str, told[rule])) == numbers
    assert all(re.search(rf"(?<!\d){number}(?!\d)", BY_ID[rule].does) for number in numbers)
