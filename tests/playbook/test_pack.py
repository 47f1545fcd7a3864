"""The pack that ships: the playbook's numbers, names and terms."""

import pytest

from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.values import EnterpriseStatus, Health

from .builders import PACK

TAGS = [
    "EXO", "OLM", "SPO", "OD", "OPP", "TEAMS", "YAM", "WIN10", "INTUNE", "AADP", "AIP", "MCAS",
    "IDSEC", "PROJ", "WDATP", "SDS", "CORE",
]  # fmt: skip


def test_the_seventeen_tags_stand_in_the_playbook_s_order() -> None:
    """OS-09."""
    assert list(PACK.tag_order) == TAGS
    assert list(PACK.by_tag) == TAGS
    assert [PACK.tag_order[tag] for tag in TAGS] == list(range(17))


def test_six_workloads_are_health_workloads() -> None:
    """RA-01."""
    assert PACK.health_tags == {"EXO", "SPO", "WIN10", "OPP", "AADP", "INTUNE"}


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Exchange Online", "EXO"),
        ("exchange", "EXO"),
        ("[EXO]", "EXO"),
        ("Outlook Mobile", "OLM"),
        ("SharePoint Online", "SPO"),
        ("OneDrive for Business", "OD"),
        ("OneDrive", "OD"),
        ("Office ProPlus", "OPP"),
        ("Office 365 ProPlus", "OPP"),
        ("Microsoft 365 Apps for enterprise", "OPP"),
        ("M365 Apps", "OPP"),
        ("Microsoft Teams", "TEAMS"),
        ("Yammer", "YAM"),
        ("Viva Engage", "YAM"),
        ("Win10", "WIN10"),
        ("Windows 10", "WIN10"),
        ("Microsoft Intune", "INTUNE"),
        ("Azure AD Premium", "AADP"),
        ("Azure Active Directory Premium", "AADP"),
        ("Microsoft Entra ID P1/P2", "AADP"),
        ("Microsoft Entra ID P2", "AADP"),
        ("ENTRA-ID P1", "AADP"),
        ("Azure Information Protection", "AIP"),
        ("Microsoft Purview Information Protection", "AIP"),
        ("Microsoft Cloud App Security", "MCAS"),
        ("Defender for Cloud Apps", "MCAS"),
        ("Microsoft Defender for Cloud Apps", "MCAS"),
        ("Identity Security", "IDSEC"),
        ("Project Online", "PROJ"),
        ("Windows Defender ATP", "WDATP"),
        ("Defender for Endpoint", "WDATP"),
        ("Microsoft Defender for Endpoint", "WDATP"),
        ("School Data Sync", "SDS"),
        ("Classroom / School Data Sync (SDS)", "SDS"),
        ("core", "CORE"),
    ],
)
def test_a_workload_is_known_by_the_names_of_then_and_now(name: str, tag: str) -> None:
    """OS-09: products were renamed after the playbook was written; the tag is what stays."""
    assert PACK.tag_of(name) == tag


@pytest.mark.parametrize(
    "name",
    [
        "Windows Server AD", "AD FS", "Azure AD B2C", "Active Directory", "Entra ID B2C",
        "Windows Server", "Defender", "Exchange Server", "SharePoint Server", "Power BI", "", "?",
    ],
)  # fmt: skip
def test_what_was_not_renamed_and_what_is_something_else_stands_for_no_workload(name: str) -> None:
    """OS-09: Windows Server AD, AD FS and Azure AD B2C are no names of AADP."""
    assert PACK.tag_of(name) is None


@pytest.mark.parametrize(
    ("name", "untracked"),
    [("Skype For Business", True), ("skype-for-business", True), ("Exchange", False), ("", False)],
)
def test_services_without_a_tag_are_known_as_such(name: str, untracked: bool) -> None:
    assert PACK.is_untracked(name) is untracked


def test_the_names_in_notes_are_the_playbook_s_and_today_s_stand_beside_them() -> None:
    """OS-09: the source's names are written."""
    today = {w.tag: w.today for w in PACK.workloads if w.today}
    assert PACK.by_tag["AADP"].name == "Azure Active Directory Premium"
    assert today["AADP"] == "Microsoft Entra ID P1/P2"
    assert today["OPP"] == "Microsoft 365 Apps for enterprise"
    assert today["YAM"] == "Viva Engage"
    assert today.keys() == {"OPP", "YAM", "AADP", "AIP", "MCAS", "WDATP"}


def test_the_cadences_and_thresholds_are_the_playbook_s() -> None:
    """ES-01, ES-03, ES-04, FR-05, FR-07, RA-04, RA-09, RA-12, RA-15, RA-16, EN-18, FR-01."""
    days, limits = PACK.cadence, PACK.thresholds
    assert (days.fortnightly.due_soon, days.fortnightly.due, days.fortnightly.limit) == (11, 14, 21)
    assert days.quarterly.due_soon == 14
    assert (days.frp_review.due_soon, days.frp_review.due) == (7, 14)
    assert (days.frp_data.due_soon, days.frp_data.due) == (7, 7)
    assert (limits.architect_ranks, limits.ranked_customers) == (500, 1500)
    assert (limits.level_4_users, limits.partner_prefix) == (50_000, "FTP")
    assert (limits.nomination_days, limits.review_interval_days) == (7, 42)
    assert (limits.milestones, limits.contact_stale_days) == ((15, 40), 90)
    assert limits.outdated_usage_points == 10


def test_each_fiscal_year_has_its_priorities() -> None:
    """RA-03: a list a fiscal year."""
    assert PACK.priorities["FY27"]
    for year, items in PACK.priorities.items():
        assert year.startswith(PACK.year.label)
        assert len(set(items)) == len(items) > 0


def test_the_terms_of_the_enterprise_note_are_the_playbook_s() -> None:
    """ES-05, ES-06, ES-07, ES-09, ES-16."""
    terms = PACK.enterprise
    assert terms.ranked_reason == "Major Brand"
    assert terms.ranked_reason in terms.reasons
    assert terms.levels == (3, 4)
    assert terms.status.keys() == set(EnterpriseStatus)
    assert terms.summary_labels == (
        "High Level Topic:", "Brief Description:", "Impact:", "Action(s):", "Progress:",
    )  # fmt: skip
    assert len(terms.objectives) == 4


def test_the_customer_is_described_by_four_things() -> None:
    """OS-06: industry, structure, size and recent news."""
    assert PACK.exec_summary.customer_covers == ("industry", "structure", "size", "recent news")


def test_contacts_have_titles_to_begin_with() -> None:
    """RA-10."""
    assert PACK.contact_titles[:2] == ("Intune CAT", "GTP")


def test_worse_health_counts_for_more_and_unset_for_something() -> None:
    """RA-18."""
    points = [PACK.health_points(health) for health in Health]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == 4
    assert PACK.health_points(None) > 0


def test_a_nearer_renewal_counts_for_more() -> None:
    """RA-19: soonest first."""
    renewal = PACK.points.renewal
    assert tuple(renewal) == PACK.thresholds.renewal_days
    assert list(renewal.values()) == sorted(renewal.values(), reverse=True)


def test_a_pack_is_a_value() -> None:
    """Two readings of the same data are equal; nothing in it can be set."""
    assert isinstance(PACK, Pack)
    with pytest.raises(AttributeError):
        PACK.year = PACK.year  # type: ignore[misc]
