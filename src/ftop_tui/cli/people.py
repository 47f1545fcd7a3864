"""`escalation` and `contact`: the twins of their screens."""

from collections.abc import Sequence

from ftop_tui.cli import contacts, escalations
from ftop_tui.cli.framework import Call, Command


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of the two with one of its verbs."""
    if command.name == "escalation":
        return escalations.carry_out(command, arguments, call)
    return contacts.carry_out(command, arguments, call)
