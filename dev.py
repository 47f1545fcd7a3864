"""Sets this project up and runs it, with nothing but Python and pip.

    python dev.py demo     open the app on the built-in demo portfolio
    python dev.py test     run the tests
    python dev.py check    format, lint, types and layers
    python dev.py docs     write the pages of the docs that come from the code
    python dev.py pictures draw the pictures of the docs from the real app
    python dev.py recording  record the tour of the docs in the real app
    python dev.py run …    run ftop-tui with the arguments that follow

Each makes `.venv` beside this file when it is not there or no longer fits pyproject.toml.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed"
OLDEST = (3, 11)

CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("layers", ("lint-imports",)),
)


def main(arguments):
    """Run the command that was named; its exit status."""
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        found = ".".join(map(str, sys.version_info[:3]))
        print("ftop-tui needs Python {} or newer; this is {}.".format(wanted, found))
        return 2
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    known = {
        "demo": demo,
        "test": test,
        "check": check,
        "docs": docs,
        "pictures": pictures,
        "recording": recording,
        "run": run,
    }
    if command not in known:
        print(__doc__)
        return 0 if command in ("", "-h", "--help") else 2
    set_up()
    return known[command](rest)


def set_up():
    """Make the virtual environment, unless it is there and pyproject.toml has not changed."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Setting up .venv (once; this takes a minute) ...", flush=True)
    if not PYTHON.exists():
        # Some systems ship no ensurepip: the pip that runs this script installs into .venv instead.
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet"]
    pip += ["--disable-pip-version-check", "--editable", str(ROOT) + "[dev]"]
    subprocess.run(pip, check=True)
    STAMP.write_text(wanted)


def demo(rest):
    """Open the app on the built-in demo portfolio."""
    return run(["demo", *rest])


def run(rest):
    """Run ftop-tui."""
    return python("-m", "ftop_tui", *rest)


def test(rest):
    """Run the tests, on all processors; one with nothing left takes from another."""
    return python("-m", "pytest", "-n", "auto", "--dist", "worksteal", *rest)


def check(rest):
    """Run every check, and name those that failed."""
    failed = []
    for name, (tool, *options) in CHECKS:
        print("-- " + name, flush=True)
        status = run_in_root(str(PYTHON.with_name(tool)), *options)
        if status:
            failed.append(name)
    print("-- failed: " + ", ".join(failed) if failed else "-- all checks passed", flush=True)
    return 1 if failed else 0


def docs(rest):
    """Write the pages of the docs that come from the code."""
    return python(str(ROOT / "docs" / "generate.py"), *rest)


def pictures(rest):
    """Draw the pictures of the docs from the real app."""
    return python(str(ROOT / "docs" / "pictures.py"), *rest)


def recording(rest):
    """Record the tour of the docs in the real app."""
    return python(str(ROOT / "docs" / "recording.py"), *rest)


def python(*arguments):
    """Run the environment's Python here; its exit status."""
    return run_in_root(str(PYTHON), *arguments)


def run_in_root(*command):
    """Run a command of the environment here; its exit status."""
    try:
        return subprocess.run(command, cwd=str(ROOT)).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
