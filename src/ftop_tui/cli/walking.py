"""`next` and `note fields`: the twins of the posting walk."""

from collections.abc import Sequence
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.output import say, say_json
from ftop_tui.services import walking
from ftop_tui.services.context import Context
from ftop_tui.services.due_notes import next_due


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Print the next note that is due; one's own only where the setting `me` says who one is."""
    parser = subparser(command)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    due = next_due(context, me=context.settings.me)
    if options.json:
        say_json(
            due
            and {
                "tenant_id": due.tenant_id,
                "name": due.name,
                "kind": due.kind.value,
                "workload": due.tag,
                "reason": due.reason,
            }
        )
    elif due is None:
        say("No note is due.")
    else:
        what = f"{due.kind.word} {due.tag}" if due.tag else due.kind.word
        say(f"{due.name} ({due.tenant_id}): {what}. {due.reason}.")
    return 0


def fields(options: Any, context: Context) -> int:
    """Print the fields of a note as FTOP has them, in FTOP's order."""
    walk = walking.start(context, options.id)
    if options.json:
        draft = walk.note.draft
        say_json(
            {
                "id": draft.id,
                "kind": draft.kind.value,
                "workload": draft.tag,
                "state": walk.note.state.value,
                "fields": [field._asdict() for field in walk.fields],
            }
        )
        return 0
    for number, field in enumerate(walk.fields):
        say(f"{'' if number == 0 else chr(10)}{field.name}:\n{field.text}")
    if not walk.fields:
        say("The note is empty.")
    return 0
