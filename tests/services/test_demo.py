"""The demo portfolio: repeatable, varied on any day, and rich enough to try everything on."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from ftop_tui.bootstrap import make_context
from ftop_tui.errors import InputError, RefusedError
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.opening import NOT_HIGHER
from ftop_tui.playbook.render import render
from ftop_tui.playbook.values import Band, EntitlementStatus, Health, NoteKind, Phase
from ftop_tui.playbook.wording import reason
from ftop_tui.services import demo, portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.demo.data import demo_data
from ftop_tui.services.demo.draw import draw
from ftop_tui.services.demo.names import company_names, domain
from ftop_tui.services.demo.rows import Dice
from ftop_tui.services.demo.usage import CURVES, MONTHS, history
from ftop_tui.services.judging import judge
from ftop_tui.store import facts
from ftop_tui.store.bodies import from_json
from ftop_tui.store.journal import table_of

TODAY = "2026-11-21"
DAYS = (TODAY, "2026-12-24", "2027-01-01", "2027-01-04", "2027-03-31", "2028-02-29")
Ask = Callable[[str], list[tuple[Any, ...]]]


def make(folder: Path, today: str = TODAY) -> Context:
    environment = {"FTOP_TUI_CONFIG_DIR": str(folder / "config")}
    return make_context(data_dir=str(folder / "data"), today=today, environment=environment)


def built(folder: Path, customers: int = demo.USUAL, seed: int = 1, today: str = TODAY) -> Context:
    context = make(folder, today)
    demo.build(context, customers, seed)
    return context


def dump(context: Context) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(context.store)) as store:
        names = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        every = {name: f"SELECT * FROM {name}" for (name,) in names}  # noqa: S608 - our own
        return {name: sorted(store.execute(sql), key=repr) for name, sql in every.items()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The twelve customers of the default demo."""
    return built(tmp_path_factory.mktemp("usual"))


@pytest.fixture
def ask(usual: Context) -> Ask:
    """Asks the default demo's store a question in SQL."""

    def question(sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(usual.store)) as store:
            return store.execute(sql, {"today": TODAY}).fetchall()

    return question


def test_the_same_arguments_make_the_same_rows(tmp_path: Path) -> None:
    first, second = built(tmp_path / "a", 30, 7), built(tmp_path / "b", 30, 7)
    assert dump(first) == dump(second)


def test_another_seed_makes_another_portfolio(tmp_path: Path) -> None:
    first, second = dump(built(tmp_path / "a", 30, 7)), dump(built(tmp_path / "b", 30, 8))
    assert {row[0] for row in first["tenant"]}.isdisjoint(row[0] for row in second["tenant"])
    assert {row[2] for row in first["customer"]} != {row[2] for row in second["customer"]}


def test_a_larger_portfolio_begins_with_the_smaller_one(tmp_path: Path) -> None:
    small, large = dump(built(tmp_path / "a", 12)), dump(built(tmp_path / "b", 20))
    assert set(small["note"]) < set(large["note"])


def test_a_store_that_has_tenants_is_refused_and_kept(tmp_path: Path) -> None:
    context = built(tmp_path, 1)
    before = dump(context)
    with pytest.raises(RefusedError, match="empty store"):
        demo.build(context, 12, 1)
    assert dump(context) == before


@pytest.mark.parametrize("customers", [0, -1, demo.MOST + 1])
def test_a_number_of_customers_out_of_range_makes_no_store(tmp_path: Path, customers: int) -> None:
    context = make(tmp_path)
    with pytest.raises(InputError, match="1 to 10,000"):
        demo.build(context, customers, 1)
    assert not context.store.exists()


@pytest.mark.parametrize("today", DAYS)
def test_every_band_and_colour_is_there_on_any_day(tmp_path: Path, today: str) -> None:
    ranked = portfolio.load(built(tmp_path, today=today)).ranked
    assert {r.assessment.band for r in ranked} == set(Band)
    assert {r.facts.health for r in ranked} == {*(h.value for h in Health), None}
    assert {r.facts.phase for r in ranked} == {phase.value for phase in Phase}


