"""What `show` says of a customer's escalations and contacts."""

from typing import Any

from ftop_tui.services import people
from ftop_tui.services.context import Context


def people_document(context: Context, customer_id: str) -> dict[str, Any]:
    """Open escalations, each with the PSM of its partner (FR-03, RA-08); stale contacts (RA-09)."""
    return {
        "open_escalations": [
            {
                "id": each.id,
                "title": each.title,
                "workload": each.tag,
                "raised_on": each.raised_on,
                "days": each.days(context.today()),
                "partner": each.partner,
                "psm": each.psm,
            }
            for each in people.escalations_of(context, customer_id, open_only=True)
        ],
        "stale_contacts": [
            {
                "id": each.id,
                "section": each.section,
                "name": each.name,
                "title": each.title,
                "verified_on": each.verified_on,
            }
            for each in people.stale_of(context, customer_id)
        ],
    }
