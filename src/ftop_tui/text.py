"""Foreign text made harmless, once, for every inlet and every outlet.

A name or a note from a file, the clipboard or a database edited by hand may hold escape sequences
that reach the terminal raw, bidi overrides that turn a line around, or characters that have no
width. What may stay is decided here and nowhere else. Markup is another matter: it is text, and the
widgets' helper (`widgets.foreign`) draws it as text.
"""

import re
import unicodedata
from collections.abc import Iterable

_SEQUENCES = re.compile(
    # A sequence that is not ended reaches to the end of its line, lest it swallow the text below.
    "\x1b\\][^\n\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"  # OSC: the clipboard is set this way
    "|\x1b[PX^_][^\n\x1b\x9c]*(?:\x1b\\\\|\x9c)?"  # DCS, SOS, PM, APC
    "|\x1b\\[[0-?]*[ -/]*[@-~]?"  # CSI
    "|\x1b[ -/]*[0-~]?"  # any other escape
)
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and line feed, DEL, C1
    "\u00ad\u061c\u180e"  # soft hyphen, Arabic letter mark, Mongolian separator
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero width, direction, line and bidi controls
    "\ufeff\ufff9-\ufffb\ufffe\uffff"  # byte order mark, interlinear marks, no characters
    "\ud800-\udfff"  # lone surrogates: they cannot be written as UTF-8
    "\U000e0000-\U000e007f]"  # tags
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """The text without terminal controls and invisible characters; line feeds and tabs stay.

    Idempotent. Line ends of every kind become one line feed. Joiners (ZWJ, ZWNJ) stay, for they
    spell real words and emoji; what is returned is in NFC.
    """
    if text.isascii() and text.isprintable():
        return text
    # Once is enough: no escape is left that what remains could join to a sequence.
    harmless = _UNSAFE.sub("", _SEQUENCES.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", harmless)


def clean_line(text: str) -> str:
    """The same on one line: every run of white space is one blank, none at the ends."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")  # as most names are
    return _SPACES.sub(" ", clean(text)).strip()


def fold(text: str) -> str:
    """The text as it is compared and searched: no case, no accents, one blank between words."""
    line = clean_line(text)
    if line.isascii():
        return line.lower()
    # Twice, for a letter such as the script capital H has a case only once it is taken apart.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", line).casefold())
    return clean_line("".join(c for c in plain if not unicodedata.combining(c)))


def has_all(words: Iterable[str], folded: str) -> bool:
    """Whether a folded text has every folded word in it, in any order, also within longer words."""
    return all(word in folded for word in words)