@pytest.mark.parametrize("today", DAYS)
def test_each_customer_is_where_its_scenario_wants_it(tmp_path: Path, today: str) -> None:
    ranked = portfolio.load(built(tmp_path, today=today)).ranked
    bands = {r.facts.customer: r.assessment.band.value for r in ranked if r.facts.winner}
    assert bands == {
        "Fabrikam": "breach",
        "Tailspin Toys": "late",
        "Woodgrove Bank": "late",
        "Wide World Importers": "late",
        "Proseware": "due",
        "Adventure Works": "due",
        "Northwind Traders": "due",
        "Litware": "due",
        "Eastern [EXO] Wind": "blocked",
        "City Power & Light Zürich": "blocked",
        "Lucerne Publishing": "watch",
        "Fourth Coffee": "watch",
    }


def test_the_reasons_in_the_list_differ(usual: Context) -> None:
    loaded = portfolio.load(usual)
    day = loaded.today.toordinal()
    reasons = [reason(ranked.assessment, day) for ranked in loaded.ranked]
    assert len(set(reasons)) == len(reasons)


def test_each_cause_of_a_band_is_there(usual: Context) -> None:
    causes = {
        (factor.rule, factor.band.value)
        for ranked in portfolio.load(usual).ranked
        for factor in ranked.assessment.factors
        if factor.band is not Band.WATCH
    }
    assert causes >= {
        ("ES-03", "breach"), ("ES-03", "late"), ("FR-07", "late"), ("RA-06", "due"),
        ("OS-03", "due"), ("ES-03", "due"), ("FR-06", "due"), ("RA-01", "blocked"),
        ("RA-08", "blocked"),
    }  # fmt: skip


def test_opening_sentences_complete_incomplete_and_marked(usual: Context) -> None:
    loaded = portfolio.load(usual)
    openings = {
        r.facts.customer: portfolio.opening_of(r.facts, loaded.today, usual.pack)
        for r in loaded.ranked
    }
    assert openings["Fabrikam"].complete
    assert openings["Woodgrove Bank"].missing == ("group_3", "forecast_health", "forecast_month")
    assert NOT_HIGHER in openings["Eastern [EXO] Wind"].marks
    assert "keep the overall customer health at Blue" in openings["Lucerne Publishing"].sentence


