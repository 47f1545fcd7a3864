"""What several commands read of their options alike."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.errors import InputError

if TYPE_CHECKING:
    from ftop_tui.services.context import Context


def read_day(option: str, text: str | None) -> date | None:
    """A day given with an option.

    Raises:
        InputError: it is no date; the option is named.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{option}: {text!r} is no date; write it as YYYY-MM-DD") from error


def demand_change(given: Mapping[str, object], such_as: str) -> None:
    """Refuse a change of nothing.

    Raises:
        InputError: no option says what to change; one is named.
    """
    if all(value is None for value in given.values()):
        raise InputError(f"say what to change, such as {such_as}")


def check_me(context: "Context", *, mine: bool) -> None:
    """Refuse `--mine` of nobody.

    Raises:
        InputError: who the user is, is not set; the way to say it is named.
    """
    if mine and not context.settings.me:
        raise InputError(
            '--mine: who you are is not set; `ftop-tui config set me "Your Name"` says it, '
            "or FTOP_TUI_ME"
        )
