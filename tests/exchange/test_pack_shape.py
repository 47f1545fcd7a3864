"""An override of the linter's words and of the templates is refused with file and key."""

from pathlib import Path

import pytest

from ftop_tui.errors import PackError
from ftop_tui.exchange.pack_file import load_pack, load_part

MISTAKES = {
    '[lint.limits]\nmax_words = "many"': "lint.limits.max_words: must be a whole number",
    "[lint.limits]\nwrods = 70": "lint.limits.wrods: is not a key of the pack",
    "[lint]\nlimits = 3": "lint.limits: must be a table",
    '[[templates.template]]\nstatus = "blocked"\nlien = "x"': (
        "templates.template[1].lien: is not a key of the pack"
    ),
    '[templates]\ntemplate = "x"': "templates.template: must be a list",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_names_file_and_key(text: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.toml"
    path.write_text(text, "utf-8")
    part = MISTAKES[text].partition(".")[0]
    with pytest.raises(PackError) as error:
        load_part(part, path)
    assert error.value.message == f"{path}: {MISTAKES[text]}"
    with pytest.raises(PackError):
        load_pack(path)


def test_a_number_of_ones_own_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "pack.toml"
    path.write_text("[lint.limits]\nmax_words = 70\n", "utf-8")
    assert load_part("lint", path)["limits"]["max_words"] == 70
    assert load_part("lint", path)["phrases"] == load_part("lint")["phrases"]
