"""What moved since a day, and what undo and redo say."""

from datetime import date

from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import history, moved, notes, portfolio, records, tenants
from ftop_tui.services.context import Context
from ftop_tui.services.moved import Movement
from house import FABRIKAM, FABRIKAM_LAB, TODAY, WOODGROVE, import_text, on

_NEW = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0009"


def _of(found: list[Movement], tenant_id: str) -> dict[str, tuple[str | None, str | None]]:
    return {m.what: (m.before, m.after) for m in found if m.tenant_id == tenant_id}


def test_nothing_moves_where_nothing_is_done(stocked: Context) -> None:
    assert moved.moved(stocked, TODAY) == []
    assert moved.moved(on(stocked, "2026-11-22"), TODAY) == []


def test_without_a_store_nothing_moved_and_nothing_was_seen(context: Context) -> None:
    assert moved.moved(context) == []
    assert moved.last_seen(context) is None
    moved.mark_seen(context)
    assert not context.store.exists()


def test_tenants_are_new_on_the_day_they_come(stocked: Context) -> None:
    assert {m.what for m in moved.moved(stocked)} >= {"new"}
    assert _of(moved.moved(stocked), FABRIKAM)["new"] == (None, None)
    later = on(stocked, "2026-11-25")
    tenants.add(later, _NEW, "Contoso", {})
    found = moved.moved(later)
    assert [(m.tenant_id, m.sentence) for m in found if m.what == "new"] == [
        (_NEW, "Contoso: is new")
    ]
    assert "new" not in {m.what for m in moved.moved(on(stocked, "2026-11-26"))}
    assert _of(moved.moved(on(stocked, "2026-12-30"), TODAY), _NEW) == {"new": (None, None)}


def test_a_tenant_whose_import_is_taken_back_later_is_gone(stocked: Context) -> None:
    tenants.add(stocked, _NEW, "Contoso", {})
    later = on(stocked, "2026-11-25")
    history.undo(later)
    assert _of(moved.moved(later), _NEW) == {"gone": (None, None)}
    assert _of(moved.moved(later, date(2026, 11, 20)), _NEW) == {}


def test_bands_move_by_time_alone(stocked: Context) -> None:
    """Nothing was written: the Next Update is reached, then Green's due quarter is over."""
    soon, missed = on(stocked, "2026-12-31"), on(stocked, "2027-04-01")
    assert _of(moved.moved(soon), WOODGROVE)["band"] == ("watch", "due")
    found = moved.moved(missed)
    assert _of(found, WOODGROVE)["band"] == ("due", "breach")
    assert "woodgrove.onmicrosoft.com: up from due to breach" in [m.sentence for m in found]


def test_a_band_falls_with_the_note_that_heals_it(stocked: Context) -> None:
    later = on(stocked, "2026-11-24")
    records.record(later, FABRIKAM, "enterprise")
    found = _of(moved.moved(later), FABRIKAM)
    assert found["band"] == ("breach", "blocked")
    assert "band" not in _of(moved.moved(later), FABRIKAM_LAB)


def test_colours_and_statuses_move_on_the_winner_alone(stocked: Context) -> None:
    later = on(stocked, "2026-11-24")
    tenants.edit(later, FABRIKAM, {"Health": "green", "EnterpriseStatus": "red"})
    found = moved.moved(later)
    assert _of(found, FABRIKAM)["health"] == ("red", "green")
    assert _of(found, FABRIKAM)["status"] == ("yellow", "red")
    assert _of(found, FABRIKAM_LAB) == {}
    tenants.edit(later, FABRIKAM, {"Health": "red", "EnterpriseStatus": "yellow"})
    assert not {"health", "status"} & set(_of(moved.moved(later), FABRIKAM))


def test_new_blockers_and_other_statuses_are_told(stocked: Context) -> None:
    later = on(stocked, "2026-11-24")
    table = (
        "TenantId,Workload,Status\n"
        f"{FABRIKAM},EXO,blocked\n{FABRIKAM},INTUNE,no_intent\n{FABRIKAM_LAB},SPO,blocked\n"
    )
    import_text(later, table)
    sentences = [m.sentence for m in moved.moved(later)]
    assert "fabrikamfoods.onmicrosoft.com: EXO is now blocked" in sentences
    assert "fabrikamfoods.onmicrosoft.com: INTUNE is now No Intent" in sentences
    assert "fabrikamlab.onmicrosoft.com: SPO is now blocked" in sentences
    assert not [s for s in sentences if "TEAMS" in s]


def test_renewals_that_come_near_are_told_once(stocked: Context) -> None:
    """Fabrikam's subscription ends on 14 January: 30 days before is 15 December."""
    told = []
    for number in range(1, 40):
        house = on(stocked, date.fromordinal(TODAY.toordinal() + number))
        told += [
            (house.today(), movement.after)
            for movement in moved.moved(house)
            if movement.what == "renewal" and movement.tenant_id == FABRIKAM
        ]
    assert told == [(date(2026, 12, 15), "30")]
    over_the_weekend = moved.moved(on(stocked, "2026-12-16"), date(2026, 12, 13))
    assert _of(over_the_weekend, FABRIKAM)["renewal"] == ("32", "29")


def test_the_most_urgent_come_first(stocked: Context) -> None:
    order = [r.facts.tenant_id for r in portfolio.load(stocked).ranked]
    found = [m.tenant_id for m in moved.moved(stocked)]
    assert list(dict.fromkeys(found)) == order


def test_the_day_of_the_last_look_is_remembered(stocked: Context) -> None:
    assert moved.last_seen(stocked) is None
    moved.mark_seen(stocked)
    assert moved.last_seen(on(stocked, "2026-11-25")) == TODAY
    assert history.undo(stocked) is not None
    assert moved.last_seen(stocked) == TODAY, "it is nothing to be taken back"


def test_each_deed_says_what_it_was(stocked: Context) -> None:
    tenants.edit(stocked, FABRIKAM, {"Health": "green", "FM": ""})
    records.record(stocked, FABRIKAM, "frp-data", tag="TEAMS")
    draft = notes.save_draft(stocked, notes.new_draft(stocked, NoteKind.OVERALL, FABRIKAM))
    notes.post(stocked, draft.id, anyway="it stands in FTOP")
    said = [history.undo(stocked) for _ in range(4)]
    assert said == [
        "Marked fabrikamfoods.onmicrosoft.com, Overall as posted on 2026-11-21",
        "Wrote the draft of fabrikamfoods.onmicrosoft.com, Overall",
        "Recorded fabrikamfoods.onmicrosoft.com: partner's data for TEAMS, 2026-11-21",
        "Changed Health, FM of fabrikamfoods.onmicrosoft.com",
    ]
    assert [history.redo(stocked) for _ in range(5)] == [*reversed(said), None]


def test_there_is_nothing_to_undo_in_a_new_store(empty: Context) -> None:
    assert history.undo(empty) is None
    assert history.redo(empty) is None
