"""`escalation` and `contact` from outside."""

from typing import Any

import pytest

from ftop_tui.services.context import Context
from ftop_tui.store.tables import Partner
from house import FABRIKAM, RunCli, dump

_ESCALATION = [
    "id", "customer_id", "tenant_id", "name", "workload", "title", "raised_by", "raised_on",
    "origin", "partner", "psm", "open", "days", "resolved_on", "resolution", "entries",
]  # fmt: skip
_CONTACT = [
    "id", "customer_id", "section", "name", "title", "role", "email", "phone", "partner",
    "verified_on", "created_on", "stale", "duplicates",
]  # fmt: skip


@pytest.fixture
def partnered(stocked: Context) -> Context:
    """A store with a partner and its PSM."""
    with stocked.writer().unit("test") as unit:
        unit.session.add(Partner(id="p1", name="Relecloud", psm="Kim Akers"))
    return stocked


def test_an_escalation_from_being_raised_to_being_reopened(
    partnered: Context, run_cli: RunCli
) -> None:
    """RA-08, FR-13: with the notified parties and times; FR-03: with the PSM."""
    added = run_cli(
        "escalation", "add", "Fabrikam Foods", "--title", "Mail is slow", "--by", "IT director",
        "--external", "--workload", "exo", "--partner", "Relecloud", "--on", "2026-11-18",
        "--heard", "IT director", "Help desk", "--notified", "PSM@9:10", "FM",
        "--text", "Since the last change",
    )  # fmt: skip
    assert (added.status, added.stderr) == (0, b"")
    key = added.text.strip()
    said = run_cli(
        "escalation", "log", key[:8], "--sort", "notified", "--who", "FTA", "--text", "By phone",
        "--on", "2026-11-18", "--at", "10:00",
    )  # fmt: skip
    assert said.text == "Logged for Mail is slow: notified, FTA\n"
    shown = run_cli("escalation", "show", key).text
    assert "PSM Kim Akers" in shown
    assert "open 3 days" in shown
    assert "2026-11-18  09:10  notified  PSM" in shown
    document = run_cli("escalation", "show", key, "--json").json
    assert list(document) == _ESCALATION
    assert (document["workload"], document["origin"], document["psm"]) == (
        "EXO", "external", "Kim Akers",
    )  # fmt: skip
    assert document["entries"][0] == {
        "sort": "notified", "day": "2026-11-18", "at": "09:10", "who": "PSM", "text": None,
    }  # fmt: skip
    assert run_cli("escalation", "resolve", key, "--text", "Rebuilt").status == 0
    assert run_cli("escalation", "list", "--json").json == []
    assert run_cli("escalation", "list", "--all", "--json").json[0]["resolution"] == "Rebuilt"
    assert run_cli("escalation", "reopen", key).text == "Reopened Mail is slow\n"
    assert "Relecloud · PSM Kim Akers" in run_cli("escalation", "list", "Fabrikam Foods").text


def test_an_escalation_is_edited_deleted_and_brought_back(
    stocked: Context, run_cli: RunCli
) -> None:
    key = run_cli("escalation", "add", FABRIKAM, "--title", "Mail", "--json").json["id"]
    run_cli("escalation", "edit", key, "--title", "Post", "--internal", "--workload", "SPO")
    document = run_cli("escalation", "show", key, "--json").json
    assert (document["title"], document["origin"], document["workload"]) == (
        "Post", "internal", "SPO",
    )  # fmt: skip
    assert run_cli("escalation", "delete", key).text == "Deleted the escalation Post\n"
    assert run_cli("escalation", "show", key).status == 2
    assert "Deleted the escalation Post" in run_cli("undo").text
    assert run_cli("escalation", "show", key).status == 0


@pytest.mark.parametrize(
    "more",
    [
        ("--on", "2026-11-22"),
        ("--on", "soon"),
        ("--notified", "PSM@25:00"),
        ("--partner", "Nobody"),
        ("--workload", "NOPE"),
        ("--internal", "--external"),
    ],
)
def test_a_bad_call_raises_nothing(
    stocked: Context, run_cli: RunCli, more: tuple[str, ...]
) -> None:
    before = dump(stocked.store)
    result = run_cli("escalation", "add", FABRIKAM, "--title", "Mail", *more)
    assert (result.status, result.stdout) == (2, b"")
    assert result.error.count("\n") == 1
    assert dump(stocked.store) == before


def test_an_escalation_is_not_resolved_before_it_was_raised(
    stocked: Context, run_cli: RunCli
) -> None:
    key = run_cli("escalation", "add", FABRIKAM, "--title", "Mail").text.strip()
    for day in ("2026-11-20", "2026-11-22"):
        assert run_cli("escalation", "resolve", key, "--text", "x", "--on", day).status == 2
    assert run_cli("escalation", "show", key, "--json").json["open"] is True


