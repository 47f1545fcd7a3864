"""Contacts in the store: added, edited, verified, merged, and every step undone (RA-09, RA-10)."""

from datetime import date, timedelta
from typing import Any

import pytest

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.contacts import Contact
from ftop_tui.services import contacts, history, portfolio
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Partner
from house import DERIVED, FABRIKAM, TODAY, WOODGROVE, by_hand, dump


def added(
    context: Context, name: str = "Kim Akers", section: str = "customer", **more: Any
) -> Contact:
    """One that was just added."""
    made = context.new_id()
    contacts.add(context, FABRIKAM, section, name, contact_id=made, **more)
    return contacts.find(context, made)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_contact_has_a_section_a_free_title_and_a_role(stocked: Context) -> None:
    """RA-10: a special resource is a Microsoft contact whose title says its kind."""
    one = added(stocked, " Kim  Akers ", "Microsoft", title="Intune CAT", role="SME", phone="1")
    assert (one.section, one.name, one.title, one.role) == (
        "microsoft", "Kim Akers", "Intune CAT", "sme",
    )  # fmt: skip
    assert (one.verified_on, one.created_on) == (None, TODAY)
    assert added(stocked, title="Any title at all").title == "Any title at all"


def test_the_point_of_contact_of_a_partner_closes_its_gap(stocked: Context) -> None:
    """FR-14: what the gap asks for is a contact of section partner and role poc."""
    with stocked.writer().unit("test") as unit:
        unit.session.add(Partner(id="p1", name="Relecloud"))
    assert not portfolio.find(portfolio.load(stocked), FABRIKAM).facts.has_poc
    one = added(stocked, "Lee Gu", "partner", role="PoC", partner="relecloud")
    assert one.partner == "Relecloud"
    assert portfolio.find(portfolio.load(stocked), FABRIKAM).facts.has_poc


def test_they_are_read_by_section_in_the_pack_s_order_then_by_name(stocked: Context) -> None:
    for name, section in (("Zoe", "microsoft"), ("Ada", "partner"), ("Bo", "customer"),
                          ("Al", "customer")):  # fmt: skip
        added(stocked, name, section)
    with by_hand(stocked.store) as store:
        store.execute("UPDATE contact SET section = 'vendor' WHERE name = 'Ada'")
    customer = contacts.read(stocked)[0].customer_id
    assert [c.name for c in contacts.read(stocked, customer)] == ["Zoe", "Al", "Bo", "Ada"]
    assert contacts.read(stocked, "nobody") == []


def test_titles_typed_before_are_offered_after_the_pack_s(stocked: Context) -> None:
    """RA-10: at first Intune CAT and GTP."""
    assert contacts.titles(stocked)[:2] == ["Intune CAT", "GTP"]
    added(stocked, title="Chief of staff")
    assert contacts.titles(stocked)[-1] == "Chief of staff"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"section": "vendor"}, "no section"),
        ({"role": "boss"}, "no role"),
        ({"name": " "}, "needs a name"),
        ({"partner": "Nobody"}, "no partner on record"),
        ({"verified": TODAY + timedelta(days=1)}, "still to come"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    stocked: Context, given: dict[str, Any], told: str
) -> None:
    one = added(stocked)
    before = dump(stocked.store)
    with pytest.raises(InputError, match=told):
        added(stocked, **given)
    with pytest.raises(InputError, match=told):
        contacts.edit(stocked, one.id, **given)
    assert dump(stocked.store) == before


def test_an_odd_address_of_mail_is_kept(stocked: Context) -> None:
    assert added(stocked, email="kim at contoso").email == "kim at contoso"


def test_editing_changes_what_is_given_and_clears_what_is_empty(stocked: Context) -> None:
    one = added(stocked, title="CIO", email="kim@contoso.com", role="csm", verified=ago(9))
    contacts.edit(stocked, one.id[:9], title="", role="", name="Kim Gu", section="microsoft")
    again = contacts.find(stocked, one.id)
    assert (again.title, again.role, again.name, again.section) == (
        None,
        None,
        "Kim Gu",
        "microsoft",
    )
    assert (again.email, again.verified_on) == ("kim@contoso.com", ago(9))
    contacts.edit(stocked, one.id, verified=ago(20))
    assert contacts.find(stocked, one.id).verified_on == ago(20), "a wrong day can be put right"


