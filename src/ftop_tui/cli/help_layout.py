"""How help is laid out: as argparse does it, without all that argparse would import for it."""

import argparse
import os
import sys

_USUAL_WIDTH = 80


class HelpLayout(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; what stands before and after the options keeps its lines."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)

    def _split_lines(self, text: str, width: int) -> list[str]:
        """What an option does, in lines; nearly all fit one, and `textwrap` is not needed."""
        line = " ".join(text.split())
        return [line] if len(line) <= width else super()._split_lines(text, width)


def _width() -> int:
    """The terminal's columns, as `shutil` finds them, which imports four packers of files."""
    try:
        asked = int(os.environ.get("COLUMNS", ""))
    except ValueError:  # not set, or no number: the terminal's own counts
        asked = 0
    if asked > 0:
        return asked
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL_WIDTH  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # no stdout, a closed one, no terminal
        return _USUAL_WIDTH
