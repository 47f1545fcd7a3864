"""Where things are and what the user prefers: one TOML file, each setting also by environment.

Nothing here is read at import; `bootstrap` asks once, with the environment handed in. `SETTINGS` is
the one list of what can be set: reading, checking, the commented file and the docs come from it.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ftop_tui.errors import InputError
from ftop_tui.text import clean_line, fold

APP = "ftop-tui"
CONFIG_FILE = "config.toml"
PACK_FILE = "pack.toml"
ENVIRONMENT = "environment"
FILE = "file"
DEFAULT = "default"


class Paths(NamedTuple):
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
    mine: bool = True
    """Whether lists start with one's own customers, where `me` is set."""
    theme: str = ""
    """The name of the app's theme; empty takes the default."""
    panel: bool = True
    """Whether the panel stands beside the list of tenants."""
    week_days: int = 7
    """How many days ahead This week looks at first."""
    clipboard: str = "auto"
    """Where copied text goes: `auto`, `native`, or `osc52`."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys for actions, by the action's name."""
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Where each value is from: environment, file or default."""

    def is_me(self, *people: str | None) -> bool:
        """Whether one of these names is the user's."""
        mine = {fold(name) for name in self.me}
        return any(fold(person) in mine for person in people if person)

    @property
    def starts_mine(self) -> bool:
        """Whether lists start with one's own customers."""
        return bool(self.me) and self.mine


class Mistake(NamedTuple):
    """Something that cannot be used: where it stands, the key as written, and what is wrong."""

    place: str
    """The file, or the environment variable."""
    key: str
    says: str
    line: int | None = None

    @property
    def told(self) -> str:
        """The mistake in one line."""
        where = f"{self.place}, line {self.line}" if self.line else self.place
        return ": ".join(part for part in (where, self.key, self.says) if part)


class Setting(NamedTuple):
    """One thing that can be set. `read` gives the value, or raises ValueError with what is wrong.

    From the environment it comes as text, from the file as TOML has it.
    """

    name: str
    about: str
    read: Callable[[object], Any]
    example: str
    """A line of TOML, as it stands in the commented file."""
    default: str
    """What holds where nothing is set, in words."""

    @property
    def variable(self) -> str:
        """The environment variable that goes before the file."""
        return f"FTOP_TUI_{self.name.upper()}"


def _people(value: object) -> tuple[str, ...]:
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise ValueError("write a name, or a list of names")
    return tuple(clean_line(name) for name in names if name.strip())


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("write a text in quotes")
    return clean_line(value)


_YES_NO = {
    "true": True, "yes": True, "on": True, "1": True,
    "false": False, "no": False, "off": False, "0": False,
}  # fmt: skip


def _yes_no(value: object) -> bool:
    found = value if isinstance(value, bool) else _YES_NO.get(str(value).strip().lower())
    if found is None or not isinstance(value, bool | str):
        raise ValueError("write true or false")
    return found


_MOST_DAYS = 366


def _days(value: object) -> int:
    text = value.strip() if isinstance(value, str) else str(value)
    whole = isinstance(value, int | str) and not isinstance(value, bool) and text.isdecimal()
    if not whole or not text.isascii() or len(text) > 6 or not 1 <= int(text) <= _MOST_DAYS:
        raise ValueError(f"write a number of days, 1 to {_MOST_DAYS}")
    return int(text)


CLIPBOARDS = ("auto", "native", "osc52")


def _clipboard(value: object) -> str:
    if value not in CLIPBOARDS:
        raise ValueError(f"write one of {', '.join(CLIPBOARDS)}")
    return str(value)


