"""The parts of the benchmark harness run. Nothing here looks at a clock: that is the bench's."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the bench watches programs through Linux's /proc", allow_module_level=True)

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import __main__ as main
from bench import growth, kept, report
from bench.kit import Kit, open_kit
from bench.measure import Contestants, Family, Goal, Result, boil_down, measure, run_once
from bench.probe import Probe, a_frame, holds
from bench.rows import FAMILIES, backing_up, commands, files, keys, paint, searching, work, writing
from bench.screen import Screen
from bench.stores import Size

TINY = {
    "small": Size("small", customers=3),
    "middle": Size("middle", customers=4),
    "stress": Size("stress", tenants=30, notes=4),
    "wide": Size("wide", tenants=30, notes=2, usage=True),
}


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """A kit of tiny stores, without peers."""
    cache = tmp_path_factory.mktemp("cache")
    with open_kit(cache, runs=1, most_rounds=1, many=20, sizes=TINY) as made:
        yield made


@pytest.mark.parametrize(
    ("family", "without"),
    [
        (paint.FAMILY, set()),
        (paint.MEMORY, set()),
        (keys.CURSOR, set()),
        (work.RANK, set()),
        (work.FILTER, {"filter-all"}),
        (searching.FAMILY, set()),
        (writing.SAVE, set()),
        (writing.SIZE, set()),
        (files.FAMILY, set()),
        (commands.FAMILY, set()),
        (backing_up.BACKUP, set()),
        (backing_up.KEYS, set()),
    ],
    ids=lambda each: each.name if isinstance(each, Family) else "",
)
def test_a_family_is_measured(kit: Kit, family: Family, without: set[str]) -> None:
    goals = [goal for goal in family.goals if goal.key not in without]
    results = measure(family, goals, kit)
    assert [result.goal.key for result in results] == [goal.key for goal in goals]
    for result in results:
        assert result.missing.endswith("is not installed") or len(result.figures) == 1
    assert sum(not result.missing for result in results) >= min(len(goals), 2)
    assert family.name in {known.name for known in FAMILIES}


def test_what_is_typed_into_a_bare_app_is_seen_on_its_screen(kit: Kit) -> None:
    with Probe(kit.bare("preview"), kit.environment(), kit.home) as probe:
        probe.wait_for(holds("type here"))
        assert probe.press("q", holds("q")) > 0
        probe.press("z", lambda seen: seen.screen.text().count("qz") == 2)
        assert probe.cpu() > 0
        assert probe.memory().resident > 1
        probe.press("x", a_frame)


def test_the_screen_places_text_and_skips_what_is_no_text() -> None:
    screen = Screen(12, 3)
    screen.feed(
        "\x1b[?2026h\x1b[2;3H\x1b[1;38;2;1;2;3mred\x1b[0m 漢x\r\nend\x1b]22;default\x07\x1b[3;"
    )
    screen.feed("9Hfar\x1b[?2026l")
    assert screen.text() == " " * 12 + "\n  red 漢x   \nend     far "
    assert screen.text(9).split("\n")[2] == "far "


def test_contestants_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []

    def turn(name: str) -> list[float]:
        order.append(name)
        return [float(len(order))]

    samples = run_once({"a": lambda: turn("a"), "b": lambda: turn("b")}, rounds=2)
    assert "".join(order) == "abab" + "ba"
    assert samples == {"a": [3.0, 6.0], "b": [4.0, 5.0]}
    assert boil_down([1, 2, 3, 50], "median") == 2.5
    assert boil_down(range(100), "p95") == 95


def test_a_run_that_takes_long_has_fewer_rounds_but_one() -> None:
    samples = run_once({"a": lambda: [1.0]}, rounds=9, until=time.monotonic())
    assert samples == {"a": [1.0]}


def _family(*turns: float) -> Family:
    """Each of whose runs has a contestant that sleeps so long, one after the other."""
    waits = iter(turns)

    def turn() -> list[float]:
        time.sleep(next(waits))
        return [7.0]

    @contextmanager
    def opened(_kit: Kit, _needed: frozenset[str]) -> Iterator[Contestants]:
        yield {"ours": turn}

    return Family("waiting", (Goal("waiting", "a wait", "ours", 9),), opened, rounds=1)


def test_a_family_that_hangs_is_ended_and_keeps_the_runs_that_it_finished(kit: Kit) -> None:
    three = replace(kit, runs=3)
    hanging = _family(0, 0, 60)
    assert measure(hanging, hanging.goals, three, 0.3)[0].ours == (7.0,)
    hanging = _family(60)
    (result,) = measure(hanging, hanging.goals, three, 0.3)
    assert (result.missing, result.ended) == ("did not end within 0 s", False)


def test_what_a_family_came_to_is_kept_before_the_next_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = replace(_family(), name="fails", goals=(Goal("fails", "it fails", "ours", 9),))
    monkeypatch.setattr(main, "FAMILIES", (_family(0, 0), fails))
    monkeypatch.setattr(main, "usual_cache", lambda: tmp_path)
    with pytest.raises(RuntimeError, match="StopIteration"):
        main.main(["--quick"])
    (result,) = kept.kept(tmp_path, _family().goals)
    assert result.ours == (7.0,)


def test_every_row_has_a_key_of_its_own() -> None:
    names = [goal.key for family in FAMILIES for goal in family.goals]
    assert len(names) == len(set(names))


def test_results_are_kept_and_put_between_the_marks_of_the_document(tmp_path: Path) -> None:
    goal = Goal("row", "a row", "ours", 2, "base", "the base")
    kept.keep(tmp_path, [Result(goal, (30.0, 50.0, 40.0), (10.0, 10.0, 10.0))])
    kept.keep(tmp_path, [Result(goal, missing="did not end", ended=False)])
    never = Goal("never", "another", "ours", 2)
    results = list(kept.kept(tmp_path, [goal, never]))
    behind = "missed 2.00 times over | 40.0 / 10.0 ms"
    assert report.markdown(results).splitlines()[2:] == [
        f"| a row | ≤ 2 x the base | 4.00 x (3.00 to 5.00) | {behind} |",
        "| another | ≤ 2 ms | not measured |  | not measured yet |",
    ]
    page = "prose\n<!-- table: made by bench -->\nold\n<!-- end of table -->\nmore prose\n"
    assert report.put(page, "table", "new") == page.replace("old", "new")


def test_the_page_has_the_marks_that_are_filled() -> None:
    page = report.DOCUMENT.read_text("utf-8")
    for name in ("machine", "table", "growth"):
        assert f"the content of {name}" in report.put(page, name, f"the content of {name}")


def test_growth_is_told_as_a_table_and_as_bars(kit: Kit) -> None:
    figures = growth.measure(kit, ["stress", "wide"])
    assert "| first paint, ms |" in growth.table(figures, (30, 31))
    assert growth.plot({"ranking, ms": [2.0, 4.0]}, (50, 100)).splitlines() == [
        "```text",
        "ranking, ms",
        "      50 ████████████████████ 2.00",
        "     100 ████████████████████████████████████████ 4.00",
        "```",
    ]
