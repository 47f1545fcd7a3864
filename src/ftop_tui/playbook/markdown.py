"""Foreign text in a Markdown page: marks are taken for text, and stand only where they are needed.

What a reader of the raw page sees should be what was written, so nothing is escaped that Markdown
would leave alone: a bracket acts only before a target, at the start of a line, or as a tick box.
"""

import re

_INLINE = re.compile(r"[\\`*~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|<(?=[A-Za-z/!?])|\](?=\()")
_START = re.compile(r"^(\s*)([#>]|[-+*](?=\s)|=+\s*$|-+\s*$|\[(?=[ xX]\](?:\s|$)|[^\]]*(?:\]:|$)))")
_NUMBERED = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def escaped(line: str) -> str:
    """One line of text: nothing in it is markup, a list, a link, its target or HTML."""
    safe = _INLINE.sub(lambda found: f"\\{found.group()}", line)
    safe = _ENTITY.sub("&amp;", safe)
    safe = _NUMBERED.sub(r"\1\\\2", safe)
    return _START.sub(r"\1\\\2", safe)


def escaped_cell(text: str) -> str:
    """The same for a cell of a table, which a bar would end."""
    return escaped(text).replace("|", "\\|")
