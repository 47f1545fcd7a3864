"""The table of commands: what each is called, where it lives, what it does, and how it looks."""

from typing import NamedTuple

BEGIN = "begin"
SEE = "see"
WRITE = "write"
MOTION = "the motion"
OUT = "out of the app"
KEEP = "keep"
ABOUT = "about"

GROUPS = (BEGIN, SEE, WRITE, MOTION, OUT, KEEP, ABOUT)
"""The groups of commands, in the order in which `--help` shows them."""


class Command(NamedTuple):
    """One command: where it lives, and what it does in a line."""

    name: str
    module: str
    about: str
    group: str = ABOUT
    examples: tuple[str, ...] = ()
    """Calls that work on the demo portfolio, without the program's name; a test runs them."""
    verb: str = ""
    """One of its verbs, where the command can be called without one as well."""


COMMANDS: tuple[Command, ...] = (
    Command("demo", "demo", "open the app on a made-up portfolio", BEGIN,
            ("demo --into demo-store", "demo --customers 300 --into big-demo")),
    Command("import", "importing", "read CSV or Excel files of the five known formats", BEGIN,
            ("import portfolio.csv workloads.csv --dry-run",
             "import service_users.csv --tenant Fabrikam")),
    Command("template", "importing", "write an empty import file", BEGIN,
            ("template portfolio -o blank.xlsx", "template workloads")),
    Command("list", "listing", "the tenants, most urgent first", SEE,
            ("list --limit 5", "list --band breach --json")),
    Command("why", "listing", "every factor behind a tenant's rank, and what clears it", SEE,
            ("why Fabrikam",)),
    Command("show", "listing", "a tenant with its workloads, notes, due dates and gaps", SEE,
            ("show Litware", "show Litware --json")),
    Command("moved", "listing", "what changed: bands, blockers, statuses, renewals", SEE,
            ("moved --since 2026-11-14",)),
    Command("glance", "glancing", "the portfolio at a glance: bands, colours, workloads", SEE,
            ("glance", "glance --json")),
    Command("search", "searching", "find notes by their words", SEE,
            ("search journaling mailboxes", "search blocked --kind entitlement --limit 5")),
    Command("next", "walking", "the next note that is due, and why", WRITE, ("next",)),
    Command("note", "notes", "drafts and notes: add, show, list, edit, check, post, diff ...",
            WRITE,
            ("note add Fabrikam --kind entitlement --workload EXO --status blocked",
             "note list Fabrikam")),
    Command("lint", "linting", "findings and grade of an entitlement note", WRITE,
            ("lint note.txt --workload EXO --status blocked",)),
    Command("record", "records", "record what was done in FTOP or outside it", WRITE,
            ("record Fabrikam enterprise --on 2026-11-20",
             "record Proseware event --text 'Merger announced'")),
    Command("action", "actions", "the next actions of Overall notes: list, done", WRITE,
            ("action list Fabrikam",)),
    Command("set", "tenants", "change a tenant or its customer by hand", WRITE,
            ("set Litware Health=Green ForecastHealth=Blue ForecastMonth=2027-06",)),
    Command("add", "tenants", "make a tenant by hand", WRITE,
            ("add 7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0009 contoso.onmicrosoft.com FM='Ana Bauer'",)),
    Command("undo", "records", "take the last change back", WRITE, ("undo", "undo --list")),
    Command("redo", "records", "do again what was undone", WRITE, ("redo",)),
    Command("week", "weekly", "This week: all that is due, by day; done, move, snooze", MOTION,
            ("week --days 14", "week --snoozed"), verb="done"),
    Command("plan", "planning", "a customer's plan by lifecycle phase, and the year's priorities",
            MOTION, ("plan Fabrikam",), verb="done"),
    Command("escalation", "people", "escalations: add, log, resolve, reopen, edit, list", MOTION,
            ("escalation add Litware --title 'Sign-in fails abroad' --workload EXO --external",
             "escalation list")),
    Command("contact", "people", "contacts by section: add, edit, verify, merge, list, delete",
            MOTION,
            ("contact add Litware --section customer --name 'Mina Ortiz' --role csm",
             "contact list --stale")),
    Command("forecast", "forecasting", "projected usage: set, show, accuracy", MOTION,
            ("forecast set Fabrikam --workload EXO 2027-03=9000 --guidance-read",
             "forecast show Fabrikam")),
    Command("milestone", "forecasting", "the milestones of usage: set, reach, list", MOTION,
            ("milestone set Fabrikam --workload TEAMS --percent 40 --due 2027-05-31",
             "milestone list --missed")),
    Command("partner", "partnering", "FastTrack Ready Partners: checklist, reviews, inputs, facts",
            MOTION, ("partner list", "partner review Litware --on 2026-11-20 --held")),
    Command("review", "reviewing", "review meetings: nominate, list, readiness, presented", MOTION,
            ("review readiness", "review nominate Proseware --date 2026-12-17")),
    Command("opening", "listing", "the opening sentence for the Customer Review", MOTION,
            ("opening Fabrikam",)),
    Command("brief", "reviewing", "the brief of a review, or a status slide", OUT,
            ("brief -o review.md", "brief Litware --format pptx -o litware.pptx")),
    Command("calendar", "exporting", "what is due as an .ics file", OUT,
            ("calendar -o due.ics",)),
    Command("export", "exporting", "the portfolio with its notes, also for a partner", OUT,
            ("export -o portfolio.xlsx",
             "export --audience partner --partner 'Trey Research' -o partner.csv")),
    Command("backup", "keeping", "a checked copy of the store; --list shows those there are", KEEP,
            ("backup", "backup -o copy.sqlite3")),
    Command("restore", "keeping", "put a backup in the place of the store", KEEP,
            ("restore copy.sqlite3",)),
    Command("doctor", "keeping", "look the store and its data over", KEEP, ("doctor",)),
    Command("forget", "forgetting", "delete a note or a tenant for good, beyond undo", KEEP,
            ("forget --tenant Proseware --yes",)),
    Command("rules", "about", "the playbook's rules and what the app does about each", ABOUT,
            ("rules EN-04", "rules --json")),
    Command("locate", "about", "the paths in use, and the settings in force", ABOUT, ("locate",)),
    Command("config", "configuring", "the settings file: check, init, set", ABOUT,
            ("config check", "config set theme ftop-light")),
    Command("completion", "completing", "a script that completes commands as they are typed",
            ABOUT, ("completion bash", "completion powershell")),
)  # fmt: skip
"""Every command there is."""