def test_verifying_moves_the_day_on_and_never_back(stocked: Context) -> None:
    one, other = added(stocked, verified=ago(100)), added(stocked, "Lee Gu")
    assert contacts.verify(stocked, [one.id], on=ago(2)).sentence == f"Verified Kim Akers, {ago(2)}"
    contacts.verify(stocked, [one.id, other.id], on=ago(50))
    found = {c.name: c.verified_on for c in contacts.read(stocked)}
    assert found == {"Kim Akers": ago(2), "Lee Gu": ago(50)}
    contacts.verify_all(stocked, FABRIKAM)
    assert {c.verified_on for c in contacts.read(stocked)} == {TODAY}
    with pytest.raises(InputError, match="still to come"):
        contacts.verify(stocked, [one.id], on=TODAY + timedelta(days=1))
    with pytest.raises(InputError, match="name the contacts"):
        contacts.verify(stocked, [])


def test_a_stale_contact_counts_until_it_is_verified(stocked: Context) -> None:
    """RA-09: what is listed as stale is what urgency counts."""
    one = added(stocked, verified=ago(90))

    def rules() -> set[str]:
        ranked = portfolio.find(portfolio.load(stocked), FABRIKAM)
        return {factor.rule for factor in ranked.assessment.factors if factor.points}

    assert "RA-09" in rules()
    contacts.verify(stocked, [one.id])
    assert "RA-09" not in rules()


def test_duplicates_are_merged_into_the_fuller_one(stocked: Context) -> None:
    with stocked.writer().unit("test") as unit:
        unit.session.add(Partner(id="p1", name="Relecloud"))
    full = added(stocked, title="CIO", email="kim@contoso.com", verified=ago(100))
    fresh = added(stocked, "KIM AKERS", partner="Relecloud", verified=ago(1))
    other = added(stocked, "Lee Gu")
    with pytest.raises(RefusedError, match="can be merged"):
        contacts.merge(stocked, [full.id, other.id, fresh.id])
    with pytest.raises(RefusedError, match="can be merged"):
        contacts.merge(stocked, [full.id, full.id])
    before = dump(stocked.store, *DERIVED, "tenant_facts")
    done = contacts.merge(stocked, [fresh.id[:9], full.id])
    assert done.sentence == "Merged 2 contacts into Kim Akers"
    kept = contacts.find(stocked, full.id)
    assert (kept.title, kept.partner, kept.verified_on) == ("CIO", "Relecloud", ago(1))
    assert len(contacts.read(stocked)) == 2
    history.undo(stocked)
    assert dump(stocked.store, *DERIVED, "tenant_facts") == before


def test_every_step_is_undone_and_done_again(stocked: Context) -> None:
    before = dump(stocked.store, *DERIVED)
    one = added(stocked)
    contacts.edit(stocked, one.id, phone="+1 555 0100")
    contacts.verify(stocked, [one.id])
    full = dump(stocked.store, *DERIVED)
    assert contacts.delete(stocked, one.id).sentence == "Deleted the contact Kim Akers"
    assert contacts.read(stocked) == []
    history.undo(stocked)
    assert dump(stocked.store, *DERIVED) == full
    for _ in range(3):
        history.undo(stocked)
    assert dump(stocked.store, *DERIVED) == before


def test_an_id_is_found_by_its_beginning_where_only_one_fits(stocked: Context) -> None:
    for key in ("abc1", "abc2"):
        contacts.add(stocked, WOODGROVE, "customer", key, contact_id=key)
    assert contacts.find(stocked, "abc1").name == "abc1"
    for wrong, told in (("abc", "several"), ("", "no contact"), ("_", "no contact")):
        with pytest.raises(NotFoundError, match=told):
            contacts.find(stocked, wrong)
        with pytest.raises(NotFoundError, match=told):
            contacts.delete(stocked, wrong)


def test_without_a_store_there_is_nothing_and_nothing_is_made(context: Context) -> None:
    assert contacts.read(context) == []
    assert contacts.titles(context)[0] == "Intune CAT"
    with pytest.raises(NotFoundError):
        contacts.delete(context, "a")
    assert not context.store.exists()
