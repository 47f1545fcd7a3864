"""What the linter finds in an entitlement note, and where (EN-01 to EN-20)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.errors import PackError
from ftop_tui.exchange.pack_file import load_pack, shipped
from ftop_tui.playbook.lint import Linter, LintPack, NoteContext, OtherNote, replaced
from ftop_tui.playbook.lint.rules import RULES
from ftop_tui.playbook.templates import Templates
from ftop_tui.playbook.values import EntitlementStatus, Finding, Severity

PACK = LintPack.read(shipped("lint"))
WORKLOADS = load_pack().workloads
TEMPLATES = Templates.read(shipped("templates"))
LINTER = Linter(PACK, TEMPLATES, WORKLOADS)
WHY = "because the Cisco proxy drops the traffic"
GREAT = f"Customer will not deploy {WHY}."


def found(
    text: str,
    status: str = "blocked",
    workload: str = "EXO",
    rule: str | None = None,
    **more: object,
) -> list[Finding]:
    context = NoteContext(workload, EntitlementStatus(status), **more)  # type: ignore[arg-type]
    findings = LINTER.judge(text, context).findings
    return [f for f in findings if rule is None or f.rule == rule]


def marked(text: str, status: str, rule: str, **more: str) -> list[tuple[str, str]]:
    """The severity and the marked characters of each finding of a rule."""
    hits = found(text, status, rule=rule, **more)
    return [(f.severity.value, text[f.start : f.end]) for f in hits]


def rules(text: str, status: str, **more: str) -> list[str]:
    return [f.rule for f in found(text, status, **more)]


class TestConcise:
    """EN-01, EN-15."""

    def test_two_sentences_are_fine(self) -> None:
        assert marked(f"{GREAT} It is leased.", "blocked", "EN-01") == []

    def test_the_third_sentence_is_an_information(self) -> None:
        text = f"{GREAT} It is leased. It stays."
        assert marked(text, "blocked", "EN-01") == [("info", "It stays.")]

    def test_the_surplus_of_four_sentences_is_marked_for_an_overall_note(self) -> None:
        text = f"{GREAT} It is leased. It stays. It hums."
        assert marked(text, "blocked", "EN-01") == [("warn", "It stays. It hums.")]

    @pytest.mark.parametrize(("extra", "count"), [(51, 0), (52, 1)])
    def test_sixty_words_pass_and_one_more_does_not(self, extra: int, count: int) -> None:
        text = f"Customer will not deploy because the Cisco proxy drops{' traffic' * extra}."
        assert len(text.split()) == 9 + extra
        assert len(found(text, rule="EN-01")) == count

    def test_an_abbreviation_or_a_version_ends_no_sentence(self) -> None:
        text = f"Customer will not deploy {WHY}, e.g. version 5.2 of it, i.e. the leased one."
        assert found(text, rule="EN-01") == []


class TestIntent:
    """EN-02, EN-05."""

    @pytest.mark.parametrize(
        "text", ["", "  ", "-", "?", "N/A", "n/a.", "(blank)", "\n", "TBD", "…"]
    )
    def test_a_blank_note_has_one_finding_over_all_of_it(self, text: str) -> None:
        findings = found(text, "blocked")
        assert [(f.rule, f.severity.value, f.start, f.end) for f in findings] == [
            ("EN-02", "error", 0, len(text))
        ]

    def test_a_note_that_states_nothing_is_an_error(self) -> None:
        text = "The sky over Lisbon."
        assert marked(text, "in_progress", "EN-02") == [("error", text)]

    def test_a_blocked_note_without_a_plain_word_is_warned(self) -> None:
        assert [s for s, _ in marked("The sky over Lisbon.", "blocked", "EN-05")] == ["warn"]

    @pytest.mark.parametrize(
        "words",
        ["will not deploy", "cannot onboard", "does not intend to deploy", "is not interested",
         "has no need for it", "is prohibited from deploying", "is unable to deploy"],
    )  # fmt: skip
    def test_an_equivalent_of_a_plain_word_will_do(self, words: str) -> None:
        assert found(f"Customer {words} {WHY}.", rule="EN-05") == []


class TestCause:
    """EN-03, EN-08, EN-10, EN-17."""

    @pytest.mark.parametrize("status", ["blocked", "no_intent"])
    def test_a_bare_verdict_lacks_its_cause(self, status: str) -> None:
        text = "Customer will not deploy."
        assert marked(text, status, "EN-03") == [("error", text)]

    @pytest.mark.parametrize(
        "text",
        [
            "Customer will not deploy because of cost.",
            "Customer will not deploy due to cost.",
            "Customer will not deploy as the price is high.",
            "Customer will not deploy since the price is high.",
            "Customer will not deploy owing to cost.",
            "Customer will not deploy: cost.",
            "Customer will not deploy - cost.",
            "Due to cost, customer will not deploy.",
            "Until the merger is complete, customer will not deploy.",
            "Customer sees no value.",
            "Customer will not deploy, lack of features.",
        ],
    )
    def test_every_form_of_a_cause_is_one(self, text: str) -> None:
        assert found(text, "no_intent", rule="EN-03") == []

    def test_since_with_a_date_is_no_cause(self) -> None:
        assert found("Customer is blocked since 2019.", rule="EN-03")

    def test_as_well_as_is_no_cause(self) -> None:
        assert found("Customer will not deploy this as well.", rule="EN-03")

    def test_a_label_before_the_statement_is_no_cause(self) -> None:
        assert found("Exchange: customer will not deploy.", rule="EN-03")

    def test_a_general_cause_of_a_block_asks_for_the_limitation(self) -> None:
        text = "Customer will not deploy due to specific infrastructure on-prem."
        assert marked(text, "blocked", "EN-17") == [("warn", "specific infrastructure on-prem")]
        assert found(text, "no_intent", rule="EN-17") == []

    def test_a_named_limitation_does_not(self) -> None:
        assert found(GREAT, rule="EN-17") == []

    def test_duplicates_without_a_cause_are_told_so_once(self) -> None:
        text = "These seats are duplicate."
        assert rules(text, "duplicate") == ["EN-10"]
        assert marked(text, "duplicate", "EN-10") == [("error", text)]

    def test_duplicates_with_a_cause_are_fine(self) -> None:
        text = "Duplicate: the 300 seats are counted on Fabrikam's tenant too."
        assert found(text, "duplicate") == []


class TestHedges:
    """EN-04."""

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (f"Currently the customer will not deploy {WHY}.", ["Currently"]),
            (f"Customer will not deploy for now {WHY}.", ["for now"]),
            (f"Customer has not deployed yet {WHY}.", ["yet"]),
            (f"Customer will not yet deploy {WHY}.", ["yet"]),
            (f"Customer will not deploy for  now, currently, {WHY}.", ["for  now", "currently"]),
            (f"Customer will not deploy yet, {WHY}.", ["yet"]),
            (f"Customer has yet to deploy {WHY}.", ["yet"]),
            (f"The date, yet to be decided, is unknown {WHY}.", ["yet"]),
            (f"As yet it is blocked {WHY}.", ["yet"]),
            ("The customer has not finished the largest wave yet, 40 users.", ["yet"]),
            ("The test is running, the latest build is not out yet.", ["yet"]),
        ],
    )
    def test_each_word_is_marked_at_its_place(self, text: str, words: list[str]) -> None:
        assert marked(text, "blocked", "EN-04") == [("warn", word) for word in words]

    @pytest.mark.parametrize(
        "text",
        [
            f"Customer will not deploy {WHY}, yet another Cisco fault.",
            "Customer cannot deploy because the currency field of the yeti module fails in SAP.",
            f"The pilot was fine, yet the customer will not deploy {WHY}.",
            f"The pilot was fine. Yet they will not deploy {WHY}.",
            f"The pilot was fine and yet customer will not deploy {WHY}.",
            "The pilot went well, yet 40 users in Lyon lost calendar entries.",
            "Customer, yet cautious, is migrating 300 mailboxes a week.",
            "A slow yet steady stream of 300 mailboxes is migrated each week.",
            "Wave 3 with 400 mailboxes is the biggest one yet.",
            "The most complex batch yet, 40 mailboxes in Lyon, is being moved.",
        ],
    )
    def test_other_meanings_and_parts_of_words_are_not(self, text: str) -> None:
        assert found(text, rule="EN-04") == []

    @pytest.mark.parametrize(
        ("text", "better"),
        [
            (f"Customer will not deploy for now {WHY}.", f"Customer will not deploy {WHY}."),
            (f"Customer will not deploy {WHY} for now.", f"Customer will not deploy {WHY}."),
            (f"Customer currently will not deploy {WHY}.", f"Customer now will not deploy {WHY}."),
            (f"For now customer will not deploy {WHY}.", f"Customer will not deploy {WHY}."),
            (f"Currently customer will not deploy {WHY}.", f"Now customer will not deploy {WHY}."),
        ],
    )
    def test_the_rewrite_leaves_no_hole(self, text: str, better: str) -> None:
        (finding,) = found(text, rule="EN-04")
        assert replaced(text, finding) == better

    def test_all_rewrites_at_once_leave_nothing_to_rewrite(self) -> None:
        text = f"Currently customer will not yet deploy {WHY} for now."
        safe = LINTER.made_safe(text, found(text))
        assert safe == f"Now customer will not deploy {WHY}."
        assert found(safe, rule="EN-04") == []

    def test_which_rewrites_are_safe_is_data(self) -> None:
        text = f"Customer will not deploy for now {WHY}."
        (finding,) = found(text, rule="EN-04")
        assert LINTER.is_safe(finding)
        assert not LINTER.is_safe(finding._replace(rule="EN-12"))
        assert not LINTER.is_safe(finding._replace(suggestion=None))


class TestTemplates:
    """EN-06."""

    @pytest.mark.parametrize("template", TEMPLATES.lines, ids=lambda t: t.line[:40])
    def test_every_unfilled_slot_is_an_error_at_its_place(self, template) -> None:  # type: ignore[no-untyped-def]
        slots = [slot for slot in template.slots if slot.name != template.select]
        hits = found(template.line, template.status.value, rule="EN-06")
        assert [(f.severity, f.start, f.end) for f in hits] == [
            (Severity.ERROR, slot.start, slot.end) for slot in slots
        ]

    @pytest.mark.parametrize("template", TEMPLATES.lines, ids=lambda t: t.line[:40])
    @pytest.mark.parametrize("filler", ["Intune", "the proxy", "licensing", "pilot"])
    def test_a_filled_line_is_never_an_error(self, template, filler: str) -> None:  # type: ignore[no-untyped-def]
        text = template.line
        for slot in reversed(template.slots):
            text = text[: slot.start] + filler + text[slot.end :]
        findings = found(text, template.status.value)
        assert [f for f in findings if f.severity is Severity.ERROR] == []

    def test_a_tag_in_brackets_is_no_slot(self) -> None:
        assert found(f"[EXO] {GREAT}", rule="EN-06") == []


class TestBlockers:
    """EN-07."""

    def test_of_two_blockers_the_first_is_to_be_named_primary(self) -> None:
        text = "Cannot deploy because of Cisco proxies and due to a lack of E3 licenses."
        assert [s for s, _ in marked(text, "blocked", "EN-07")] == ["warn"]

    def test_a_string_of_nouns_is_more_than_one(self) -> None:
        text = "Cannot deploy because of cloud/data/legal issues."
        assert marked(text, "blocked", "EN-07") == [("warn", "cloud/data/legal issues")]

    def test_one_blocker_is_enough(self) -> None:
        assert found(GREAT, rule="EN-07") == []


class TestUnresponsive:
    """EN-09."""

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("Customer unresponsive.", 2),
            ("Customer unresponsive to multiple contact attempts. Managed account.", 1),
            ("Customer unresponsive to 3 contact attempts.", 1),
            ("Customer unresponsive to 3 contact attempts. Managed customer.", 0),
            ("No reply to two emails and three calls. The tenant is unmanaged.", 0),
            ("Called four times, nobody answered; unmanaged account.", 0),
        ],
    )
    def test_attempts_and_kind_of_account_are_asked_for(self, text: str, count: int) -> None:
        hits = found(text, "unknown", rule="EN-09")
        assert [f.severity for f in hits] == [Severity.WARN] * count


class TestFigures:
    """EN-11."""

    @pytest.mark.parametrize(
        "text",
        ["usage 0.0%", "Usage: 12 %", "L1 Blocked", "45%", "L1: In Progress, usage 3%",
         "MAU 4,900 of 12,000.", "31% of licences are used.", "500 users are active.",
         "4,900 active users of 12,000 paid units.", "Usage is growing, 31% in October.",
         "Only 12 active users in the last 28 days.", "Active usage rose to 46% in October.",
         "The customer has 9,000 licenses, 4,100 of them in use.",
         "Customer has no intent for this workload or usage 0.0%."],
    )  # fmt: skip
    def test_usage_or_l1_alone_is_an_error(self, text: str) -> None:
        assert marked(text, "no_intent", "EN-11") == [("error", text)]

    @pytest.mark.parametrize("status", ["in_progress", "blocked", "no_intent", "unknown"])
    @pytest.mark.parametrize("text", ["31% of licences are used.", "0 active users.", "Usage 3%"])
    def test_of_usage_alone_nothing_else_is_said(self, text: str, status: str) -> None:
        assert rules(text, status) == ["EN-11"]

    def test_active_users_beside_progress_are_a_detail_of_it(self) -> None:
        assert found("Onboarding underway, 500 users are active.", "in_progress") == []

    @pytest.mark.parametrize("text", ["In progress.", "Working on it.", "Onboarding underway."])
    def test_a_bare_progress_phrase_is_warned(self, text: str) -> None:
        assert marked(text, "in_progress", "EN-11") == [("warn", text)]

    @pytest.mark.parametrize(
        "text",
        ["Migration underway, 40% of mailboxes moved.", "40% of mailboxes migrated.",
         "Onboarding underway: 40% of the mailboxes are in the cloud.",
         "Migration is 60% complete.", "Onboarding underway, 35% of users migrated."],
    )  # fmt: skip
    def test_how_far_a_deployment_is_is_no_usage(self, text: str) -> None:
        assert found(text, "in_progress", rule="EN-11") == []

    def test_usage_beside_a_why_is_no_error(self) -> None:
        assert found(f"Usage is 2%. {GREAT}", rule="EN-11") == []


class TestNews:
    """EN-12."""

    @pytest.mark.parametrize(
        "news",
        ["Scheduling kickoff meeting to gather intent of workload.",
         "The FM continues to meet with customer regularly for sync calls.",
         "Kickoff call scheduled for Monday.", "ATU is involved to find a solution.",
         "Sent the customer the onboarding guide.", "Workshop delivered on 12 May.",
         "Introduced the FE to the customer.",
         "Waiting for the customer to confirm the meeting date."],
    )  # fmt: skip
    def test_news_is_marked_and_nothing_else(self, news: str) -> None:
        assert marked(f"{GREAT} {news}", "blocked", "EN-12") == [("warn", news)]


class TestCopies:
    """EN-13."""

    def test_the_same_note_on_another_workload_is_named(self) -> None:
        others = (OtherNote("SPO", GREAT), OtherNote("OD", "Pilot with 50 users is running."))
        (finding,) = found(GREAT, rule="EN-13", others=others)
        assert finding.severity is Severity.WARN
        assert finding.message.startswith("SPO ")

    def test_workload_names_do_not_make_it_another_note(self) -> None:
        text = "Customer will not deploy {} because Gmail and its archive stay."
        others = (OtherNote("SPO", text.format("SharePoint Online")),)
        assert found(text.format("Exchange Online"), rule="EN-13", others=others)

    def test_an_unresponsive_customer_is_so_for_every_workload(self) -> None:
        text = "Customer unresponsive to 3 contact attempts. Managed account."
        assert found(text, "unknown", others=(OtherNote("SPO", text),)) == []

    @pytest.mark.parametrize("changed", [0, 1, 5, 10, 11, 30])
    def test_prepared_notes_are_judged_as_the_others_are(self, changed: int) -> None:
        """Nine tenths of the characters, wherever the other words stand."""
        words = [f"word{n:02}" for n in range(100)]
        spread = [
            f"else{n:02}" if n % 3 == 1 and n < 3 * changed else w for n, w in enumerate(words)
        ]
        text, other = f"Blocked because {' '.join(words)}", f"Blocked because {' '.join(spread)}"
        raw = (OtherNote("SPO", other),)
        told = found(text, rule="EN-13", others=raw)
        assert told == found(text, rule="EN-13", others=LINTER.others(raw))
        assert bool(told) == (changed <= 10)

    def test_another_text_is_fine(self) -> None:
        others = (OtherNote("SPO", "Customer stays on Box for its research portal."),)
        assert found(GREAT, rule="EN-13", others=others) == []

    def test_migration_does_not_apply_to_proplus(self) -> None:
        text = "Migration is under way for 300 users."
        assert marked(text, "in_progress", "EN-13", workload="OPP") == [("warn", "Migration")]
        assert marked(text, "in_progress", "EN-13", workload="EXO") == []

    @pytest.mark.parametrize(
        "text",
        ["Mailbox migration is underway, 400 of 900 mailboxes moved.",
         "Onboarding is underway, focusing on migration of file shares."],
    )  # fmt: skip
    def test_nor_does_what_is_migrated_for_another_workload(self, text: str) -> None:
        assert [word for _, word in marked(text, "in_progress", "EN-13", workload="OPP")]

    @pytest.mark.parametrize(
        "text",
        ["Rollout to 300 users starts after the Exchange migration.",
         "Rollout to 300 users starts once the mailbox migration is finished.",
         "Pilot of 300 users runs alongside the tenant migration to Fabrikam.",
         "Unable to deploy because of mailbox migration problems.",
         "Customer blocked because of the mailbox migration until it is done."],
    )  # fmt: skip
    def test_the_migration_of_another_workload_is_fine(self, text: str) -> None:
        assert marked(text, "in_progress", "EN-13", workload="OPP") == []


class TestDeclinedHelp:
    """EN-14."""

    @pytest.mark.parametrize(
        "text",
        ["Customer declined FastTrack assistance.",
         "No intent because customer declined the FTC benefit.",
         "Customer has no intent as they use a partner to deploy.",
         "No intent because their own staff will deploy it.",
         "Customer has no intent because they declined FastTrack on 3 March 2026.",
         "No intent as FTC benefit was declined in May 2026.",
         "No intent: FastTrack was declined and a partner, Adatum, deploys.",
         "No intent since Adatum, their partner, does the deployment.",
         "No intent because their in-house team deploys it since 2025-03-01.",
         "No intent, Contoso Consulting (partner) is doing the migration.",
         "No intent because the partner (Adatum) does the deployment.",
         "No intent because they prefer to work with Adatum instead of FastTrack.",
         "No intent; own IT staff is doing the deployment.",
         "Customer has no intention to use FastTrack.",
         "No intent to leverage FTC.",
         "No intent to use FTC because they trust Accenture for the deployment.",
         "Customer has no intent because they prefer their own consultants.",
         "Customer not interested in deploying workload due to preference for own engineers.",
         "Customer declined FastTrack because they have no time.",
         "Customer declined FTC as they prefer to deploy with Adatum.",
         "No intent: Accenture will do the rollout.",
         "No intent because Adatum does the rollout for them.",
         "No intent because Adatum was hired to handle the migration.",
         "No intent because a service provider looks after it.",
         "No intent as the deployment is done by Adatum.",
         "No intent because they outsource the rollout to Adatum.",
         "No intent because they have enough internal expertise to deploy.",
         "Customer has an internal deployment team and therefore no intent.",
         "Customer has no intent because a third party is handling everything.",
         "No intent as customer is self-deploying.",
         "They do not need our help.",
         "No intent due to engagement with MCS.",
         "No intent because they signed with Adatum for deployment services.",
         "FastTrack is not needed because Adatum, a consulting firm, manages the deployment."],
    )  # fmt: skip
    def test_declining_help_is_no_lack_of_intent(self, text: str) -> None:
        assert [f.severity for f in found(text, "no_intent", rule="EN-14")] == [Severity.ERROR]

    @pytest.mark.parametrize(
        "text",
        ["Customer declined FTC help and has no intent because Slack is the standard.",
         "Customer declined FastTrack in May and has no intent because Lotus Notes is leased.",
         "Customer has no intent because they prefer Box and their consultants advise against it.",
         "Customer has no intent because their partner recommended Box for all documents.",
         "Customer has no intent because their own team built a document system in Java.",
         "Customer does not want FastTrack, and the service has no value for them.",
         "No intent because they use a partner portal.",
         "Because Capgemini deploys Google Workspace for the group, no intent.",
         "No intent since Alfresco implements retention."],
    )  # fmt: skip
    def test_with_another_cause_it_is_none_of_our_business(self, text: str) -> None:
        assert found(text, "no_intent", rule="EN-14") == []

    def test_a_partner_in_the_why_hides_no_statement(self) -> None:
        text = "Customer has no intent because the reseller bundled Box with the fibre line."
        assert found(text, "no_intent") == []

    def test_it_is_no_error_in_other_statuses(self) -> None:
        text = "Customer deploys with a partner, pilot of 50 users is running."
        assert found(text, "in_progress", rule="EN-14") == []


class TestStatus:
    """EN-20."""

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("Pilot with 50 users is underway.", "no_intent"),
            (f"Customer has no intent {WHY}.", "in_progress"),
            (f"Customer has no intent {WHY}.", "blocked"),
            (f"Customer is blocked {WHY}.", "no_intent"),
            ("Customer unresponsive to 3 contact attempts. Managed account.", "in_progress"),
        ],
    )
    def test_a_text_of_another_status_is_warned(self, text: str, status: str) -> None:
        assert marked(text, status, "EN-20") == [("warn", text)]

    def test_reasons_belong_to_their_status(self) -> None:
        assert found(GREAT, rule="EN-20", l2="Technical feature gap", l3="Performance") == []
        assert found(GREAT, rule="EN-20", l2="Undecided")
        assert found(GREAT, rule="EN-20", l2="Technical feature gap", l3="Budget")

    def test_a_kind_of_blocker_is_for_blocked_notes(self) -> None:
        assert found(GREAT, rule="EN-20", blocker_kind="License issue") == []
        assert found(GREAT, "no_intent", rule="EN-20", blocker_kind="License issue")


class TestGradeFinding:
    """EN-16."""

    def test_an_intent_left_open_is_told_so(self) -> None:
        (finding,) = found("Customer might begin next year.", "in_progress")
        assert (finding.rule, "left open" in finding.message) == ("EN-16", True)

    def test_a_lower_grade_is_always_explained(self) -> None:
        text = "Customer will not deploy because of cost."
        assert marked(text, "no_intent", "EN-16") == [("warn", text)]


WORDS = (
    "Customer", "will", "not", "deploy", "because", "due to", "yet", "for now", "currently", ":",
    "-", ".", "!", "[details]", "[EXO]", "unresponsive", "3", "attempts", "until", "usage 0.0%",
    "FastTrack", "declined", "Teams", "e.g.", "\n", "—", "’", "/", "and", "kickoff call scheduled",
)  # fmt: skip


@given(
    text=st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)),
    status=st.sampled_from([None, *EntitlementStatus]),
    workload=st.sampled_from([w.tag for w in WORKLOADS]),
)
def test_any_text_is_judged_and_findings_lie_within_it(
    text: str, status: EntitlementStatus | None, workload: str
) -> None:
    others = (OtherNote("YAM", text),)
    judgement = LINTER.judge(text, NoteContext(workload, status, others))
    places = [(f.start, list(Severity).index(f.severity)) for f in judgement.findings]
    assert places == sorted(places)
    for finding in judgement.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.start < finding.end or not text
        assert finding.rule.startswith("EN-")


def test_every_rule_says_which_one_it_is() -> None:
    assert all((rule.__doc__ or "").startswith("EN-") for rule in RULES)


def test_without_a_status_the_text_says_which_it_is() -> None:
    grades = [
        LINTER.judge(text, NoteContext("EXO")).grade.value
        for text in (GREAT, "In progress.", "Customer unresponsive.", "Customer has no intent.")
    ]
    assert grades == ["great", "marginal", "poor", "poor"]


def test_own_spellings_can_be_added() -> None:
    text = "Customer is blocked due to Contoso Mail."
    names = {"EXO": ("Contoso Mail",)}
    assert found(text, rule="EN-17") == []
    assert found(text, rule="EN-17", workload_names=names)


def test_a_mistake_in_a_phrase_of_the_pack_is_named() -> None:
    data = dict(shipped("lint"))
    data["phrases"] = {**data["phrases"], "news": ["(unclosed"]}
    with pytest.raises(PackError, match="unclosed"):
        LintPack.read(data)
    data["phrases"] = {**data["phrases"], "news": ["{nothing} here"]}
    with pytest.raises(PackError, match="nothing"):
        LintPack.read(data)


def test_a_note_of_sixty_words_is_judged_between_two_keystrokes() -> None:
    text = (GREAT + " ") * 7
    context = NoteContext("EXO", EntitlementStatus.BLOCKED, (OtherNote("SPO", text),))
    LINTER.judge(text, context)
    start = time.perf_counter()
    for _ in range(10):
        LINTER.judge(text, context)
    assert (time.perf_counter() - start) / 10 < 0.05
