"""The checks of a note's fields against the record: one function a rule, and their table.

Nothing here blocks posting; what does stands in `playbook.posting`.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ftop_tui.playbook.clocks import next_update_limit
from ftop_tui.playbook.days import day_of
from ftop_tui.playbook.lint.record import FieldFinding, Place, RecordContext
from ftop_tui.playbook.next_colour import colour_above
from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
)
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.roles import accountable_role, is_ranked
from ftop_tui.playbook.values import Finding, NoteKind, Role, Severity
from ftop_tui.text import fold

Found = Iterator[FieldFinding]
_INFO, _WARN = Severity.INFO, Severity.WARN
_SUMMARY_TEXTS = ("customer", "relationship")


def _at(field: str, rule: str, severity: Severity, message: str, text: str = "") -> FieldFinding:
    """A finding on the whole of a field."""
    return FieldFinding(field, Finding(rule, severity, 0, len(text), message))


def text_of(body: NoteBody, field: str) -> str:
    """The text of a field that a finding's offsets count in; several entries stand a line each.

    Empty for a field that holds no text, such as a date.
    """
    if isinstance(body, ExecSummaryBody) and field.upper() in body.workloads:
        return body.workloads[field.upper()]
    value = getattr(body, field, "")
    if isinstance(value, tuple):
        return "\n".join(value)
    return value if type(value) is str else ""


def accountable(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-01: the other of FM and FTA is accountable for the Enterprise Status."""
    role = accountable_role(record.s_rank, pack)
    if role is not None and body.author_role in {Role.FM, Role.FTA} - {role}:
        text = f"The {role.word} is accountable at rank {record.s_rank}."
        yield _at("author_role", "ES-01", _INFO, text)


