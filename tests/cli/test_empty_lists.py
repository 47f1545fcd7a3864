"""A list without a row says so, for nothing at all looks like a fault; its JSON stays `[]`."""

import pytest

from house import RunCli

EMPTY = [
    (("list",), "No tenant yet; `ftop-tui import FILE` takes in what you have."),
    (("list", "--limit", "0"), "No tenant fits."),
    (("escalation", "list"), "No escalation is open."),
    (("contact", "list"), "No contact."),
    (("note", "list"), "No note or draft yet."),
    (("action", "list"), "No next action is open."),
    (("partner", "list"), "No partner is registered."),
    (("search", "needle"), "No note has these words."),
    (("backup", "--list"), "No backup has been made yet."),
]


@pytest.mark.parametrize(("call", "said"), EMPTY, ids=lambda each: each[0])
def test_an_empty_list_says_so(run_cli: RunCli, call: tuple[str, ...], said: str) -> None:
    plain = run_cli(*call)
    assert (plain.status, plain.text.strip()) == (0, said)
    as_json = run_cli(*call, "--json")
    assert (as_json.status, as_json.json) == (0, [])


@pytest.mark.parametrize("command", ["list", "week"])
def test_mine_of_nobody_names_the_command_that_says_who_one_is(
    run_cli: RunCli, command: str
) -> None:
    refused = run_cli(command, "--mine")
    assert refused.status == 2
    assert b'ftop-tui config set me "Your Name"' in refused.stderr
