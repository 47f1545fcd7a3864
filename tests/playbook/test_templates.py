"""The lines for entitlement notes and their slots (EN-06 to EN-10)."""

import pytest

from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.templates import Slot, Template, Templates
from ftop_tui.playbook.values import EntitlementStatus

TEMPLATES = Templates.read(shipped("templates"))
LINES = {
    EntitlementStatus.IN_PROGRESS: [
        "Customer is moving forward with deployment. They are in the adoption phase.",
        "Onboarding to service. Customer at [phase of deployment]. [additional details].",
        (
            "Company will onboard to service after [current focus workload] is finished."
            " [additional details]."
        ),
        "Onboarding underway, focusing on [details].",
    ],
    EntitlementStatus.BLOCKED: [
        (
            "Customer will not deploy workload due to [primary issue] surrounding"
            " [technical details], [specific limitations] and [additional important details]."
        ),
        (
            "Unable to deploy because of [primary issue] and [technical details] due to"
            " [specific limitations]."
        ),
        "Customer blocked because of [primary issue] until [potential resolution] is implemented.",
    ],
    EntitlementStatus.NO_INTENT: [
        "Customer does not have intent to use service because of [primary issue] and [specifics].",
        (
            "Customer not interested in deploying workload due to [primary issue] and"
            " [details surrounding]."
        ),
        "No need for this workload as [primary issue] is a limiting factor of [specifics].",
    ],
    EntitlementStatus.UNKNOWN: [
        "Unable to gather intent from customer on this workload.",
        "Customer unresponsive to multiple contact attempts. Managed account.",
    ],
    EntitlementStatus.DUPLICATE: [],
}
FILLED = "Onboarding to service. Customer at pilot. [Additional Details]."


@pytest.mark.parametrize("status", EntitlementStatus)
def test_each_status_offers_the_lines_of_the_source_in_its_order(status: EntitlementStatus) -> None:
    assert [t.line for t in TEMPLATES.for_status(status)] == LINES[status]


@pytest.mark.parametrize("status", EntitlementStatus)
def test_each_status_has_a_question_for_the_writer(status: EntitlementStatus) -> None:
    assert TEMPLATES.prompt_for(status).endswith("?")


@pytest.mark.parametrize("template", TEMPLATES.lines, ids=lambda t: t.line[:30])
def test_a_slot_stands_where_it_says(template: Template) -> None:
    for slot in template.slots:
        assert template.line[slot.start : slot.end].strip("[]") == slot.name


def test_the_word_multiple_is_selected_and_is_no_unfilled_slot() -> None:
    template = TEMPLATES.for_status(EntitlementStatus.UNKNOWN)[1]
    assert [slot.name for slot in template.slots] == ["multiple"]
    assert TEMPLATES.slots_in(template.line) == ()
    assert TEMPLATES.next_slot(template.line, 0) == template.slots[0]


def test_unfilled_slots_are_found_in_any_case_and_a_tag_is_none() -> None:
    assert TEMPLATES.slots_in(f"[EXO] {FILLED} [OD]") == (Slot(48, 68, "additional details"),)


def test_the_tab_key_goes_from_slot_to_slot_and_around() -> None:
    line = LINES[EntitlementStatus.BLOCKED][2]
    first, second = TEMPLATES.slots_in(line)
    assert TEMPLATES.next_slot(line, 0) == first
    assert TEMPLATES.next_slot(line, first.end) == second
    assert TEMPLATES.next_slot(line, second.end) == first
    assert TEMPLATES.previous_slot(line, second.start) == first
    assert TEMPLATES.previous_slot(line, 0) == second


def test_a_text_without_slots_has_nowhere_to_go() -> None:
    assert TEMPLATES.next_slot("Customer is blocked.", 0) is None
    assert TEMPLATES.previous_slot("Customer is blocked.", 5) is None
