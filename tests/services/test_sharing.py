"""What leaves the house for a partner or a customer holds nothing internal (FR-10, FR-11)."""

import html
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from ftop_tui.errors import FtopError, InputError, NotFoundError, RefusedError
from ftop_tui.playbook.audience import INTERNAL_FIELDS, Audience
from ftop_tui.services import (
    demo,
    exports,
    history,
    milestones,
    next_actions,
    portfolio,
    sharing,
)  # fmt: skip
from ftop_tui.services.context import Context
from ftop_tui.store import tables as t
from house import FABRIKAM, by_hand, import_text, make_house

TREY = "Trey Research"
MARK = "zzinternal"
RANK = 98_765_432
MADE = "2026-01-01T00:00:00+00:00"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """1,500 customers, one of the partner's with a mark in each internal text it can have."""
    context = make_house(tmp_path_factory.mktemp("many"))
    demo.build(context, 1500, 1)
    with context.writer().unit("test") as unit:
        _plant(unit.session)
    return context


@pytest.fixture
def small(context: Context) -> Context:
    demo.build(context, 12, 1)
    return context


def _plant(session: Session) -> None:
    workload = session.exec(select(t.Workload).where(t.Workload.partner == TREY)).first()
    assert workload is not None
    tenant = session.get(t.Tenant, workload.tenant_id)
    assert tenant is not None
    customer = session.get(t.Customer, tenant.customer_id)
    partner = session.exec(select(t.Partner).where(t.Partner.name == TREY)).one()
    assert customer is not None
    for name in ("industry", "fm", "fta", "business_reason", "stricter_why"):
        setattr(customer, name, f"{MARK}-{name}")
    customer.s_rank = RANK
    partner.psm = f"{MARK}-psm"
    workload.primary_rm = f"FTP {TREY} {MARK}"
    for note in session.exec(select(t.Note).where(t.Note.customer_id == customer.id)):
        note.text = f"{MARK} {note.text}"
        note.anyway = MARK
        body = json.loads(note.body)
        for field in ("text", "next_action", "risks", "awareness", "topic"):
            body[field] = f"{MARK}-{field}"
        note.body = json.dumps(body)
    whose: dict[str, Any] = {"customer_id": customer.id}
    day = date(2026, 11, 1)
    for made in (
        t.Escalation(id="x1", title=MARK, raised_on=day, **whose),
        t.Escalation(
            id="x2", title=MARK, raised_on=day, partner_id=partner.id, internal=True, **whose
        ),
        t.Record(id="x3", kind="event", day=day, who=MARK, text=MARK, source="app",
                 created_at=MADE, **whose),
        t.Contact(id="x4", section="microsoft", name=MARK, created_on=day, **whose),
        t.Contact(id="x5", section="customer", name=MARK, created_on=day, **whose),
        t.SupportRequest(id="x6", text=MARK, opened_on=day, **whose),
        t.Activity(id="x7", sort="step", title=MARK, text=MARK, due_on=day, **whose),
        t.Snooze(id="x8", what=MARK, until=day, reason=MARK, **whose),
    ):  # fmt: skip
        session.add(made)


def _texts(path: Path) -> str:
    """All text of a file, whatever its form."""
    if not zipfile.is_zipfile(path):
        return path.read_text("utf-8-sig")
    found: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                found.append(html.unescape(archive.read(name).decode()))
            elif name.endswith(".xlsx"):
                found.append(_texts(Path(archive.extract(name, path.parent / name))))
    return "\n".join(found)


def _files(context: Context, folder: Path, audience: str) -> Iterator[tuple[str, str]]:
    partner = TREY if audience == "partner" else None
    tenants = [r.facts.tenant_id for r in portfolio.load(context).ranked]
    first = _planted_tenants(context)  # so that files of a part hold them as well
    for form in exports.FORMS:
        path = folder / f"out.{form}"
        some = None if form == "json" else [*first, *tenants[:50]]
        shared = exports.export(context, path, audience=audience, partner=partner, tenant_ids=some)
        yield form, "\n".join(_texts(each) for each in (path, *shared.others))
    for form in sharing.FORMS:
        wanted = [*first, *tenants[: 200 if form == "txt" else 10]]
        path = folder / f"brief.{form}"
        sharing.write_brief(
            context, wanted, form=form, audience=audience, partner=partner, path=path
        )
        yield form, _texts(path)


def _rows(context: Context, query: str, *values: object) -> list[Any]:
    with by_hand(context.store) as connection:
        return [row[0] for row in connection.execute(query, values)]


