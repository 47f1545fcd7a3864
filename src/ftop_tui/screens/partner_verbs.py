"""What each key of the partners' screen asks for, and what is then written; undo takes it back."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from ftop_tui.playbook.partnering import Partnership
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens import ways
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.partner_forms import (
    InputForm,
    TypedInput,
    coming_prompt,
    day_of,
    done_prompt,
)
from ftop_tui.screens.until_written import WRITING
from ftop_tui.services import partner_inputs, partners, records
from ftop_tui.services.changes import Changes
from ftop_tui.services.partner_inputs import Turned
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.dialogs import Choice, Confirm, Prompt, date_prompt

_KEYS = "123456789abcdefghijklmopqrstuvwxyz"  # without n, the key of the overall note
_USUAL = timedelta(days=7)
_REVIEWS = (
    ChoiceItem("s", "set", "Set a review", "for today or later"),
    ChoiceItem("h", "held", "It was held", "moves the clock of FR-05"),
    ChoiceItem("m", "missed", "It was missed", "scheduled and not held"),
    ChoiceItem("x", "cancel", "It is called off", "nobody missed it"),
)
_ACCESS = (
    ChoiceItem("y", "yes", "Yes", "the partner writes into FTOP itself"),
    ChoiceItem("n", "no", "No", "its input goes through the FM"),
)


def can(verb: object, here: Partnership) -> bool:
    """Whether a verb has anything to work on."""
    if verb == "note":
        return any(each.note_id is None for each in here.inputs)
    return bool(here.workloads) if verb == "data" else True


def ask(screen: FtopScreen[None], verb: str, here: Partnership) -> None:
    """Ask for what a verb needs."""
    _ASK[verb](screen, here)


def _step(screen: FtopScreen[None], here: Partnership) -> None:
    """Choose a step; an open one asks for its day, a done one whether to open it (FR-03)."""
    items = [
        ChoiceItem(key, step.key, step.title, f"done {step.done_on}" if step.done_on else "open")
        for key, step in zip(_KEYS, here.steps, strict=False)
    ]

    def chosen(key: str | None) -> None:
        step = next((each for each in here.steps if each.key == key), None)
        if step is None:
            return
        if step.done_on is None:
            _done(screen, here, step.key, step.title)
            return
        again = partial(partners.step_undo, screen.context, here.tenant_id, here.partner, step.key)
        said = f"{step.title}, done on {step.done_on}."

        def confirmed(yes: bool | None) -> None:
            if yes:
                screen.write(again)

        screen.app.push_screen(Confirm("Open the step again?", said), confirmed)

    screen.app.push_screen(Choice("Which step?", items).asking("step"), chosen)


def _done(screen: FtopScreen[None], here: Partnership, step: str, title: str) -> None:
    def write(day: date) -> None:
        call = partial(
            partners.step_done, screen.context, here.tenant_id, here.partner, step, on=day
        )
        screen.write(call)

    dialog = done_prompt(title, "Done on which day?", _today(screen)).asking("step")
    screen.app.push_screen(dialog, day_of(write))


def _agreement(screen: FtopScreen[None], here: Partnership) -> None:
    """The day of the agreement, which can be corrected (FR-04)."""
    said = "To attend the status reviews and give data for FTOP: agreed on which day?"

    def write(day: date) -> None:
        call = partial(partners.agree, screen.context, here.tenant_id, here.partner, on=day)
        screen.write(call)

    screen.app.push_screen(
        done_prompt(f"Agreement of {here.partner}", said, _today(screen), here.agreed_on).asking(
            "agreement"
        ),
        day_of(write),
    )


def _review(screen: FtopScreen[None], here: Partnership) -> None:
    """Set a review, or say what became of one (FR-05, FR-12)."""
    today = _today(screen)
    coming, unsaid = here.next_review(today), here.unsaid(today)
    due = unsaid[0].day if unsaid else today

    def chosen(what: str | None) -> None:
        if what == "set":
            proposed = None if coming else max(today, here.review_due or today + _USUAL)
            prompt = coming_prompt("Set a review", "For which day?", today, proposed)
            _then(partners.schedule, prompt)
        elif what == "cancel":
            day = unsaid[0].day if unsaid else coming.day if coming else None
            text = day.isoformat() if day else ""
            said = "The review of which day?"
            _then(partners.cancel, date_prompt("Called off", said, value=text))
        elif what in {"held", "missed"}:
            title = "The review was held" if what == "held" else "The review was missed"
            does = partners.hold if what == "held" else partners.miss
            _then(does, done_prompt(title, "On which day?", today, due))

    def _then(does: Callable[..., Changes], prompt: Prompt) -> None:
        def write(day: date) -> None:
            screen.write(partial(does, screen.context, here.tenant_id, here.partner, day))

        screen.app.push_screen(prompt, day_of(write))

    dialog = Choice(f"Status review with {here.partner}", _REVIEWS).asking("review")
    screen.app.push_screen(dialog, chosen)


def _data(screen: FtopScreen[None], here: Partnership) -> None:
    """The partner's data of a workload is in FTOP: starts its weekly clock (FR-07)."""
    several = len({data.tenant_id for data in here.data}) > 1
    items = [
        ChoiceItem(key, str(place), f"{data.tag}{f' of {data.tenant}' if several else ''}",
                   f"last {data.last}" if data.last else "none yet")
        for place, (key, data) in enumerate(zip(_KEYS, here.data, strict=False))
    ]  # fmt: skip

    def chosen(place: str | None) -> None:
        if place is None:
            return
        data = here.data[int(place)]

        def write(day: date) -> None:
            call = partial(
                records.record, screen.context, data.tenant_id, "frp-data",
                tag=data.tag, on=day, by=here.partner,
            )  # fmt: skip
            screen.write(call)

        prompt = done_prompt(f"Data of {data.tag}", "In FTOP since which day?", _today(screen))
        screen.app.push_screen(prompt, day_of(write))

    dialog = Choice(f"Data from {here.partner} for which workload?", items).asking("data")
    screen.app.push_screen(dialog, chosen)


