"""`lint`: findings and grade of entitlement notes, one or a file of them."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.lint_report import JudgedNote, report
from ftop_tui.cli.output import say, say_json
from ftop_tui.errors import InputError
from ftop_tui.exchange.atomic import write_file
from ftop_tui.playbook.lint import Judgement
from ftop_tui.playbook.values import EntitlementStatus, Finding, Severity
from ftop_tui.services.context import Context
from ftop_tui.services.judging import judge_text


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run `lint`: exit status 1 where an error was found."""
    parser = subparser(command)
    parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="a text; - is stdin")
    parser.add_argument("--workload", metavar="TAG", help="the workload that the note is on")
    parser.add_argument("--status", metavar="STATUS", help=f"one of {', '.join(EntitlementStatus)}")
    parser.add_argument(
        "--jsonl", action="store_true", help='FILE holds {"workload", "status", "text"} a line'
    )
    parser.add_argument(
        "--report", metavar="OUT.md", help="with --jsonl: write the findings as a Markdown page"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    if options.jsonl:
        return _many(context, options.file, options.report)
    if options.report is not None:
        raise InputError("--report goes with --jsonl: it is a page on many notes")
    if not options.workload or not options.status:
        raise InputError("lint needs --workload and --status: a note is judged by both")
    text = read_text(options.file)
    tag, status = _tag(context, options.workload), _status(options.status)
    judgement = judge_text(context, text, tag=tag, status=status)
    if options.json:
        say_json(_document(judgement))
    else:
        _say(judgement, text)
    return _exit_status([judgement])


def _many(context: Context, name: str, report_to: str | None) -> int:
    judged = []
    # JSON may hold every other end of line as a letter of a text.
    for number, line in enumerate(read_text(name).split("\n"), start=1):
        if line.strip():
            try:
                judged.append(_judge_line(context, line))
            except InputError as error:
                raise InputError(f"{name}, line {number}: {error.message}") from error
    judgements = [note.judgement for note in judged]
    if report_to is not None:
        write_file(Path(report_to), report(judged).encode())
    say_json([_document(judgement) for judgement in judgements])
    return _exit_status(judgements)


def _judge_line(context: Context, line: str) -> JudgedNote:
    try:
        note = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"no JSON: {error.msg} at character {error.pos + 1}") from error
    if not isinstance(note, Mapping):
        raise InputError("no JSON object")
    for field in ("workload", "status", "text"):
        if not isinstance(note.get(field), str):
            raise InputError(f"{field!r} is missing or no text")
    tag, status, text = _tag(context, note["workload"]), _status(note["status"]), note["text"]
    return JudgedNote(tag, status, text, judge_text(context, text, tag=tag, status=status))


def read_text(name: str) -> str:
    """A text from a file or from stdin, as it is: no line end is changed.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not UTF-8 text (byte {error.start + 1})") from error
    except (OSError, ValueError) as error:  # of a NUL in the name it is a ValueError
        said = getattr(error, "strerror", None) or error
        raise InputError(f"{name}: cannot be read: {said}") from error


def _tag(context: Context, name: str) -> str:
    tag = context.pack.tag_of(name)
    if tag is None:
        raise InputError(f"{name!r} is no workload; there are: {', '.join(context.pack.by_tag)}")
    return tag


def _status(text: str) -> EntitlementStatus:
    status = EntitlementStatus.read(text)
    if status is None:
        raise InputError(f"{text!r} is no status; there are: {', '.join(EntitlementStatus)}")
    return status


def _document(judgement: Judgement) -> dict[str, Any]:
    return {
        "grade": judgement.grade.value,
        "findings": [finding_document(finding) for finding in judgement.findings],
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """A finding as JSON has it; docs/json.md says what each name holds."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def _say(judgement: Judgement, text: str) -> None:
    say(f"grade: {judgement.grade.value}")
    for finding in judgement.findings:
        say(f"{finding.severity.value:<5} {finding.rule}  {finding.message}")
        if 0 < finding.end - finding.start < len(text.strip()):
            say(f"             “{text[finding.start : finding.end]}”")
        if finding.suggestion is not None:
            say(f"             write: “{finding.suggestion}”")


def _exit_status(judgements: Sequence[Judgement]) -> int:
    found = (f.severity for judgement in judgements for f in judgement.findings)
    return int(Severity.ERROR in set(found))
