"""The tenant form: it changes what was changed, says what is wrong where it is, loses nothing."""

from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ftop_tui.app import FtopApp
from ftop_tui.errors import InputError
from ftop_tui.playbook.opening import opening_sentence
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.tenant_fields import FIELDS
from ftop_tui.screens.tenant_form import TenantForm, derived_blocks, opening_parts
from ftop_tui.services import portfolio as reading
from ftop_tui.services import tenants
from ftop_tui.services.context import Context
from ftop_tui.services.forgetting import forget_tenant
from ftop_tui.widgets.text_panel import TextPanel

from .conftest import TODAY
from .seeing import NARROW, press, running, settle, text

IDENT = "00000000-1111-4222-8333-444444444444"


@pytest.fixture
def fabrikam(context: Context) -> Context:
    """A store with one customer, made by hand."""
    values = {
        "TPID": "640001", "Health": "red", "Group1Health": "red", "Group2Health": "yellow",
        "Group3Health": "red", "ForecastHealth": "green", "ForecastMonth": "2027-06",
        "SRank": "120", "Users": "1000", "FTA": "Ada Byron", "Industry": "Toys",
    }  # fmt: skip
    tenants.add(context, IDENT, "Fabrikam", values)
    return context


async def form(app: FtopApp, pilot: Pilot[int], tenant: str | None) -> TenantForm:
    screen = TenantForm(tenant)
    await app.push_screen(screen)
    await settle(pilot)
    return screen


def field(screen: TenantForm, column: str) -> Input:
    return screen.query_one(f"#field-{column}", Input)


def follows(screen: TenantForm) -> str:
    return screen.query_one("#follows", TextPanel).text


def home(app: FtopApp) -> HomeScreen:
    return cast("HomeScreen", app.screen_stack[0])


def test_the_form_has_every_column_of_the_portfolio_once() -> None:
    columns = [field.column for field in FIELDS]
    assert sorted([*columns, "TenantId"]) == sorted(tenants.COLUMNS)


async def test_it_shows_the_record_and_the_sentence_follows_the_keys(fabrikam: Context) -> None:
    async with running(fabrikam) as (app, pilot):
        screen = await form(app, pilot, IDENT)
        assert field(screen, "Health").value == "red"
        assert "forecast to achieve a change in the overall customer health from Red to Green" in (
            follows(screen)
        )
        field(screen, "ForecastHealth").value = "blue"
        field(screen, "BrandName").value = "Fab & Co [/]"
        await pilot.pause()
        assert "Customer Fab & Co [/]'s overall health is Red" in follows(screen)
        assert "from Red to Blue by the end of June 2027." in follows(screen)
        field(screen, "ForecastMonth").value = ""
        await pilot.pause()
        assert "by the end of [month/year]." in follows(screen)


async def test_save_writes_only_what_was_changed_and_says_what(fabrikam: Context) -> None:
    async with running(fabrikam) as (app, pilot):
        home(app).list.go_to(IDENT)
        await press(pilot, "t")
        screen = cast("TenantForm", app.screen)
        field(screen, "Health").value = "yellow"
        field(screen, "Industry").value = ""
        await pilot.pause()
        assert screen.changes == {"Health": "yellow", "Industry": ""}
        await press(pilot, "ctrl+s")
        assert app.screen is home(app)
        assert "Changed Health, Industry of Fabrikam" in text(app)
        assert home(app).list.tenant_id == IDENT
        values = tenants.current_values(fabrikam, IDENT)
    assert (values["Health"], values["Industry"], values["FTA"]) == ("yellow", "", "Ada Byron")
    assert reading.find(reading.load(fabrikam), IDENT).facts.health == "yellow"


async def test_a_value_that_cannot_be_held_is_said_at_its_field_and_all_stays(
    fabrikam: Context,
) -> None:
    async with running(fabrikam) as (app, pilot):
        screen = await form(app, pilot, IDENT)
        field(screen, "Health").value = "[purple]"
        field(screen, "NextUpdate").value = "2026-13-01"
        field(screen, "Industry").value = "Ships"
        await press(pilot, "ctrl+s")
        assert app.screen is screen
        assert screen.query_one("#row-Health").has_class("-wrong")
        assert screen.query_one("#row-NextUpdate").has_class("-wrong")
        assert "[purple]" in text(app)
        assert "is no health" in text(app)
        assert field(screen, "Industry").value == "Ships"
        assert field(screen, "Health").has_focus
        field(screen, "Health").value = "blue"
        await pilot.pause()
        assert not screen.query_one("#row-Health").has_class("-wrong")
    assert tenants.current_values(fabrikam, IDENT)["Health"] == "red"