def _keys(value: object) -> dict[str, str]:
    if isinstance(value, str):
        pairs = [pair.partition("=") for pair in value.split(";") if pair.strip()]
        if not all(mark for _, mark, _ in pairs):
            raise ValueError("write name=key, several with ; between them")
        return {name.strip(): keys.strip() for name, _, keys in pairs}
    if not isinstance(value, Mapping):
        raise ValueError("write a table of names and keys")
    return dict(_flat(value))


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """Names and keys; `home.copy = "y"` without quotes is a table in a table to TOML."""
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{before}{name}.")
        elif isinstance(value, str):
            found.append((f"{before}{name}", value))
        else:
            raise ValueError(f"{before}{name}: write a key in quotes")
    return found


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "me", "How you are written as FM or FTA in the portfolio, in one spelling or several.",
        _people, 'me = ["Ada Byron"]', "nobody",
    ),
    Setting(
        "mine", "Start lists with your own customers; o changes it. Needs `me`.",
        _yes_no, "mine = true", "true",
    ),
    Setting(
        "theme", "The colours: ftop-dark, ftop-light, or any theme of Textual.",
        _text, 'theme = "ftop-dark"', "ftop-dark",
    ),
    Setting(
        "panel", "Show the panel beside the list; p changes it.",
        _yes_no, "panel = true", "true",
    ),
    Setting(
        "week_days", "How many days ahead This week looks, 1 to 366; + and - change it.",
        _days, "week_days = 7", "7",
    ),
    Setting(
        "clipboard",
        "Where copied text goes: auto tries the computer's clipboard first, then the terminal over"
        " SSH; native is the computer's only; osc52 asks the terminal always.",
        _clipboard, 'clipboard = "auto"', "auto",
    ),
    Setting(
        "keys",
        "Other keys for actions, by name; docs/keys.md lists the names. Several keys with commas."
        " In the environment: name=key;name=key.",
        _keys, '[keys]\n"home.copy" = "z"', "as docs/keys.md lists them",
    ),
)  # fmt: skip
"""Everything that can be set, in the order of the commented file; tables come last in TOML."""

NAMES = tuple(setting.name for setting in SETTINGS)


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
        InputError: the file is no TOML, or holds a key or a value that is none; the message names
            file, line and key of the first mistake, `details` holds all of them.
    """
    settings, mistakes = read_settings(paths, environment)
    if mistakes:
        told = [mistake.told for mistake in mistakes]
        raise InputError(told[0], details=told if len(told) > 1 else ())
    return settings


def read_settings(paths: Paths, environment: Mapping[str, str]) -> tuple[Settings, list[Mistake]]:
    """What can be read of the settings, and all that cannot."""
    place = str(paths.config)
    try:
        text = paths.config.read_text("utf-8") if paths.config.exists() else ""
        written = tomllib.loads(text)
    except (OSError, ValueError) as error:
        return Settings(), [unreadable(place, error)]
    known = f"unknown setting; there are: {', '.join(NAMES)}"
    mistakes = [
        Mistake(place, clean_line(name), known, line_of(text, (name,)))
        for name in written
        if name not in NAMES
    ]
    values: dict[str, Any] = {}
    origins = dict.fromkeys(NAMES, DEFAULT)
    for setting in SETTINGS:
        name, from_environment = setting.name, setting.variable in environment
        if not from_environment and name not in written:
            continue
        try:
            given = environment[setting.variable] if from_environment else written[name]
            values[name] = setting.read(given)
            origins[name] = ENVIRONMENT if from_environment else FILE
        except ValueError as error:
            mistakes.append(
                Mistake(setting.variable, "", str(error))
                if from_environment
                else Mistake(place, name, str(error), line_of(text, (name,)))
            )
    return Settings(**values, origins=origins), mistakes


def unreadable(place: str, error: Exception) -> Mistake:
    """The mistake of a file that is no text or no TOML."""
    line = re.search(r" \(at line (\d+), column \d+\)", str(error))
    says = str(error).replace(line[0], "") if line else str(error)
    return Mistake(place, "", says, int(line[1]) if line else None)


_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_\-]+|\s*\.\s*)+?)\s*=\s*(.*)""")
_PART = re.compile(r'"([^"]*)"|\'([^\']*)\'|([A-Za-z0-9_\-]+)')


def line_of(text: str, key: tuple[str, ...]) -> int | None:
    """The line of a TOML file in which a key stands, counted from 1; None where none is found.

    A key is the names of its tables and its own; an entry of a list of tables is named by any of
    the values that it holds, as `("workload", "EXO", "name")` is. Where the key itself is not
    there, as one that is missing, the line of what should hold it.
    """
    best, found = 0, None
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header, entry = _HEADER.match(line), _KEY.match(line)
        if header:
            table = place = _parts(header[1])
        elif entry:
            place = (*table, *_parts(entry[1]))
            named = entry[2].strip().strip("\"'")
            if len(key) > len(table) and key[: len(table)] == table and named == key[len(table)]:
                table = (*table, named)  # the entry of a list, by its tag
                place = table
        else:
            continue
        # The dotted name of an action, `home.copy`, may be written as one part or as two.
        same = ".".join(key).startswith(".".join(place)) if place else False
        depth = len(".".join(place)) if same and _whole(key, place) else 0
        if depth > best:
            best, found = depth, number
    return found


def _whole(key: tuple[str, ...], place: tuple[str, ...]) -> bool:
    asked, held = ".".join(key), ".".join(place)
    return asked == held or asked.startswith(f"{held}.")


def _parts(written: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PART.findall(written))