def _planted_tenants(context: Context) -> list[str]:
    of_planted = (
        "SELECT t.id FROM tenant t JOIN customer c ON c.id = t.customer_id WHERE c.s_rank = ?"
    )
    return _rows(context, of_planted, RANK)


@pytest.mark.parametrize("audience", ["partner", "customer"])
def test_no_file_for_those_outside_holds_anything_internal(
    many: Context, tmp_path: Path, audience: str
) -> None:
    """FR-10 over 1,500 customers as data; over some of them in every other form."""
    notes = _rows(many, "SELECT text FROM note ORDER BY id LIMIT 4000")
    sentences = {part.strip() for text in notes for part in re.split(r"[\n.]", text)}
    sentences = {part for part in sentences if len(part) > 40}
    assert len(sentences) > 100
    told = sorted(sentences)[:150]
    (planted,) = _rows(many, "SELECT name FROM customer WHERE s_rank = ?", RANK)
    for form, text in _files(many, tmp_path, audience):
        assert planted in text, form
        assert MARK not in text, form
        assert str(RANK) not in text, form
        low = text.casefold()
        for word in ("enterprise status", "enterprise_status", "customer health", "s_rank",
                     "srank", "urgency", "s1500", "nominat"):  # fmt: skip
            assert word not in low, (form, word)
        if form in {"json", "txt"}:
            assert not [part for part in told if part in text], form


def test_every_field_of_an_outside_document_is_an_allowed_one(
    small: Context, tmp_path: Path
) -> None:
    for audience in ("partner", "customer"):
        partner = TREY if audience == "partner" else None
        path = tmp_path / "out.json"
        exports.export(small, path, audience=audience, partner=partner)
        document = json.loads(path.read_text("utf-8"))
        assert document.pop("audience") == audience
        assert document.pop("partner") == partner
        assert document.pop("made_on") == "2026-11-21"
        allowed = sharing.sharing(small).columns[Audience(audience)]
        assert set(document) == set(allowed)
        for kind, rows in document.items():
            for row in rows:
                assert set(row) == set(allowed[kind])
                assert not set(row) & INTERNAL_FIELDS


def test_a_partner_gets_only_the_customers_where_it_is_registered(small: Context) -> None:
    found = sharing.view(small, Audience.PARTNER, TREY.upper())
    assert found.partner == TREY
    assert {row["partner"] for row in found.table("workloads")} == {TREY}
    assert [customer.name for customer in found.customers] == ["Litware"]


