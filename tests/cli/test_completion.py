"""Shell completion: scripts made from the parsers; bash's is run in bash, the others are read."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ftop_tui.cli.commands import COMMANDS, GROUPS
from ftop_tui.cli.completing import SHELLS
from ftop_tui.cli.parsers import places
from house import RunCli

_BASH = shutil.which("bash")
_ASK = """
source "$1"; shift
COMP_WORDS=(ftop-tui "$@"); COMP_CWORD=$#; COMPREPLY=()
_ftop_tui
printf '%s\\n' "${COMPREPLY[@]}"
"""


def _offered(script: Path, *words: str) -> set[str]:
    """What bash offers for the last of some words."""
    assert _BASH is not None
    call = [_BASH, "--norc", "-c", _ASK, "bash", str(script), *words]
    done = subprocess.run(call, capture_output=True, text=True, check=True, cwd=script.parent)  # noqa: S603
    assert done.stderr == ""
    return set(done.stdout.split())


@pytest.fixture
def script(run_cli: RunCli, tmp_path: Path) -> Path:
    """The script for bash, in a file."""
    path = tmp_path / "completion.bash"
    path.write_bytes(run_cli("completion", "bash").stdout)
    return path


@pytest.mark.skipif(_BASH is None, reason="there is no bash here")
def test_bash_offers_commands_verbs_options_values_and_files(script: Path) -> None:
    names = {command.name for command in COMMANDS}
    assert _offered(script, "") == names
    assert _offered(script, "li") == {"list", "lint"}
    assert _offered(script, "--today", "2026-11-21", "week", "") == {
        "done", "move", "snooze", "wake",
    }  # fmt: skip
    assert _offered(script, "note", "add", "--ki") == {"--kind"}
    assert _offered(script, "list", "--band", "b") == {"breach", "blocked"}
    assert "EXO" in _offered(script, "search", "--workload", "")
    assert _offered(script, "set", "640001", "Group1") == {"Group1Health="}
    (script.parent / "usage report.csv").touch()
    assert _offered(script, "import", "usa") == {"usage", "report.csv"}
    assert _offered(script, "brief", "-o", "usa") == {"usage", "report.csv"}


@pytest.mark.parametrize("shell", SHELLS)
def test_each_script_knows_every_command_verb_and_option(shell: str, run_cli: RunCli) -> None:
    text = run_cli("completion", shell).text
    for place in places():
        assert re.search(rf"""['"]{re.escape(" ".join(place.path))}['"]""", text), place.path
        for option in place.options:
            for name in option.names:
                bare = name.lstrip("-")
                assert re.search(rf"(?:--?| -[ls] ){re.escape(bare)}\b", text), (place.path, name)


def test_help_shows_each_command_in_one_group(
    run_cli: RunCli,
) -> None:
    assert {command.group for command in COMMANDS} == set(GROUPS)
    text = run_cli("--help").text
    starts = [text.index(f"\n{group}:\n") for group in GROUPS]
    assert starts == sorted(starts)
    for command in COMMANDS:
        assert text.count(f"\n  {command.name} ") == 1
    assert all(len(line) <= 80 for line in text.splitlines()), "it fits a narrow terminal"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_a_command_ends_with_its_examples(run_cli: RunCli, command: object) -> None:
    """docs/commands.md has them too, and a test runs each of them."""
    name, examples = command.name, command.examples  # type: ignore[attr-defined]
    text = run_cli(name, "--help").text
    assert examples
    assert text.rstrip().endswith(f"  ftop-tui {examples[-1]}")
