"""Settings: what is read, what is told of mistakes, and what is written without losing a word."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from ftop_tui.errors import InputError
from ftop_tui.exchange.pack_file import shipped
from ftop_tui.services.configuring import (
    check_keys,
    commented,
    init,
    keep,
    key_name,
    mistakes,
    set_value,
)
from ftop_tui.settings import SETTINGS, Paths, Settings, line_of, load_settings
from house import make_house


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "config")


def write(paths: Paths, text: str, name: str = "config.toml") -> None:
    paths.config_dir.mkdir(exist_ok=True)
    (paths.config_dir / name).write_text(text, "utf-8")


def told(paths: Paths, **environment: str) -> list[tuple[int | None, str]]:
    return [(mistake.line, mistake.key) for mistake in mistakes(paths, environment)]


def test_every_setting_comes_from_the_file_and_the_environment_goes_before_it(
    paths: Paths,
) -> None:
    write(paths, 'me = ["Ada", "A. Byron"]\npanel = false\nweek_days = 30\n[keys]\nhome.copy = "z"')
    found = load_settings(paths, {"FTOP_TUI_WEEK_DAYS": "14", "FTOP_TUI_MINE": "no"})
    assert found == Settings(
        me=("Ada", "A. Byron"), mine=False, panel=False, week_days=14, keys={"home.copy": "z"}
    )
    assert found.origins["panel"] == "file"
    assert found.origins["week_days"] == "environment"
    assert found.origins["theme"] == "default"


def test_each_setting_can_be_given_by_the_environment(paths: Paths) -> None:
    given_values = {
        "me": "Ada; A. Byron", "mine": "off", "theme": "ftop-light", "panel": "0",
        "week_days": "14", "clipboard": "osc52", "keys": "home.copy=z;list.up=up,w",
    }  # fmt: skip
    assert set(given_values) == {setting.name for setting in SETTINGS}
    found = load_settings(paths, {f"FTOP_TUI_{k.upper()}": v for k, v in given_values.items()})
    assert found.me == ("Ada", "A. Byron")
    assert (found.mine, found.panel, found.week_days) == (False, False, 14)
    assert found.keys == {"home.copy": "z", "list.up": "up,w"}
    assert set(found.origins.values()) == {"environment"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("thme = 'x'", (1, "thme")),
        ("me = 'Ada'\n\nweek_days = 0", (3, "week_days")),
        ("week_days = true", (1, "week_days")),
        ("week_days = 2.0", (1, "week_days")),
        ("panel = 'maybe'", (1, "panel")),
        ("panel = 1", (1, "panel")),
        ("me = 3", (1, "me")),
        ("theme = []", (1, "theme")),
        ("theme = 'ftop-drak'", (1, "theme")),
        ("clipboard = 'x11'", (1, "clipboard")),
        ("keys = 3", (1, "keys")),
        ("[keys]\n'home.copi' = 'y'", (2, "keys.home.copi")),
        ("[keys]\n\nhome.copy = 'e'", (3, "keys.home.copy")),
        ("[keys]\n'app.quit' = 'q'", (2, "keys.app.quit")),
        ("[keys]\n'home.copy' = 'not a key'", (2, "keys.home.copy")),
        ("[keys]\n'home.copy' = ''", (2, "keys.home.copy")),
        ("me = 'Ada'\ntheme = \n", (2, "")),
    ],
)
def test_a_mistake_is_told_by_its_line_and_key(
    paths: Paths, text: str, where: tuple[int, str]
) -> None:
    write(paths, text)
    assert told(paths) == [where]


def test_all_mistakes_of_all_places_are_told(paths: Paths) -> None:
    write(paths, "thme = 'x'\nmine = 'x'")
    write(paths, "[cadence.enterprise_red]\ndue = 'x'\n", "pack.toml")
    found = told(paths, FTOP_TUI_PANEL="?")
    assert found[:3] == [(1, "thme"), (2, "mine"), (None, "")]
    assert len(found) == 4
    assert found[3][0] == 1
    write(paths, "[workload\n", "pack.toml")
    assert told(paths)[-1] == (1, "")


def test_the_app_does_not_start_on_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"did you mean home\.copy"):
        make_house(tmp_path, FTOP_TUI_KEYS="home.coppy=y")
    assert make_house(tmp_path, FTOP_TUI_KEYS="home.copy=z").settings.keys == {"home.copy": "z"}


def test_two_actions_may_swap_their_keys_and_two_screens_share_one() -> None:
    assert list(check_keys({"home.copy": "e", "home.entitlement": "c"})) == []
    assert list(check_keys({"home.copy": "z", "week.plan": "Z"})) == []
    (clash,) = check_keys({"home.copy": "z", "home.import": "z"})
    assert clash[0] in {"home.copy", "home.import"}
    assert "z is also the key of home." in clash[1]
    (clash,) = check_keys({"home.copy": "/"})
    assert clash == ("home.copy", "slash is also the key of home.filter (Home)")


def test_the_shipped_keys_can_all_be_named_as_they_are() -> None:
    """Moving every action to the key that it has is no mistake, but for letters while typing."""
    for place in shipped("keys")["place"].values():
        assert [name for name, what in check_keys(dict(place)) if "also the key" in what] == []


@given(st.characters(min_codepoint=33, max_codepoint=126))
def test_a_key_has_the_name_that_textual_gives_it(character: str) -> None:
    assert key_name(character) == _character_to_key(character)


def test_the_commented_file_sets_nothing_and_holds_every_setting(paths: Paths) -> None:
    assert init(paths)
    assert not init(paths)
    assert load_settings(paths, {}) == Settings()
    bare = "\n".join(
        line[1:] for line in commented().splitlines() if line[:1] == "#" and line[1:2] != " "
    )
    assert set(tomllib.loads(bare)) == {setting.name for setting in SETTINGS}
    write(paths, bare)
    assert told(paths) == []


def test_what_is_set_takes_the_place_of_its_example_and_comments_stay(paths: Paths) -> None:
    init(paths)
    before = [line for line in paths.config.read_text("utf-8").splitlines() if line[:2] == "# "]
    for name, value in (
        ("keys.home.copy", "z"), ("theme", "ftop-light"), ("me", "Ada;Bo"), ("panel", "off"),
        ("week_days", "14"), ("mine", "false"), ("clipboard", "native"), ("keys.list.up", "f4"),
    ):  # fmt: skip
        set_value(paths, name, value)
    text = paths.config.read_text("utf-8")
    assert [line for line in text.splitlines() if line[:2] == "# "] == before
    assert load_settings(paths, {}) == Settings(
        ("Ada", "Bo"), False, "ftop-light", False, 14, "native",
        {"home.copy": "z", "list.up": "f4"},
    )  # fmt: skip


def test_a_users_own_comments_and_spelling_stay(paths: Paths) -> None:
    write(paths, "# mine\ntheme   =  'a' # why\n\n[keys] # here\nhome.copy = 'z'\n")
    keep(paths, "theme", "b")
    keep(paths, "panel", value=False)
    set_value(paths, "keys.home.copy", "Y")
    text = paths.config.read_text("utf-8")
    for said in ("# mine", "# why", "# here"):
        assert said in text
    found = load_settings(paths, {})
    assert (found.theme, found.panel, found.keys) == ("b", False, {"home.copy": "Y"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("thme", "x"), ("keys", "z"), ("theme.x", "y"), ("keys.home.copy", "e"), ("week_days", "x"),
     ("keys.home.copi", "z")],
)  # fmt: skip
def test_what_cannot_be_set_is_refused_and_the_file_stays(
    paths: Paths, name: str, value: str
) -> None:
    write(paths, "# mine\n")
    with pytest.raises(InputError):
        set_value(paths, name, value)
    assert paths.config.read_text("utf-8") == "# mine\n"


def test_a_damaged_file_is_not_written_over(paths: Paths) -> None:
    write(paths, "theme = \n")
    with pytest.raises(InputError, match="line 1"):
        keep(paths, "theme", "b")
    assert paths.config.read_text("utf-8") == "theme = \n"


def test_the_line_of_a_key_is_found_in_tables_and_lists_of_tables() -> None:
    text = '[a.b]\nc = 1\n[[workload]]\ntag = "EXO"\nname = 3\n[[workload]]\ntag = "SPO"\nname = 4'
    assert line_of(text, ("a", "b", "c")) == 2
    assert line_of(text, ("workload", "EXO", "name")) == 5
    assert line_of(text, ("workload", "SPO", "name")) == 8
    assert line_of(text, ("workload", "SPO", "gone")) == 7
    assert line_of(text, ("elsewhere",)) is None