def _contacts(run_cli: RunCli, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_cli("contact", "list", *more, "--json").json
    return found


def test_contacts_are_added_listed_edited_and_verified(partnered: Context, run_cli: RunCli) -> None:
    """RA-09, RA-10."""
    key = run_cli(
        "contact", "add", "Fabrikam Foods", "--section", "partner", "--name", "Lee Gu", "--title",
        "Wave lead", "--role", "poc", "--email", "lee@relecloud.com", "--phone", "+1 555 0100",
        "--partner", "Relecloud", "--verified", "2026-08-01",
    ).text.strip()  # fmt: skip
    (document,) = _contacts(run_cli)
    assert list(document) == _CONTACT
    assert (document["id"], document["partner"], document["stale"]) == (key, "Relecloud", True)
    assert len(_contacts(run_cli, "--stale")) == 1
    assert run_cli("contact", "edit", key[:8], "--name", "Lee Gu Li").status == 0
    assert "Lee Gu Li" in run_cli("contact", "list", FABRIKAM).text
    assert run_cli("contact", "verify", key, "--on", "2026-11-20").status == 0
    assert _contacts(run_cli, "--stale") == []
    assert run_cli("contact", "verify", "--all", "Fabrikam Foods").status == 0
    assert _contacts(run_cli)[0]["verified_on"] == "2026-11-21"
    assert run_cli("contact", "delete", key).text == "Deleted the contact Lee Gu Li\n"
    assert _contacts(run_cli) == []


def test_duplicates_are_listed_and_merged(stocked: Context, run_cli: RunCli) -> None:
    for name, email in (("Kim Akers", ""), ("KIM AKERS", "kim@contoso.com"), ("Lee Gu", "")):
        run_cli("contact", "add", FABRIKAM, "--section", "customer", "--name", name,
                "--email", email)  # fmt: skip
    twice = _contacts(run_cli, "--duplicates")
    assert {contact["name"] for contact in twice} == {"Kim Akers", "KIM AKERS"}
    assert twice[0]["duplicates"] == [twice[1]["id"]]
    assert "duplicate" in run_cli("contact", "list").text
    merged = run_cli("contact", "merge", *(contact["id"] for contact in twice))
    assert merged.text == "Merged 2 contacts into KIM AKERS\n"
    assert _contacts(run_cli, "--duplicates") == []


def test_an_odd_address_of_mail_warns_and_is_kept(stocked: Context, run_cli: RunCli) -> None:
    result = run_cli("contact", "add", FABRIKAM, "--section", "customer", "--name", "Kim",
                     "--email", "kim at contoso", "--json")  # fmt: skip
    assert (result.status, result.json["email"]) == (0, "kim at contoso")
    assert "does not look like an e-mail address" in result.error
    edited = run_cli("contact", "edit", result.json["id"], "--email", "kim@", "--json")
    assert (edited.json["email"], "does not look like" in edited.error) == ("kim@", True)


@pytest.mark.parametrize(
    "call",
    [
        ("add", FABRIKAM, "--section", "vendor", "--name", "Kim"),
        ("add", FABRIKAM, "--section", "customer", "--name", "Kim", "--verified", "2026-11-22"),
        ("verify",),
        ("verify", "x", "--all", FABRIKAM),
        ("verify", "no-such-id"),
        ("delete", "no-such-id"),
        ("merge", "no-such-id"),
        ("edit", "no-such-id", "--name", "x"),
    ],
)
def test_a_bad_call_about_contacts_changes_nothing(
    stocked: Context, run_cli: RunCli, call: tuple[str, ...]
) -> None:
    before = dump(stocked.store)
    result = run_cli("contact", *call)
    assert (result.status, result.stdout) == (2, b"")
    assert dump(stocked.store) == before


@pytest.mark.parametrize("command", ["escalation", "contact"])
def test_an_empty_or_absent_store_is_an_empty_array(
    command: str, context: Context, run_cli: RunCli
) -> None:
    result = run_cli(command, "list", "--json")
    assert (result.status, result.json) == (0, [])
    assert not context.store.exists()


def test_show_names_open_escalations_with_the_psm_and_stale_contacts(
    partnered: Context, run_cli: RunCli
) -> None:
    """FR-03, RA-08, RA-09."""
    run_cli("escalation", "add", FABRIKAM, "--title", "Mail is slow", "--workload", "EXO",
            "--partner", "Relecloud", "--on", "2026-11-18")  # fmt: skip
    for name, day in (("Kim Gu", "2026-11-01"), ("Lee Gu", "2026-03-01"), ("Al Gu", "2026-02-01")):
        run_cli("contact", "add", FABRIKAM, "--section", "customer", "--name", name,
                "--verified", day)  # fmt: skip
    shown = run_cli("show", FABRIKAM, "--json").json
    assert shown["escalations"] == ["Mail is slow"]
    (escalation,) = shown["open_escalations"]
    assert list(escalation) == ["id", "title", "workload", "raised_on", "days", "partner", "psm"]
    assert (escalation["days"], escalation["psm"]) == (3, "Kim Akers")
    assert [contact["name"] for contact in shown["stale_contacts"]] == ["Al Gu", "Lee Gu"]
    text = run_cli("show", FABRIKAM).text
    assert "OPEN ESCALATIONS" in text
    assert "psm: Kim Akers" in text
    assert text.count("Mail is slow") == 1


@pytest.mark.parametrize("sort", ["escalation", "contact"])
def test_to_edit_nothing_is_refused(sort: str, stocked: Context, run_cli: RunCli) -> None:
    """It would say that something was changed, and leave a step to undo."""
    more = ("--section", "customer", "--name", "Mina") if sort == "contact" else ("--title", "Slow")
    key = run_cli(sort, "add", FABRIKAM, *more).text.strip()
    before = dump(stocked.store)
    result = run_cli(sort, "edit", key)
    assert result.status == 2
    assert "say what to change" in result.error
    assert dump(stocked.store) == before