@pytest.mark.parametrize(
    ("partner", "said"),
    [(None, "say which with --partner: Consolidated Messenger, Trey Research"),
     ("Nobody [/]", r"'Nobody \[/\]' is registered; there are: Consolidated Messenger, Trey")],
)  # fmt: skip
def test_which_partner_is_meant_must_be_said(
    small: Context, tmp_path: Path, partner: str | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        exports.export(small, tmp_path / "x.csv", audience="partner", partner=partner)
    assert not list(tmp_path.glob("x*"))


def test_an_internal_word_stops_the_file_and_leaves_the_old_one(
    small: Context, tmp_path: Path
) -> None:
    with small.writer().unit("test") as unit:
        workload = unit.session.exec(select(t.Workload).where(t.Workload.partner == TREY)).first()
        assert workload is not None
        workload.intent = "as for every Major-Brand"
    tenants = [r.facts.tenant_id for r in portfolio.load(small).ranked]
    for name in ("out.csv", "out.pptx"):
        path = tmp_path / name
        path.write_bytes(b"old")
        write = (
            partial(exports.export, small)
            if name.endswith("csv")
            else partial(sharing.write_brief, small, tenants, form="pptx")
        )
        with pytest.raises(RefusedError, match="nothing was written") as refused:
            write(audience="partner", partner=TREY, path=path)
        assert "intent of workloads says 'major-brand'" in refused.value.details[0]
        assert path.read_bytes() == b"old"


# Actions that were agreed


def test_a_milestone_that_usage_has_reached_is_told_as_reached(stocked: Context) -> None:
    """FR-08: those outside read what our own screens say."""
    import_text(stocked, f"TenantId,Workload,PaidUnits,ActiveUsers\n{FABRIKAM},SDS,100,15\n")
    for percent, day in ((15, date(2026, 11, 20)), (40, date(2026, 12, 20))):
        milestones.set_date(stocked, FABRIKAM, "SDS", percent, day)
    found, (slide,), _ = sharing.slides(stocked, [FABRIKAM], Audience.INTERNAL, None)
    reached = {row["percent"]: row["reached_on"] for row in found.table("milestones")}
    assert reached == {15: date(2026, 11, 21), 40: None}
    assert "SDS: 15%" not in str(slide)
    assert "SDS: 40%" in str(slide)


def test_an_action_is_seen_only_by_those_with_whom_it_was_agreed(small: Context) -> None:
    litware = next(r for r in portfolio.load(small).ranked if "itware" in (r.facts.customer or ""))
    with small.writer().unit("test") as unit:
        unit.session.add(
            t.Note(id="n1", kind="overall", customer_id=litware.facts.customer_id,
                   tenant_id=litware.facts.tenant_id, state="draft", text="x", created_at=MADE,
                   updated_at=MADE, source="app", version=1,
                   body='{"next_action": "Open the ports", "action_owner": "IT"}')
        )  # fmt: skip

    def seen(audience: Audience, partner: str | None = None) -> list[Any]:
        return [r["action"] for r in sharing.view(small, audience, partner).table("actions")]

    assert "Open the ports" in seen(Audience.INTERNAL)
    assert seen(Audience.PARTNER, TREY) == seen(Audience.CUSTOMER) == []
    assert sharing.agree(small, "n1", partner=TREY).sentence == (
        "Agreed with Trey Research: Open the ports"
    )
    assert (seen(Audience.PARTNER, TREY), seen(Audience.CUSTOMER)) == (["Open the ports"], [])
    sharing.agree(small, "n1")
    assert seen(Audience.CUSTOMER) == ["Open the ports"]
    with pytest.raises(RefusedError, match="already shared with the customer"):
        sharing.agree(small, "n1")
    history.undo(small)
    assert seen(Audience.CUSTOMER) == []
    sharing.agree(small, "n1", partner=TREY, shared=False)
    assert seen(Audience.PARTNER, TREY) == []
    with pytest.raises(NotFoundError, match="no open action"):
        sharing.agree(small, "nothing")
    next_actions.tick_off(small, "n1")
    with pytest.raises(NotFoundError):
        sharing.agree(small, "n1")


# Briefs


def test_our_own_slide_shows_both_colours_and_the_shown_name(
    small: Context, tmp_path: Path
) -> None:
    """ES-08, ES-13."""
    ranked = portfolio.load(small).ranked
    branded = next(r for r in ranked if r.facts.brand and r.facts.winner)
    path = tmp_path / "b.txt"
    sharing.write_brief(
        small, [branded.facts.tenant_id], form="txt", audience="internal", partner=None, path=path
    )
    text = path.read_text("utf-8")
    assert text.startswith(f"{branded.facts.brand}\n")
    assert "Customer health: " in text
    assert "Enterprise status: " in text
    exports.export(small, tmp_path / "b.json")
    assert branded.facts.name in (tmp_path / "b.json").read_text("utf-8")


def test_customers_that_are_not_the_partners_are_left_out_and_told(
    small: Context, tmp_path: Path
) -> None:
    tenants = [r.facts.tenant_id for r in portfolio.load(small).ranked]
    shared = sharing.write_brief(
        small, tenants, form="md", audience="partner", partner=TREY, path=tmp_path / "b.md"
    )
    assert shared.warnings == ("11 customers were left out: Trey Research is not registered there",)
    others = [r.facts.tenant_id for r in portfolio.load(small).ranked if not r.facts.has_frp]
    with pytest.raises(RefusedError, match="Trey Research is registered on no workload"):
        sharing.write_brief(
            small, others, form="md", audience="partner", partner=TREY, path=tmp_path / "c.md"
        )


@pytest.mark.parametrize("name", ["none/b.md", ".", "data/ftop-tui.sqlite3", "x\x00y"])
def test_a_path_that_cannot_be_written_is_told(small: Context, tmp_path: Path, name: str) -> None:
    tenant = portfolio.load(small).ranked[0].facts.tenant_id
    before = small.store.read_bytes()
    with pytest.raises(FtopError, match="cannot be written"):
        sharing.write_brief(
            small, [tenant], form="md", audience="internal", partner=None, path=tmp_path / name
        )
    with pytest.raises(FtopError, match="cannot be written"):
        exports.export(small, tmp_path / name, form="csv")
    assert small.store.read_bytes() == before
    assert not list(tmp_path.glob(".ftop-tui-*"))
