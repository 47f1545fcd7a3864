"""Where things are and what the user prefers: one TOML file, each setting also by environment.

Nothing here is read at import; `bootstrap` asks once, with the environment handed in.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ftop_tui.errors import InputError
from ftop_tui.text import clean_line, fold

APP = "ftop-tui"
CONFIG_FILE = "config.toml"
PACK_FILE = "pack.toml"


@dataclass(frozen=True, slots=True)
class Paths:
    """The places in use."""

    data_dir: Path
    """The store, its backups and the log."""
    config_dir: Path
    """The settings and the user's own pack."""

    @property
    def config(self) -> Path:
        """The settings file."""
        return self.config_dir / CONFIG_FILE

    @property
    def pack(self) -> Path:
        """The user's own file that overrides parts of the playbook."""
        return self.config_dir / PACK_FILE


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user prefers."""

    me: tuple[str, ...] = ()
    """How the user is written as FM or FTA in the portfolio, in one spelling or several."""
    theme: str = ""
    """The name of the app's theme; empty takes the default."""

    def is_me(self, *people: str | None) -> bool:
        """Whether one of these names is the user's."""
        mine = {fold(name) for name in self.me}
        return any(fold(person) in mine for person in people if person)


_NAMES = ("me", "theme")


def find_paths(environment: Mapping[str, str], data_dir: str | None = None) -> Paths:
    """The places in use: by option, by environment, else where the platform keeps such things.

    A user without a home, as in a container, keeps the settings beside the store.

    Raises:
        InputError: nothing says where the store is to be, and there is no home to keep it in.
    """
    data = _place(data_dir or environment.get("FTOP_TUI_DATA_DIR"), "user_data_dir")
    if data is None:
        raise InputError("there is no home folder; say with --data-dir where the store is to be")
    config = _place(environment.get("FTOP_TUI_CONFIG_DIR"), "user_config_dir")
    return Paths(data, config or data)


def _place(given: str | None, usual: str) -> Path | None:
    """The folder given, else the usual one of that name; None where it asks for a missing home."""
    try:
        if given:
            return Path(given).expanduser()
        # Deferred for start-up speed: not needed when both places are given.
        from platformdirs import PlatformDirs  # noqa: PLC0415

        return Path(getattr(PlatformDirs(APP, appauthor=False), usual)).expanduser()
    except RuntimeError:
        return None


def load_settings(paths: Paths, environment: Mapping[str, str]) -> Settings:
    """The settings in force; the environment goes before the file.

    Raises:
        InputError: the file is no TOML, or holds a key or a value that is none; both are named.
    """
    values: dict[str, Any] = {}
    try:
        if paths.config.exists():
            values = tomllib.loads(paths.config.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{paths.config}: {error}") from error
    for name in values:
        if name not in _NAMES:
            known = ", ".join(_NAMES)
            raise InputError(f"{paths.config}: unknown setting {name!r}; there are: {known}")
    for name in _NAMES:
        given = environment.get(f"FTOP_TUI_{name.upper()}")
        if given is not None:
            values[name] = given
    return Settings(me=_people(values.get("me", ()), paths), theme=_text(values, "theme", paths))


def _people(value: object, paths: Paths) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(n, str) for n in names):
        raise InputError(f"{paths.config}: me: write a name, or a list of names")
    return tuple(clean_line(name) for name in names if name.strip())


def _text(values: Mapping[str, Any], name: str, paths: Paths) -> str:
    value = values.get(name, "")
    if not isinstance(value, str):
        raise InputError(f"{paths.config}: {name}: write a text in quotes")
    return value
