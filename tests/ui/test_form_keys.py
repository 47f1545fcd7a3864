"""Grey keys of the note forms: pressed, each says why."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.enterprise import EnterpriseScreen
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.exec_summary import ExecSummaryScreen
from ftop_tui.screens.overall import OverallScreen
from ftop_tui.services.context import Context

from .seeing import NARROW, over_home, press

FORMS: dict[str, Callable[[], FtopScreen[Any]]] = {
    "enterprise": partial(EnterpriseScreen, "t00004"),
    "entitlement": partial(EntitlementScreen, "t00004", "TEAMS"),
    "exec summary": partial(ExecSummaryScreen, "t00004"),
    "overall": partial(OverallScreen, "t00004"),
}


@pytest.mark.parametrize("form", FORMS)
async def test_each_grey_key_of_a_form_says_why(portfolio: Context, form: str) -> None:
    """F2 in the Enterprise form, for one, where no posted note has a text to start from."""
    async with over_home(portfolio, FORMS[form](), NARROW) as (app, pilot, screen):
        grey = [each for each in screen.active_bindings.values() if not each.enabled]
        assert "f12" in {each.binding.key for each in grey}
        for each in grey:
            app.clear_notifications()
            await press(pilot, each.binding.key)
            said = [notice.message for notice in app._notifications]
            assert said == [screen.why_not(each.binding.action)], each.binding.id
            assert said[0].endswith(".")
            assert "being read" not in said[0]
