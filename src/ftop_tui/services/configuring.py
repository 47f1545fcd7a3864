"""The settings as they are checked and written: comments that a user made stay where they are."""

import difflib
import os
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ftop_tui.errors import InputError, PackError
from ftop_tui.exchange.atomic import write_file
from ftop_tui.exchange.pack_file import load_pack, shipped
from ftop_tui.files import make_folder
from ftop_tui.settings import (
    ENVIRONMENT,
    SETTINGS,
    Mistake,
    Paths,
    Setting,
    Settings,
    line_of,
    read_settings,
    unreadable,
)
from ftop_tui.text import clean_line

HEAD = """\
# The settings of ftop-tui. A line that starts with # says what there is; take the # away to set it.
# Each can also be given by the environment, which goes before this file.
# `ftop-tui config check` looks this file over; `ftop-tui locate` says what is in force.
"""

OWN_THEMES = "ftop-"
"""What our own themes' names begin with; it may be left out."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}
_KEY = re.compile(r"(?:(?:ctrl|shift|alt|super)\+)*(?:\S|[a-z][a-z0-9_]*)")
_KEY_NAMES = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at",
    "hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key by its long name, as `?` is `question_mark`; letters, digits and names stay."""
    key = key.strip()
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return _KEY_NAMES.get(name, name)


