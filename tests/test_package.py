"""What is installed is all of it: the wheel's and the sdist's files, and the wheel in use.

Installing needs the dependencies from outside, so that test runs only where it is asked for:
`FTOP_TUI_TEST_INSTALL=1 python dev.py test tests/test_package.py`.
"""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_sdist, build_wheel
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from ftop_tui import __version__

ROOT = Path(__file__).parents[1]
SOURCES = {
    path.relative_to(ROOT / "src").as_posix()
    for path in (ROOT / "src" / "ftop_tui").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}


def test_the_wheel_has_every_file_of_the_package_and_nothing_else() -> None:
    packed = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert packed == SOURCES
    for needed in ("pack/playbook.toml", "app.tcss", "screens/home.tcss", "py.typed"):
        assert f"ftop_tui/{needed}" in packed
    assert any(name.startswith("ftop_tui/store/migrations/versions/0001") for name in packed)


def test_the_sdist_has_what_a_clone_has() -> None:
    packed = {file.distribution_path for file in SdistBuilder(str(ROOT)).recurse_included_files()}
    assert {f"src/{name}" for name in SOURCES} <= packed
    assert {"README.md", "LICENSE", "dev.py", "pyproject.toml", "docs/guide.md"} <= packed
    assert "tests/test_package.py" in packed


@pytest.mark.skipif(
    not os.environ.get("FTOP_TUI_TEST_INSTALL"), reason="installs from outside; asked for by hand"
)
def test_the_wheel_works_once_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    sdist = tmp_path / build_sdist(str(tmp_path))
    with tarfile.open(sdist) as packed:
        packed.extractall(tmp_path, filter="data")
    monkeypatch.chdir(tmp_path / sdist.name.removesuffix(".tar.gz"))
    wheel = tmp_path / build_wheel(str(tmp_path))  # as pipx and uv do it: from the sdist
    with zipfile.ZipFile(wheel) as packed_wheel:
        assert set(packed_wheel.namelist()) >= SOURCES
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "venv"
    venv.create(place)
    scripts = Path(sysconfig.get_path("scripts", "venv", {"base": str(place)}))
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet"]
    subprocess.run([*pip, str(wheel)], check=True)  # noqa: S603 - our own wheel
    environment = {**os.environ, "FTOP_TUI_CONFIG_DIR": str(tmp_path / "config")}
    environment.pop("PYTHONPATH", None)

    def call(*arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own program
            [str(scripts / "ftop-tui"), *arguments],
            capture_output=True, check=True, text=True, encoding="utf-8", env=environment,
        )  # fmt: skip
        return done.stdout

    assert call("--version") == f"ftop-tui {__version__}\n"
    call("--today", "2026-11-21", "demo", "--into", "demo")
    assert "fabrikam" in call("--data-dir", "demo", "--today", "2026-11-21", "list")
    assert "good" in call("rules", "EN-04")