@pytest.mark.parametrize(
    ("key", "industry", "still_open"),
    [("s", "Ships", False), ("d", "Toys", False), ("b", "Toys", True), ("escape", "Toys", True)],
)
async def test_escape_asks_when_something_is_changed(
    fabrikam: Context, key: str, industry: str, still_open: bool
) -> None:
    async with running(fabrikam) as (app, pilot):
        screen = await form(app, pilot, IDENT)
        field(screen, "Industry").value = "Ships"
        await press(pilot, "escape")
        assert "1 field is changed." in text(app)
        await press(pilot, key)
        assert (screen in app.screen_stack) == still_open
    assert tenants.current_values(fabrikam, IDENT)["Industry"] == industry


async def test_a_tenant_that_was_deleted_meanwhile_is_named_and_not_offered_to_save(
    fabrikam: Context,
) -> None:
    async with running(fabrikam) as (app, pilot):
        screen = await form(app, pilot, IDENT)
        name = field(screen, "TenantName").value
        field(screen, "Industry").value = "Ships"
        forget_tenant(fabrikam, IDENT)
        await press(pilot, "ctrl+s")
        assert f"{name} was deleted by another program" in " ".join(text(app).split())
        await press(pilot, "escape", "escape")
        assert "Leave without saving?" in text(app)
        assert "Save the changes?" not in text(app)
        await press(pilot, "y")
        assert screen not in app.screen_stack


async def test_escape_closes_at_once_when_nothing_is_changed(fabrikam: Context) -> None:
    async with running(fabrikam) as (app, pilot):
        await form(app, pilot, IDENT)
        await press(pilot, "escape")
        assert app.screen is home(app)


async def test_add_by_hand_makes_a_tenant_also_in_an_empty_store(context: Context) -> None:
    ident = "11111111-2222-4333-8444-555555555555"
    async with running(context, NARROW) as (app, pilot):
        await press(pilot, "a")
        screen = cast("TenantForm", app.screen)
        await press(pilot, "ctrl+s")
        assert app.screen is screen
        field(screen, "TenantId").value = ident
        await press(pilot, "ctrl+s")
        assert screen.query_one("#row-TenantName").has_class("-wrong")
        field(screen, "TenantName").value = "Contoso [EXO]"
        field(screen, "Health").value = "green"
        await press(pilot, "ctrl+s")
        await pilot.pause(0.1)
        await settle(pilot)
        assert home(app).list.tenant_id == ident
        assert "Contoso [EXO]" in text(app)
    assert reading.load(context).ranked[0].facts.health == "green"


async def test_leaving_the_app_saves_the_form_or_asks(fabrikam: Context) -> None:
    async with running(fabrikam) as (app, pilot):
        screen = await form(app, pilot, IDENT)
        field(screen, "SRank").value = "many"
        await press(pilot, "ctrl+q")
        assert "Not everything could be saved" in text(app)
        await press(pilot, "n")
        assert field(screen, "SRank").value == "many"
        field(screen, "SRank").value = "77"
        await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert tenants.current_values(fabrikam, IDENT)["SRank"] == "77"


@pytest.mark.parametrize(
    ("rank", "said"),
    [("500", "FTA by rank"), ("501", "FM by rank"), ("1501", "none derived"), ("", "none derived")],
)
def test_the_accountable_role_follows_the_rank(context: Context, rank: str, said: str) -> None:
    typed = {field.column: "" for field in FIELDS} | {"SRank": rank}
    shown = "\n".join(block.content.plain for block in derived_blocks(typed, context.pack))
    assert said in shown


@pytest.mark.parametrize(
    ("users", "level", "odd"),
    [("49,999", "3", False), ("50000", "Level 3", True), ("50000", "4", False), ("", "3", False)],
)
def test_the_flag_level_follows_the_users(
    context: Context, users: str, level: str, odd: bool
) -> None:
    typed = {field.column: "" for field in FIELDS} | {"Users": users, "EnterpriseLevel": level}
    shown = "\n".join(block.content.plain for block in derived_blocks(typed, context.pack))
    assert ("the user count asks for Level" in shown) == odd


async def test_the_typed_sentence_is_that_of_the_record(portfolio: Context) -> None:
    for ranked in reading.load(portfolio).ranked:
        typed = tenants.current_values(portfolio, ranked.facts.tenant_id)
        live = opening_sentence(opening_parts(typed), TODAY, portfolio.pack)
        assert live == reading.opening_of(ranked.facts, TODAY, portfolio.pack)


async def test_saving_without_an_id_is_refused_in_words(context: Context) -> None:
    async with running(context) as (app, pilot):
        screen = await form(app, pilot, None)
        field(screen, "TenantName").value = "Contoso"
        await pilot.pause()
        with pytest.raises(InputError, match="TenantId: needed"):
            await screen.save_now()