def on_winner(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-02: the winner may have changed since the draft was begun."""
    if not record.is_winner:
        text = f"The Enterprise note lives on the winner tenant, which is {record.winner}."
        yield _at("status", "ES-02", _WARN, text)


def preconditions(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-05: who is not assigned, or without the flag, cannot edit the fields in FTOP."""
    levels = pack.enterprise.levels
    if record.level not in levels:
        now = "not set" if record.level is None else f"Level {record.level}"
        meant = " or ".join(f"Level {level}" for level in levels)
        text = (
            f"The Enterprise flag is {now}: set 'Is Enterprise' to {meant} on the flags tab in "
            "FTOP, or the fields cannot be edited there."
        )
        yield _at("status", "ES-05", _WARN, text)
    if record.assigned is False:
        text = "You are not assigned to the tenant: have yourself assigned in FTOP."
        yield _at("status", "ES-05", _WARN, text)


def ranked_reason(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-06: 'Major Brand' stays among the reasons of a customer of the S1500."""
    reason = pack.enterprise.ranked_reason
    if is_ranked(record.s_rank, pack) and fold(reason) not in map(fold, body.reason):
        text = f"'{reason}' is the reason for customers of the S1500: add it again."
        yield _at("reason", "ES-06", _WARN, text)


def dated_actions(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-11: a core workload's next action has a due date, unless it is not in scope."""
    signs = record.checks.signs
    for tag in pack.enterprise.core_workloads:
        field = f"ftc_{tag.lower()}"
        row = getattr(body, field, "")
        if signs.out_of_scope.search(row) or signs.date.search(row):
            continue
        if record.checks.has_next_action(row):
            yield _at(field, "ES-11", _WARN, f"{tag}: give the next action a due date.", row)


def named_risks(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-12: open escalations and blocked workloads are named in Risks."""
    for _, message in _unnamed(body, record, pack):
        yield _at("risks", "ES-12", _WARN, message, body.risks)


def risk_lines(body: EnterpriseBody, record: RecordContext, pack: Pack) -> list[str]:
    """The line that begins each risk which Risks does not name yet (ES-12, RA-08)."""
    return [line for line, _ in _unnamed(body, record, pack)]


def _unnamed(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Iterator[tuple[str, str]]:
    """Of each open escalation and blocked workload not named: its line, and what is missing."""
    for title, tag in record.escalations:
        named = record.checks.names_title(body.risks, title) or _is_named(body, record, pack, tag)
        if not named:
            about = f" ({tag})" if tag else ""
            yield f"{title}{about}:", f"Risks does not name the open escalation “{title}”{about}."
    for tag in dict.fromkeys(place.tag for place in record.blocked):
        if not _is_named(body, record, pack, tag):
            fact = f"{tag} is blocked{_elsewhere(tag, record.blocked, record)}"
            yield f"{fact}:", f"{fact}, and Risks does not name it."


def _is_named(body: EnterpriseBody, record: RecordContext, pack: Pack, tag: str | None) -> bool:
    workload = pack.by_tag.get(tag or "")
    return workload is not None and record.checks.names_workload(body.risks, workload)


def _elsewhere(tag: str, places: tuple[Place, ...], record: RecordContext) -> str:
    """On which other tenants, in words; nothing where it is the note's own."""
    tenants = [place.tenant for place in places if place.tag == tag]
    return "" if tenants == [record.tenant] else f" on {', '.join(tenants)}"


def late_next_update(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-14: a Next Update past the clock's limit warns with the limit's date."""
    posted = record.posting_day.toordinal()
    limit = next_update_limit(record.health, has_frp=record.has_frp, posted=posted, pack=pack)
    if body.next_update is not None and body.next_update.toordinal() > limit:
        last = day_of(limit).isoformat()
        text = f"Next Update is past the limit, which is {last}."
        yield _at("next_update", "ES-14", _WARN, text)


def called_out(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-15: Awareness calls out blocked telemetry and more active users than paid units."""
    signs, text = record.checks.signs, body.awareness
    if record.telemetry_blocked and not signs.telemetry.search(text):
        blocked = ", ".join(record.telemetry_blocked)
        said = f"Telemetry is blocked on {blocked}: Awareness does not mention it."
        yield _at("awareness", "ES-15", _WARN, said, text)
    if record.over_used and not signs.overage.search(text):
        tags = dict.fromkeys(place.tag for place in record.over_used)
        where = "; ".join(f"{tag}{_elsewhere(tag, record.over_used, record)}" for tag in tags)
        said = f"More active users than paid units ({where}): Awareness does not mention it."
        yield _at("awareness", "ES-15", _WARN, said, text)


def objectives(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """ES-16: the objectives that the writer has not ticked."""
    ticked = set(map(fold, body.objectives))
    left = [each for each in pack.enterprise.objectives if fold(each) not in ticked]
    if left:
        yield _at("objectives", "ES-16", _INFO, f"Not ticked: {'; '.join(left)}.")


def towards_next_colour(body: EnterpriseBody, record: RecordContext, pack: Pack) -> Found:
    """RA-13: Risks name what keeps the groups below the next colour."""
    colour, below = colour_above(record.health, record.groups)
    if colour is not None and below and not body.risks.strip():
        groups = ("group " if len(below) == 1 else "groups ") + ", ".join(map(str, below))
        verb = "is" if len(below) == 1 else "are"
        text = f"{groups.capitalize()} {verb} below {colour.word}: say in Risks what is in the way."
        yield _at("risks", "RA-13", _INFO, text, body.risks)


def author(body: NoteBody, record: RecordContext, pack: Pack) -> Found:
    """OS-01: which role writes which kind of note."""
    role = body.author_role
    writes = record.checks.writers.get(role) if role else None
    if role is not None and writes is not None and body.kind not in writes:
        kinds = " and ".join(kind.word for kind in NoteKind if kind in writes)
        text = f"An {role.word} writes {kinds} notes, not {body.kind.word} notes."
        yield _at("author_role", "OS-01", _WARN, text)


def next_action(body: OverallBody, record: RecordContext, pack: Pack) -> Found:
    """OS-02: a next action, with its date and its owner."""
    action, owner = body.next_action.strip(), body.action_owner.strip()
    if not action and body.action_date is None and not owner:
        yield _at("next_action", "OS-02", _WARN, "There is no next action, with date and owner.")
        return
    if action and body.action_date is None:
        yield _at("action_date", "OS-02", _WARN, "The next action has no date.")
    if action and not owner:
        yield _at("action_owner", "OS-02", _WARN, "The next action has no owner.")


def untold_risks(body: OverallBody | ExecSummaryBody, record: RecordContext, pack: Pack) -> Found:
    """OS-04: an escalation or issue that is mentioned stands in Risks."""
    if record.latest_risks.strip():
        return
    for field, text in _texts(body):
        spot = record.checks.trouble(text)
        if spot is not None:
            said = (
                f"“{text[slice(*spot)]}” is mentioned, and Risks of the latest Enterprise note "
                "is empty: name it there."
            )
            yield FieldFinding(field, Finding("OS-04", _WARN, *spot, said))
            return


def _texts(body: OverallBody | ExecSummaryBody) -> Iterator[tuple[str, str]]:
    """What is written freely in a note, by field."""
    if isinstance(body, OverallBody):
        yield from (("text", body.text), ("next_action", body.next_action))
        return
    fields = (*_SUMMARY_TEXTS, *(tag.lower() for tag in body.workloads), "support")
    yield from ((field, text_of(body, field)) for field in fields)


def described(body: ExecSummaryBody, record: RecordContext, pack: Pack) -> Found:
    """OS-06: industry, structure, size and recent news: what a reader cannot find."""
    missing = record.describing.missing(body.customer, record.industry)
    if missing:
        text = f"Not found in the description: {', '.join(missing)}."
        yield _at("customer", "OS-06", _INFO, text, body.customer)


def engagement(body: ExecSummaryBody, record: RecordContext, pack: Pack) -> Found:
    """OS-07: the status of the engagement is one of three."""
    choices = pack.exec_summary.engagement_choices
    if body.engagement not in choices:
        text = f"Choose the status of the engagement: {', '.join(choices)}."
        yield _at("engagement", "OS-07", _WARN, text)


def deployment(body: ExecSummaryBody, record: RecordContext, pack: Pack) -> Found:
    """OS-08: the M365 deployment progress is one of three."""
    choices = pack.exec_summary.deployment_choices
    if body.deployment not in choices:
        text = f"Choose the deployment progress: {', '.join(choices)}."
        yield _at("deployment", "OS-08", _WARN, text)


def workload_lines(body: ExecSummaryBody, record: RecordContext, pack: Pack) -> Found:
    """OS-10: a workload line says its status and its next action."""
    for tag in sorted(body.workloads, key=lambda tag: pack.tag_order.get(tag, 99)):
        line = body.workloads[tag]
        if line.strip() and not record.checks.settles_action(line):
            yield _at(tag.lower(), "OS-10", _INFO, f"{tag}: name the next action.", line)


class FieldRule(NamedTuple):
    """A rule: its id, the kinds of body it looks at, and what finds what is amiss."""

    rule: str
    bodies: tuple[type[NoteBody], ...]
    find: Callable[[Any, RecordContext, Pack], Found]


_ENTERPRISE = (EnterpriseBody,)
_SUMMARY = (ExecSummaryBody,)
_ALL = (EnterpriseBody, EntitlementBody, ExecSummaryBody, OverallBody)

FIELD_RULES: tuple[FieldRule, ...] = (
    FieldRule("ES-01", _ENTERPRISE, accountable),
    FieldRule("ES-02", _ENTERPRISE, on_winner),
    FieldRule("ES-05", _ENTERPRISE, preconditions),
    FieldRule("ES-06", _ENTERPRISE, ranked_reason),
    FieldRule("ES-11", _ENTERPRISE, dated_actions),
    FieldRule("ES-12", _ENTERPRISE, named_risks),
    FieldRule("RA-13", _ENTERPRISE, towards_next_colour),
    FieldRule("ES-14", _ENTERPRISE, late_next_update),
    FieldRule("ES-15", _ENTERPRISE, called_out),
    FieldRule("ES-16", _ENTERPRISE, objectives),
    FieldRule("OS-01", _ALL, author),
    FieldRule("OS-02", (OverallBody,), next_action),
    FieldRule("OS-04", (OverallBody, ExecSummaryBody), untold_risks),
    FieldRule("OS-06", _SUMMARY, described),
    FieldRule("OS-07", _SUMMARY, engagement),
    FieldRule("OS-08", _SUMMARY, deployment),
    FieldRule("OS-10", _SUMMARY, workload_lines),
)
"""The rules in the order in which their findings are shown."""


def judge_fields(body: NoteBody, record: RecordContext, pack: Pack) -> tuple[FieldFinding, ...]:
    """What the record holds against a note, field by field; an entitlement text has its linter."""
    return tuple(
        found
        for rule in FIELD_RULES
        if isinstance(body, rule.bodies)
        for found in rule.find(body, record, pack)
    )