def check_keys(keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a user's own keys: the action's name, and why.

    A name that no action has; a key that is none; a letter for what also works while text is
    typed; a key that another action has on the same screen.
    """
    if not keys:
        return
    known = shipped("keys")
    names = {name for place in known["place"].values() for name in place}
    wrong: set[str] = set()
    for name, given in keys.items():
        for what in _unusable(name, given, names, known["while_typing"]):
            wrong.add(name)
            yield name, what
    for place, defaults in known["place"].items():
        for name, what in _clashes(place, defaults, keys):
            if name not in wrong:
                wrong.add(name)
                yield name, what


def _unusable(
    name: str, given: str, names: Collection[str], while_typing: Collection[str]
) -> Iterator[str]:
    if name not in names:
        close = difflib.get_close_matches(name, names, 1)
        yield "no action has this name" + (f"; did you mean {close[0]}?" if close else "")
        return
    if not given.strip():
        yield "write a key"
        return
    for key in map(str.strip, given.split(",")):
        if not _KEY.fullmatch(key):
            yield f"{key!r} is no key; write a letter, f5, ctrl+k, up, space ..."
        elif name in while_typing and (len(key) == 1 or "_" in key or key == "space"):
            yield f"{key!r} would act while you type; use f1 to f12, or ctrl+ and a letter"


def _clashes(
    place: str, defaults: Mapping[str, str], keys: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Two actions of one place on one key, where the user has moved at least one of them."""
    owners: dict[str, list[str]] = {}
    for name, usual in defaults.items():
        for key in (keys.get(name) or usual).split(","):
            owners.setdefault(key_name(key), []).append(name)
    for key, names in owners.items():
        moved = [name for name in names if name in keys]
        others = [name for name in names if moved and name != moved[0]]
        if others and _moved_onto(key, moved, defaults):
            yield moved[0], f"{key} is also the key of {others[0]} ({place})"


def _moved_onto(key: str, moved: Iterable[str], defaults: Mapping[str, str]) -> bool:
    """Whether one of the moved actions came to this key, and did not have it before."""
    return any(key not in {key_name(k) for k in defaults[name].split(",")} for name in moved)


def theme_problem(name: str) -> str | None:
    """What is wrong with a theme's name, or None; ours may be written short, as `light`."""
    known = shipped("keys")["themes"]
    if not name or name in known or f"{OWN_THEMES}{name}" in known:
        return None
    close = difflib.get_close_matches(name, known, 1)
    meant = f"did you mean {close[0]}?" if close else "ftop-dark and ftop-light are, and Textual's"
    return f"{clean_line(name)!r} is no theme; {meant}"


def _theme_mistakes(settings: Settings, paths: Paths) -> Iterator[Mistake]:
    if problem := theme_problem(settings.theme):
        if settings.origins.get("theme") == ENVIRONMENT:
            yield Mistake("FTOP_TUI_THEME", "", problem)
        else:
            line = line_of(_text_of(paths.config), ("theme",))
            yield Mistake(str(paths.config), "theme", problem, line)


def checked(settings: Settings, paths: Paths) -> Settings:
    """The settings, with the user's own keys looked over.

    Raises:
        InputError: a key cannot be used; the message names the file and the line.
    """
    mistakes = list(_key_mistakes(settings, paths)) if settings.keys else []
    if mistakes:
        told = [mistake.told for mistake in mistakes]
        raise InputError(told[0], details=told if len(told) > 1 else ())
    return settings


def _key_mistakes(settings: Settings, paths: Paths) -> Iterator[Mistake]:
    from_environment = settings.origins.get("keys") == ENVIRONMENT
    place = "FTOP_TUI_KEYS" if from_environment else str(paths.config)
    for name, what in check_keys(settings.keys):
        line = None if from_environment else line_of(_text_of(paths.config), ("keys", name))
        yield Mistake(place, f"keys.{clean_line(name)}", what, line)


def _text_of(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def mistakes(paths: Paths, environment: Mapping[str, str] = os.environ) -> list[Mistake]:
    """Everything that is wrong with the settings and with the user's own pack, file by file."""
    settings, found = read_settings(paths, environment)
    found += _theme_mistakes(settings, paths)
    found += _key_mistakes(settings, paths)
    try:
        load_pack(paths.pack)
    except PackError as error:
        found += map(partial(_of_pack, paths.pack), error.details or (error.message,))
    return found


def _of_pack(path: Path, told: str) -> Mistake:
    """A mistake of the pack, from the line that tells it: file, key, what."""
    said = told.removeprefix(f"{path}: ")
    key, mark, what = said.partition(": ")
    if not mark or " " in key:
        return unreadable(str(path), ValueError(said))
    return Mistake(str(path), key, what, line_of(_text_of(path), tuple(key.split("."))))


def commented() -> str:
    """The settings file with every setting in it, each as a comment."""
    parts = [HEAD]
    for setting in SETTINGS:
        lines = [f"# {line}" for line in _wrapped(setting.about)]
        lines.append(f"# By environment: {setting.variable}. Without it: {setting.default}.")
        lines += [f"#{line}" for line in setting.example.splitlines()]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _wrapped(text: str, width: int = 96) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def init(paths: Paths) -> bool:
    """Write the commented file where there is none; whether it was written.

    Raises:
        InputError: it cannot be written.
    """
    if paths.config.exists():
        return False
    _write(paths, commented())
    return True


def _write(paths: Paths, text: str) -> None:
    try:
        make_folder(paths.config_dir)
    except OSError as error:
        raise InputError(f"{paths.config_dir}: {error.strerror or error}") from error
    write_file(paths.config, text.encode())


def find(name: str) -> tuple[Setting, str]:
    """A setting by its name, and the action where the name is one of `keys.`, else nothing.

    Raises:
        InputError: there is no such setting.
    """
    table, _, action = name.partition(".")
    setting = _BY_NAME.get(table)
    if setting is None or bool(action) != (table == "keys"):
        names = [f"{s.name}.NAME" if s.name == "keys" else s.name for s in SETTINGS]
        raise InputError(f"{clean_line(name)!r} is no setting; there are: {', '.join(names)}")
    return setting, action


def set_value(paths: Paths, name: str, value: str) -> Any:
    """Set one setting in the file, as text is written in the environment; all else there stays.

    `keys.home.copy` sets the key of one action. What is set is returned.

    Raises:
        InputError: no such setting, no such value, or the file cannot be read or written.
    """
    setting, action = find(name)
    try:
        read = setting.read(f"{action}={value}" if action else value)
    except ValueError as error:
        raise InputError(f"{name}: {error}") from error
    if name == "theme" and (problem := theme_problem(read)):
        raise InputError(problem)
    if action:
        settings, _ = read_settings(paths, {})
        for wrong, what in check_keys({**settings.keys, **read}):
            if wrong == action:
                raise InputError(f"{name}: {what}")
    keep(paths, setting.name, read)
    return read


def keep(paths: Paths, name: str, value: Any) -> None:
    """Write one value into the settings file; comments, order and all else stay as they are.

    Raises:
        InputError: the file is no TOML, or cannot be read or written.
    """
    # Deferred: needed where a setting is written, and nowhere else.
    import tomlkit  # noqa: PLC0415
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        text = _text_of(paths.config) or commented()
        document = tomlkit.parse(_uncommented(text, name))
    except (OSError, ValueError, TOMLKitError) as error:
        raise InputError(unreadable(str(paths.config), error).told) from error
    if isinstance(value, Mapping):
        table = document.setdefault(name, tomlkit.table())
        for key, given in value.items():
            _take_out(table, key)
            table[key] = given
    else:
        document[name] = list(value) if isinstance(value, tuple) else value
    _write(paths, tomlkit.dumps(document))


def _uncommented(text: str, name: str) -> str:
    """The file with the example of a setting as a line of its own, for its value to stand there."""
    if name in tomllib.loads(text):
        return text
    example = "\n".join(f"#{line}" for line in _BY_NAME[name].example.splitlines())
    line = f"[{name}]" if name == "keys" else f"{name} = 0"
    return text.replace(f"{example}\n", f"{line}\n", 1)


def _take_out(table: Any, key: str) -> None:
    """Take a name that was written without quotes, as a table in a table, out."""
    first, mark, rest = key.partition(".")
    inner = table.get(first)
    if mark and isinstance(inner, Mapping):
        _take_out(inner, rest)
        inner_table: Any = inner
        inner_table.pop(rest, None)
        if not inner:
            del table[first]
