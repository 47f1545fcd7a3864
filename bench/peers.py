"""Other programs for the terminal, each in an environment of its own in the cache.

`python -m bench --install-peers` makes them, once, through pip. A peer that is not there is skipped
with a word. Taskwarrior comes with the system's own packages.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from uuid import UUID


class Peer(NamedTuple):
    """A program, what pip is asked for, and what its first screen says when it stands."""

    name: str
    packages: tuple[str, ...]
    shown: tuple[str, ...]
    options: tuple[str, ...] = ()


PEERS = {
    "posting": Peer(
        "posting",
        ("posting==2.11.0", "tree-sitter<0.26"),  # it crashes with a newer one
        ("Collection", "Send"),
    ),
    "harlequin": Peer(
        "harlequin",
        ("harlequin==2.17.0",),
        ("Data Catalog", "Query Editor", "Run Query"),
        ("--locale", "C"),  # else it first warns of having none
    ),
}


def program(cache: Path, name: str) -> Path | None:
    """Where a peer's program is, or None."""
    path = cache / "peers" / name / "bin" / name
    return path if path.exists() else None


def install(cache: Path) -> None:
    """Make every peer's environment that is not there yet."""
    for peer in PEERS.values():
        if program(cache, peer.name) is None:
            folder = cache / "peers" / peer.name
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603
            pip = [str(folder / "bin" / "pip"), "install", "--quiet"]
            subprocess.run([*pip, *peer.packages], check=True)  # noqa: S603


def make_tasks(folder: Path, environment: Mapping[str, str], number: int) -> dict[str, str] | None:
    """Import so many tasks; what to add to the environment, None where there is no `task`."""
    if shutil.which("task") is None:
        return None
    settings = folder / "taskrc"
    settings.write_text(f"data.location={folder}\nconfirmation=no\nverbose=nothing\n")
    places = {"TASKRC": str(settings), "TASKDATA": str(folder)}
    tasks = [
        {
            "uuid": str(UUID(int=place + 1, version=4)),
            "status": "pending",
            "entry": "20261001T090000Z",
            "description": f"Write the note of customer {place:05}",
            "project": f"customer{place % 1500}",
            "priority": "HML"[place % 3],
            "due": f"202612{place % 28 + 1:02}T090000Z",
        }
        for place in range(number)
    ]
    file = folder / "tasks.json"
    file.write_text(json.dumps(tasks))
    subprocess.run(  # noqa: S603 - our own arguments
        ["task", "import", str(file)],  # noqa: S607
        env={**environment, **places},
        check=True,
        capture_output=True,
    )
    return places
