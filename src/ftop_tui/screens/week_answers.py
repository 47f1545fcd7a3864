"""What answers each sort of item of This week, when enter is pressed on it."""

from collections.abc import Callable, Mapping
from typing import Any

from textual.app import App

from ftop_tui.playbook.week import Sort
from ftop_tui.screens import ways

TEXTS = frozenset({Sort.PROGRESS, Sort.PERSPECTIVE})

OPENS: Mapping[Sort, Callable[[App[Any], str], None]] = {
    Sort.ENTERPRISE: ways.enterprise,
    Sort.EVENT: ways.enterprise,
    Sort.NEXT_UPDATE: ways.enterprise,
    Sort.REQUEST: ways.exec_summary,
    Sort.FORECAST: ways.forecasts,
    Sort.MILESTONE: ways.forecasts,
    Sort.CONTACTS: ways.contacts,
    Sort.FRP_REVIEW: ways.partners,
    Sort.FRP_DATA: ways.partners,
    Sort.MEETING: ways.partners,
    Sort.PSM: ways.partners,
    Sort.REVIEW: ways.brief,
    Sort.RENEWAL: ways.brief,
    Sort.ACTION: ways.overall,
    Sort.STEP: ways.plan,
    Sort.AWARENESS: ways.plan,
}
"""The screen that answers an item; Progress and Perspective are asked for in a line."""
