"""The check of the pack, shipped and overridden."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ftop_tui.errors import PackError
from ftop_tui.exchange.pack_check import checked_pack
from ftop_tui.exchange.pack_file import load_pack, shipped
from ftop_tui.playbook.pack import Pack
from ftop_tui.text import fold


def check(toml: str) -> Pack:
    """The shipped pack with this upon it."""
    core: dict[str, Any] = {**shipped("playbook"), **shipped("workloads")}
    return checked_pack(core, tomllib.loads(toml), Path("my-pack.toml"))


def test_the_shipped_pack_is_sound() -> None:
    assert check("") == load_pack()


def test_a_workload_s_names_are_matched_in_any_spelling() -> None:
    pack = check("")
    assert len(pack.workloads) == 17
    for workload in pack.workloads:
        assert {pack.tag_of(name.upper()) for name in workload.names} == {workload.tag}
    assert all(pack.tag_of(fold(name)) is None for name in pack.untracked)


def test_an_override_changes_what_it_names_and_nothing_else() -> None:
    pack = check('[cadence.fortnightly]\nlimit = 30\n[[workload]]\ntag = "YAM"\ntoday = "Engage"')
    assert (pack.cadence.fortnightly.limit, pack.cadence.fortnightly.due) == (30, 14)
    assert (pack.by_tag["YAM"].today, pack.by_tag["YAM"].name) == ("Engage", "Yammer Enterprise")
    assert len(pack.workloads) == 17


def test_tables_that_are_checked_elsewhere_are_left_alone() -> None:
    assert check('[lint.limits]\nmax_words = 50\n[[rule]]\nid = "EN-01"') == load_pack()


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[cadence.fortnightly]\nlimit = 'x'", "cadence.fortnightly.limit: must be a whole number"),
        ("[cadence.fortnightly]\nlimit = 2.5", "cadence.fortnightly.limit: must be a whole number"),
        ("[cadence.fortnightly]\nlimit = true", "cadence.fortnightly.limit: must be a whole numb"),
        ("[cadence.fortnightly]\nlimits = 9", "cadence.fortnightly.limits: is not a key"),
        ("[cadence.monthly]\ndue = 9", "cadence.monthly: is not a key"),
        ("cadence = 5", "cadence: must be a table"),
        ("[horoscope]\nx = 1", "horoscope: is not a table of the pack"),
        ("[cadence.fortnightly]\nlimit = 12", "cadence.fortnightly.limit: must not be less than"),
        ("[cadence.frp_review]\ndue_soon = 20", "cadence.frp_review.due: must not be less than"),
        ("[cadence.frp_review_by_phase]\nbliss = 7", "cadence.frp_review_by_phase.bliss: is not"),
        ("[cadence.frp_review_by_phase]\nassess = 0", "frp_review_by_phase.assess: must be at le"),
        ("[points]\nlate = -1", "points.late: must not be negative"),
        ("[points]\nlate = 9000000000", "points.late: must not be more than"),
        ("[points.renewal]\nsoon = 1", "points.renewal.soon: must be a whole number"),
        ("[points.health]\nred = 5", "points.health.red: must not be less than yellow (20)"),
        ("[points.health]\npink = 5", "points.health.pink: is not a key"),
        ("[caps]\nsmiles = 5", "caps.smiles: is not a key"),
        ("[thresholds]\nmilestones = [40, 15]", "thresholds.milestones: must rise"),
        ("[thresholds]\npartner_prefix = ''", "thresholds.partner_prefix: must not be empty"),
        ("[year]\nfirst_month = 13", "year.first_month: must be a month"),
        ("[opening]\nkeep = 'Keep {it}'", "opening.keep: the placeholder {it} is not known"),
        ("[opening]\nkeep = '{health'", "opening.keep: has a brace"),
        ("[opening]\nkeep = '{health.__class__}'", "opening.keep: the placeholder"),
        ("[opening]\nkeep = 2026-10-28", "opening.keep: must be text"),
        ("[enterprise.status]\nblue = 'x'", "enterprise.status.blue: "),
        ("[enterprise]\ncore_workloads = ['X']", "enterprise.core_workloads: 'X' is no"),
        ("[enterprise]\nreasons = 'one'", "enterprise.reasons: must be a list"),
        ("[[workload]]\nname = 'x'", "every entry of a list needs its tag"),
        ("[[workload]]\ntag = ['EXO']", "every entry of a list needs its tag"),
        ("[[workload]]\ntag = 'EXO'\nhealth = 'yes'", "workload.EXO.health: must be true or"),
        ("[[workload]]\ntag = 'NEW'", "workload.NEW.name: is missing"),
        ("[[workload]]\ntag = 'n w'\nname = 'x'", "workload.n w.tag: must be capital letters"),
        ("[[workload]]\ntag = 'OD'\naliases = ['Teams']", "workload.TEAMS.aliases: 'TEAMS' is al"),
        ("[workload]\ntag = 'x'", "workload: must be a list of tables"),
        ("[guidance.WeekScren]\ntext = 'x'", "guidance.WeekScren: is not a key of the pack"),
        ("[guidance.WeekScreen]\ntext = 1", "guidance.WeekScreen.text: must be text"),
        ("[guidance.WeekScreen]\nrules = ['XX-99']", "guidance.WeekScreen.rules: 'XX-99' is no ru"),
    ],
)
def test_a_mistake_is_told_by_file_and_key(toml: str, says: str) -> None:
    with pytest.raises(PackError) as caught:
        check(toml)
    assert caught.value.message.startswith("my-pack.toml: ")
    assert says in caught.value.message


def test_every_mistake_is_among_the_details() -> None:
    with pytest.raises(PackError) as caught:
        check("[points]\nlate = 'a'\nbreach = 'b'")
    assert [line.split(": ")[1] for line in caught.value.details] == [
        "points.late",
        "points.breach",
    ]


def test_text_of_an_override_is_made_harmless() -> None:
    pack = check('[[workload]]\ntag = "YAM"\ntoday = "En\\u001b[31mgage"')
    assert pack.by_tag["YAM"].today == "Engage"


def test_the_user_s_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "my-pack.toml"
    path.write_text("[points]\nlate = 25\n", "utf-8")
    assert load_pack(path).points.late == 25
    path.write_text("[points\n", "utf-8")
    with pytest.raises(PackError, match=r"my-pack\.toml"):
        load_pack(path)
    assert load_pack(tmp_path / "none.toml") == load_pack()
