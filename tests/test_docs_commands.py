"""What the docs tell to type works as written: every `ftop-tui` line of their shell blocks is run.

README.md starts where a newcomer starts, with a few exported files and no store; the other pages
on the demo portfolio. The lines of a page run in their order, in one folder.
"""

import io
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ftop_tui.cli.framework import OpenApp, run
from ftop_tui.errors import FtopError
from ftop_tui.services import demo
from ftop_tui.services.context import Context
from house import SAMPLES, make_house

ROOT = Path(__file__).parents[1]
NOTE = "Unable to deploy because the mail gateway journals 900 mailboxes.\n"
_KEPT = re.compile(r"^(\w+)=\$\((ftop-tui .*)\)$")
_BLOCK = re.compile(r"^ *```sh\n(.*?)```", re.DOTALL | re.MULTILINE)


def calls(page: Path) -> Iterator[str]:
    """The lines of a page's shell blocks that call the program."""
    for block in _BLOCK.findall(page.read_text("utf-8")):
        for line in block.splitlines():
            words = [word for word in line.split() if not re.match(r"FTOP_TUI_\w+=", word)]
            if (words and words[0] == "ftop-tui") or _KEPT.match(line.strip()):
                yield line.strip()


PAGES = [
    page
    for page in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
    if list(calls(page))
]


class Shell:
    """As much of a shell as the docs use: quotes, comments, `NAME=VALUE`, `>`, and `x=$(…)`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[str, str] = {}

    def __call__(self, line: str) -> tuple[int, str]:
        """Run a line; its exit status, and what it printed on both streams."""
        keep = _KEPT.match(line)
        for name, value in self.kept.items():
            line = re.sub(rf"\${name}\b", value, line)
        words = shlex.split(keep[2] if keep else line, comments=True)
        environment = {}
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            environment[name] = value
        target = words[-1] if len(words) > 2 and words[-2] == ">" else None
        status, out, said = self.run(words[1:-2] if target else words[1:], environment)
        if keep:
            self.kept[keep[1]] = out.strip()
        if target:
            Path(target).write_text(out, "utf-8")
        return status, out + said

    def run(self, arguments: list[str], environment: dict[str, str]) -> tuple[int, str, str]:
        """Call the program in this process; opening the app counts as done."""

        def make(*, data_dir: str | None = None, today: str | None = None) -> Context:
            places = {"FTOP_TUI_DATA_DIR": data_dir} if data_dir else {}
            return make_house(self.folder, today, **environment, **places)

        usual = sys.stdout, sys.stderr
        out, said = io.BytesIO(), io.BytesIO()
        streams = io.TextIOWrapper(out, "utf-8"), io.TextIOWrapper(said, "utf-8")
        sys.stdout, sys.stderr = streams
        try:
            outcome = run(arguments, make)
        except SystemExit as ending:
            outcome = int(ending.code or 0)
        except FtopError as error:
            outcome = error.exit_status
        finally:
            sys.stdout, sys.stderr = usual
            for stream in streams:
                stream.flush()
        if isinstance(outcome, OpenApp):
            outcome.afterwards()
            outcome = 0
        return outcome, out.getvalue().decode(), said.getvalue().decode()


@pytest.fixture(scope="module")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo portfolio, made once."""
    house = make_house(tmp_path_factory.mktemp("demo"))
    demo.build(house, demo.USUAL, 1)
    house.writer().close()
    return house.paths.data_dir


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_as_written(
    page: Path, tmp_path: Path, demo_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if page.name != "README.md":
        shutil.copytree(demo_store, tmp_path / "data")
    work = tmp_path / "work"
    shutil.copytree(SAMPLES, work)
    for name in ("note.txt", "call.txt"):
        (work / name).write_text(NOTE)
    monkeypatch.chdir(work)
    shell = Shell(tmp_path)
    found = list(calls(page))
    assert found
    for line in found:
        status, said = shell(line)
        assert status in {0, 1}, f"{line}\n{said}"
