"""Days as the store holds them: text in the form of ISO 8601.

One that cannot be read, of a newer version or written by hand, hides nothing else: where a day may
be missing it counts as missing (`iso_day`), and where a row must have one it counts as `LONG_AGO`,
so that the row is still shown. `doctor` names them.
"""

from datetime import date

from ftop_tui.playbook.days import iso_day

LONG_AGO = date(1900, 1, 1)
"""Stands for a day that must be there and cannot be read: seen at once to be none."""


def sure_day(stored: object) -> date:
    """A stored day of a column that is never empty; `LONG_AGO` where it cannot be read."""
    return iso_day(stored) or LONG_AGO