FACETS = {
    "a customer with three tenants": (
        "SELECT customer_id FROM tenant GROUP BY 1 HAVING count(*) = 3 AND sum(winner_marked) = 1"
    ),
    "a tenant without TPID": "SELECT 1 FROM customer WHERE tpid IS NULL",
    "no rank": "SELECT 1 FROM customer WHERE s_rank IS NULL",
    "49,999 users at the wrong level": "SELECT 1 FROM tenant WHERE users = 49999 AND level = 4",
    "50,000 users at the wrong level": "SELECT 1 FROM tenant WHERE users = 50000 AND level = 3",
    "telemetry blocked": "SELECT 1 FROM tenant WHERE telemetry_blocked",
    "MAU above PAU": "SELECT 1 FROM workload WHERE active_users > paid_units",
    "a later renewal": "SELECT 1 FROM tenant WHERE renewal_date > date(:today, '+180 days')",
    "a stale contact": "SELECT 1 FROM contact WHERE verified_on < date(:today, '-90 days')",
    "a duplicate contact": "SELECT 1 FROM contact GROUP BY customer_id, name HAVING count(*) > 1",
    "a PSM among the contacts": "SELECT 1 FROM contact WHERE role = 'psm' AND section != 'partner'",
    "a PoC of the partner": "SELECT 1 FROM contact WHERE role = 'poc' AND partner_id IS NOT NULL",
    "an open escalation with entries": (
        "SELECT 1 FROM escalation e JOIN escalation_entry n ON n.escalation_id = e.id "
        "WHERE e.resolved_on IS NULL"
    ),
    "a resolved escalation": "SELECT 1 FROM escalation WHERE resolution IS NOT NULL",
    "a milestone reached": "SELECT 1 FROM milestone WHERE reached_on IS NOT NULL",
    "a milestone missed": "SELECT 1 FROM tenant_facts WHERE missed IS NOT NULL",
    "a milestone ahead": ("SELECT 1 FROM milestone WHERE reached_on IS NULL AND due_on > :today"),
    "forecasts": "SELECT 1 FROM forecast WHERE month > :today",
    "a nomination for this week's meeting": (
        "SELECT 1 FROM nomination n JOIN review r ON r.id = n.review_id "
        "WHERE r.day BETWEEN :today AND date(:today, '+6 days')"
    ),
    "a nomination for the next meeting": (
        "SELECT 1 FROM nomination n JOIN review r ON r.id = n.review_id "
        "WHERE r.day BETWEEN date(:today, '+7 days') AND date(:today, '+13 days')"
    ),
    "a nomination at short notice": (
        "SELECT 1 FROM nomination n JOIN review r ON r.id = n.review_id "
        "WHERE julianday(r.day) - julianday(n.nominated_on) < 7"
    ),
    "a customer presented earlier": (
        "SELECT 1 FROM nomination n JOIN review r ON r.id = n.review_id "
        "WHERE presented AND r.day < :today"
    ),
    "an open request for support": "SELECT 1 FROM support_request WHERE closed_on IS NULL",
    "a closed request for support": "SELECT 1 FROM support_request WHERE closed_on IS NOT NULL",
    "a partner's checklist": "SELECT 1 FROM partner_step",
    "a partner's input": "SELECT 1 FROM partner_input",
    "an activity done": "SELECT 1 FROM activity WHERE done_on IS NOT NULL",
    "an activity open": "SELECT 1 FROM activity WHERE done_on IS NULL",
    "a snooze": "SELECT 1 FROM snooze WHERE until > :today",
    "a partner on a green customer": (
        "SELECT 1 FROM tenant_facts WHERE has_frp AND health = 'green' AND stricter_why = 'frp'"
    ),
    "a rolled back workload": (
        "SELECT 1 FROM usage u JOIN workload w USING (tenant_id, tag) "
        "WHERE w.paid_units > 0 AND u.active_users > 1.5 * w.active_users AND w.active_users > 900"
    ),
    "several notes on one workload": (
        "SELECT 1 FROM note WHERE kind = 'entitlement' AND state = 'posted' "
        "GROUP BY tenant_id, tag HAVING count(*) > 1"
    ),
    "an entitlement draft": "SELECT 1 FROM note WHERE kind = 'entitlement' AND state = 'draft'",
    "an Enterprise draft": "SELECT 1 FROM note WHERE kind = 'enterprise' AND state = 'draft'",
    "brackets in a name": "SELECT 1 FROM tenant WHERE name LIKE '%[EXO]%'",
    "an ampersand and an umlaut": "SELECT 1 FROM customer WHERE name LIKE '%&%ü%'",
}


@pytest.mark.parametrize("facet", FACETS)
def test_the_default_demo_shows(ask: Ask, facet: str) -> None:
    assert ask(FACETS[facet])


def test_ranks_and_renewals_lie_on_both_sides_of_each_border(ask: Ask) -> None:
    assert {rank for (rank,) in ask("SELECT s_rank FROM customer")} >= {212, 500, 501, 1500, 1731}
    days = ask("SELECT julianday(renewal_date) - julianday(:today) FROM tenant")
    assert {day for (day,) in days} >= {20, 45, 80, 170}


def test_contacts_are_in_all_sections(ask: Ask) -> None:
    sections = {section for (section,) in ask("SELECT section FROM contact")}
    assert sections == {"microsoft", "customer", "partner"}


def test_every_kind_of_note_is_posted_and_its_text_is_the_renderer_s(
    usual: Context, ask: Ask
) -> None:
    notes = ask("SELECT kind, body, text FROM note")
    assert {kind for kind, _, _ in notes} == {kind.value for kind in NoteKind}
    for kind, body, text in notes:
        assert text == render(from_json(NoteKind(kind), body, text, "n"), usual.pack)


def test_every_text_of_the_data_gets_the_grade_it_is_kept_under(usual: Context) -> None:
    for (status, grade), phrases in demo_data().phrases.items():
        for phrase in phrases:
            for tag in phrase.get("tags", ("TEAMS", "WIN10")):
                body = EntitlementBody(
                    EntitlementStatus(status), phrase["text"], phrase.get("l2", ""),
                    phrase.get("l3", ""),
                )  # fmt: skip
                assert judge(usual, tag, body).grade.value == grade, phrase["text"]