def _input(screen: FtopScreen[None], here: Partnership) -> None:
    """Log what the partner gave (FR-09)."""

    def write(typed: TypedInput | None) -> None:
        if typed is not None:
            screen.write(partial(_add, screen, here, typed))

    screen.app.push_screen(InputForm(here.partner, _today(screen)), write)


def _add(screen: FtopScreen[None], here: Partnership, typed: TypedInput) -> Changes:
    return partner_inputs.add_input(
        screen.context, here.tenant_id, here.partner, typed.text, typed.source, on=typed.day
    ).changes


def _note(screen: FtopScreen[None], here: Partnership) -> None:
    """Choose an input, then the note that it becomes (FR-09)."""
    waiting = [each for each in here.inputs if each.note_id is None]
    items = [
        ChoiceItem(key, each.id, f"{each.day}  {(each.source or '-')[:24]}", each.text[:22])
        for key, each in zip(_KEYS, waiting, strict=False)
    ]
    if len(waiting) == 1:
        _place(screen, here, waiting[0].id)
        return
    screen.app.push_screen(
        Choice("Which input?", items),
        lambda chosen: _place(screen, here, chosen) if chosen else None,
    )


def _place(screen: FtopScreen[None], here: Partnership, input_id: str) -> None:
    overall = ChoiceItem("n", "", "A lifecycle note", "of the customer's winner tenant")
    items = [
        overall,
        *(
            ChoiceItem(key, tag, f"[{tag}]", "an entitlement note")
            for key, tag in zip(_KEYS, here.tags, strict=False)
        ),
    ]

    def chosen(tag: str | None) -> None:
        if tag is None:
            return
        kind = NoteKind.ENTITLEMENT if tag else NoteKind.OVERALL
        call = partial(
            partner_inputs.input_to_note,
            screen.context, here.tenant_id, here.partner, input_id, kind, tag or None,
        )  # fmt: skip
        screen.run_service(call, partial(_open, screen), group=WRITING)

    dialog = Choice("Which note does it become?", items).asking("becomes")
    screen.app.push_screen(dialog, chosen)


def _open(screen: FtopScreen[None], turned: Turned) -> None:
    """Say what was made, and open it: a draft is there to be read before it is posted."""
    screen.announce(turned.changes)
    form = ways.Form(turned.kind, turned.tag)
    ways.open_form(screen.app, screen.context.pack, turned.tenant_id, form)


def _informed(screen: FtopScreen[None], here: Partnership) -> None:
    """The PSM was told how it goes (FR-03)."""

    def write(day: date) -> None:
        call = partial(partners.psm_informed, screen.context, here.tenant_id, here.partner, on=day)
        screen.write(call)

    title = f"{here.psm or 'The PSM'} was informed about {here.partner}"
    dialog = done_prompt(title, "On which day?", _today(screen)).asking("informed")
    screen.app.push_screen(dialog, day_of(write))


def _psm(screen: FtopScreen[None], here: Partnership) -> None:
    """The PSM's name; one a partner, wherever it works (FR-03)."""

    def write(name: str | None) -> None:
        if name is not None:
            screen.write(partial(partners.set_psm, screen.context, here.partner, name))

    said = "At all its customers. aka.ms/fasttrackreadypartners names the PSM."
    dialog = Prompt(f"PSM of {here.partner}", said, value=here.psm or "").asking("psm")
    screen.app.push_screen(dialog, write)


def _access(screen: FtopScreen[None], here: Partnership) -> None:
    """Whether the partner can write into FTOP itself (FR-09)."""

    def write(answer: str | None) -> None:
        if answer is not None:
            call = partial(
                partners.access, screen.context, here.tenant_id, here.partner, answer == "yes"
            )
            screen.write(call)

    dialog = Choice(f"Has {here.partner} access to FTOP?", _ACCESS).asking("access")
    screen.app.push_screen(dialog, write)


def _today(screen: FtopScreen[None]) -> date:
    return screen.context.today()


_ASK: Mapping[str, Callable[[FtopScreen[None], Partnership], None]] = {
    "step": _step,
    "agreement": _agreement,
    "review": _review,
    "data": _data,
    "input": _input,
    "note": _note,
    "informed": _informed,
    "psm": _psm,
    "access": _access,
}