def test_nothing_is_dated_after_today_that_has_happened(ask: Ask) -> None:
    for table, column in (
        ("note", "posted_on"), ("record", "day"), ("escalation", "raised_on"),
        ("contact", "verified_on"), ("nomination", "nominated_on"), ("activity", "done_on"),
        ("workload", "status_since"), ("milestone", "reached_on"), ("escalation_entry", "day"),
    ):  # fmt: skip
        future = f"SELECT 1 FROM {table} WHERE {column} > :today"  # noqa: S608 - names from above
        assert not ask(future), table


def test_the_customer_s_next_update_is_that_of_its_latest_note(usual: Context, ask: Ask) -> None:
    rows = ask(
        "SELECT c.next_update, n.body, max(n.posted_on) FROM note n "
        "JOIN customer c ON c.id = n.customer_id "
        "WHERE n.kind = 'enterprise' AND n.state = 'posted' GROUP BY c.id"
    )
    assert len(rows) == 11  # all but the one without a note
    for day, text, _ in rows:
        body = from_json(NoteKind.ENTERPRISE, text, "", "n")
        assert getattr(body, "next_update", None) == date.fromisoformat(day)


def test_facts_drawn_from_scratch_are_those_stored(tmp_path: Path) -> None:
    context = built(tmp_path, 40)
    stored = dump(context)["tenant_facts"]
    ids = [row[0] for row in dump(context)["customer"]]
    with context.writer().looking() as session:
        session.connection().execute(facts.FACTS.delete())
        facts.refresh(session, ids, context.today())
        fresh = session.connection().execute(facts.FACTS.select()).fetchall()
    assert sorted(map(tuple, fresh), key=repr) == stored


def test_what_is_drawn_has_all_bands_and_unique_names(tmp_path: Path) -> None:
    context = built(tmp_path, 300)
    loaded = portfolio.load(context)
    counts = loaded.counts()
    assert loaded.customers() == 300
    assert all(counts[band] for band in Band)
    assert counts[Band.WATCH] > len(loaded.ranked) / 2
    names = [ranked.facts.name for ranked in loaded.ranked]
    assert len(set(names)) == len(names)
    with context.writer().looking() as session:
        assert not session.connection().execute(table_of("step").select()).fetchall()
    with closing(sqlite3.connect(context.store)) as store:
        assert not store.execute("PRAGMA foreign_key_check").fetchall()


@pytest.mark.parametrize("today", DAYS)
def test_no_day_turns_the_calm_customers_all_due(tmp_path: Path, today: str) -> None:
    loaded = portfolio.load(built(tmp_path, 120, today=today))
    assert loaded.counts()[Band.WATCH] > len(loaded.ranked) / 2


def test_ten_thousand_companies_have_names_of_their_own() -> None:
    names = list(islice(company_names(demo_data().pool, Dice("names"), ()), demo.MOST))
    assert len(set(names)) == len({domain(name) for name in names}) == demo.MOST


@pytest.mark.parametrize("curve", CURVES)
def test_usage_has_every_month_up_to_the_last_whole_one(curve: str) -> None:
    today = date(2028, 2, 29)
    months = history(Dice(1), today, curve, (5, 60), 1000, [date(2028, 6, 1)])
    assert len(months) == MONTHS
    assert [months[0].month, months[-1].month] == [date(2026, 8, 1), date(2028, 1, 1)]
    assert all(month.active >= 0 for month in months)
    assert abs(months[-1].percent - 60) < 8
    assert months[0].paid < months[-1].paid == 1000  # a step at the renewal in between


def test_the_twelve_tell_stories_that_fit_their_status() -> None:
    stories = {story["story"]: story["status"] for story in demo_data().texts["enterprise"]}
    for plan in demo_data().scenarios:
        assert plan.status in {None, stories[plan.story]}, plan.name


def test_no_customer_of_several_tenants_is_without_a_tpid(usual: Context) -> None:
    """No import could make one: a tenant without TPID is a customer of its own."""
    data = demo_data()
    drawn = [draw(Dice(7, n), "Contoso", data, usual.pack) for n in range(600)]
    assert any(not plan.tpid for plan in drawn)
    assert not [plan for plan in drawn if not plan.tpid and len(plan.tenants) > 1]
