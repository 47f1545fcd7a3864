"""Counts what the parts of a workbook hold, and what that takes of memory in the quick reader."""

import re
from collections.abc import Callable, Iterator

_A_CELL, _A_PLACE, _A_TEXT, _A_MARKUP = 60, 32, 32, 30
"""Bytes: of a cell while its sheet is read, of a place of the sheet, of a text beside its letters,
and of what stands around a value in the sheet."""
_A_TAG, _A_CLAIM = 25, 24
"""Bytes that a tag of the shared texts stands for (four make a text), and a claimed text."""
_MOST_CLAIMED = 10
"""Digits of such a claim; a longer one is a trap."""
_FEW = 100_000_000
"""Bytes of copied texts up to which it is not asked what they are exactly."""

# What begins with fixed text is found many times as fast, so what stands before it is asked last.
_ODD = tuple(
    re.compile(begin + rb"(?<!\w" + begin + rb")" + rest)
    for quote in (b'"', b"'")
    for begin, rest in (
        (b"r=" + quote, rb"(?:[A-Z]{3}\d|[A-Z]*\d{6}|[A-Z]*[a-z])"),  # a far cell or row
        (b"t=" + quote + b"e" + quote, b""),  # an error cell
    )
)
_ODD_TAGS = (
    ((b"<!", b"<?"), re.compile(rb"<!|<\?(?!xml\s)")),  # a comment could hide what is counted
    ((b":c", b":row"), re.compile(rb"<\w+:(?:c|row)[\s/>]")),
    ((b" =", b"= "), re.compile(rb"<(?:c|row)\b[^>]* [rt](?: +=|= )")),
)
"""Tags that are not counted as they are: texts of which one has to be there, then the whole."""
_BLANKS = bytes.maketrans(b"\t\r\n", b"   ")

_BEGIN, _END = re.compile(rb"<(?:\w+:)?sheetData[\s>]"), re.compile(rb"</(?:\w+:)?sheetData\s*>")
_WIDE, _TALL = re.compile(rb"r=[\"'][A-Z]{2}\d"), re.compile(rb"r=[\"'][A-Z]*\d{5}")
_PLACE = re.compile(rb"r=[\"']([A-Z]*)(\d+)")
_NARROW_MOST, _WIDE_MOST, _LOW_MOST, _TALL_MOST = 26, 702, 9_999, 99_999
"""How far cells go that are named by one letter or two, and by four digits or five."""
_REFERENCE = re.compile(rb"t=[\"']s[\"'][^>]*>\s*<v>(\d+)</v>")
_CLAIM = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?0*(\d+)")
_TEXT_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")


class TextCounts:
    """The shared texts of a workbook; their part is handed in bite by bite."""

    def __init__(self) -> None:
        self.memory = 0
        """What they take so far."""
        self.longest = 0
        self._lengths: list[int] = []
        self._by_number = True
        self._rest = b""

    def add(self, bite: bytes) -> bytes:
        """Count a bite more; the text that has begun and not ended yet."""
        self.memory += len(bite) + _A_TAG * bite.count(b"<")
        found = self._rest + bite
        for claim in _CLAIM.findall(found) if b"uniqueCount" in found else ():
            self.memory += _A_CLAIM * int(claim[: _MOST_CLAIMED + 1])
        self._by_number &= b"<!" not in found  # a comment may hold what looks like a text
        is_usual = not any(other in found for other in (b":si", b"<si/", b"<si ", b"</si "))
        texts = found.split(b"</si>") if is_usual else _TEXT_END.split(found)
        self._rest = texts.pop()
        self._lengths += map(len, texts)
        self.longest = max(self.longest, len(self._rest), *map(len, texts), 0)
        return self._rest

    def copied(self, references: int, bites: Callable[[], Iterator[bytes]]) -> int:
        """What the copies of so many cells take that name a text of these."""
        if references * (self.longest + _A_TEXT) <= _FEW or not self._by_number:
            return references * (self.longest + _A_TEXT)
        known = letters = 0
        for tags in _anew(bites()):
            numbers = [int(number) for number in _REFERENCE.findall(tags)]
            known += len(numbers)
            letters += sum(self._lengths[n] for n in numbers if n < len(self._lengths))
        return letters + references * _A_TEXT + max(0, references - known) * self.longest


class SheetCounts:
    """The cells of a sheet, whose part is handed in bite by bite; of another part nothing."""

    def __init__(self) -> None:
        self.odd = False
        """There is what the quick reader gets wrong, or what cannot be counted."""
        self._begun = self._ended = self._odd_head = False
        self._wide = self._tall = self._named = False
        self._bytes = self._cells = self._opened = self._placed = self._shared = 0
        self._rows = self._in_row = self._widest = 0
        self._rest = b""

    def add(self, bite: bytes) -> int:
        """Count a bite more; the bytes since the last cell."""
        found = self._rest + bite
        if not self._begun:
            found = self._head(found)
        if not self._begun or self._ended:
            return 0
        if b"sheetData" in found and (end := _END.search(found)):
            self._ended = True
            found, self._rest = found[: end.end()], b""
        else:
            found, self._rest = _cut(found)
        self._data(found)
        return 0 if self._ended or b"</c" in found else len(found) + len(self._rest)

    def _head(self, found: bytes) -> bytes:
        begin = _BEGIN.search(found)
        head = found if begin is None else found[: begin.start()]
        self._odd_head |= _has_odd_tags(head)
        if begin is None:
            self._rest = found[-100:]
            return b""
        self._begun, self._rest = True, b""
        self.odd = self._odd_head
        return found[begin.end() :]

    def _data(self, tags: bytes) -> None:
        self.odd |= _has_odd_tags(tags) or any(odd.search(tags) for odd in _ODD)
        self._bytes += len(tags)
        self._cells += tags.count(b"</c")
        self._shared += tags.count(b't="s"') + tags.count(b"t='s'")
        self._placed += tags.count(b'<c r="') + tags.count(b"<c r='")
        self._named |= b'r="' in tags or b"r='" in tags
        self._wide |= _WIDE.search(tags) is not None
        self._tall |= _TALL.search(tags) is not None
        first, *rows = [row.count(b"<c") for row in tags.split(b"<row")]
        self._opened += first + sum(rows)
        self._rows += len(rows)
        self._widest = max(self._widest, self._in_row + first, *rows, 0)
        self._in_row = rows[-1] if rows else self._in_row + first

    @property
    def least(self) -> int:
        """What the cells that were counted take at least."""
        return _A_CELL * self._cells

    def memory(self, texts: TextCounts, bites: Callable[[], Iterator[bytes]]) -> int:
        """What the sheet takes; `bites` gives its part anew, where it must be looked at closer."""
        if not self._cells:
            return 0
        rows, columns = self._corner(bites)
        own = self._cells - self._shared
        letters = max(0, self._bytes - _A_MARKUP * self._cells) + _A_TEXT * max(0, own)
        copied = texts.copied(self._shared, bites) if self._shared else 0
        return _A_CELL * self._cells + _A_PLACE * rows * columns + letters + copied

    def _corner(self, bites: Callable[[], Iterator[bytes]]) -> tuple[int, int]:
        """The rows and columns up to the farthest cell, or more."""
        if not self._named:
            return self._rows, self._widest
        rows = _TALL_MOST if self._tall else _LOW_MOST
        columns = _WIDE_MOST if self._wide else _NARROW_MOST
        all_named = self._placed == self._opened
        if (self._tall and self._wide) or not all_named:
            places = [place for tags in _anew(bites()) for place in set(_PLACE.findall(tags))]
            rows = max(int(row) for _, row in places)
            columns = max(_number(letters) for letters, _ in places)
        if all_named:
            return rows, columns
        return rows + self._rows, columns + self._widest  # the others follow on one that is named


def _has_odd_tags(tags: bytes) -> bool:
    tags = tags.translate(_BLANKS)
    return any(
        any(sign in tags for sign in signs) and tag.search(tags) is not None
        for signs, tag in _ODD_TAGS
    )


def _anew(bites: Iterator[bytes]) -> Iterator[bytes]:
    """The bites of a sheet, cut anew so that each begins with a cell."""
    rest = b""
    for bite in bites:
        found, rest = _cut(rest + bite)
        yield found
    yield rest


def _cut(found: bytes) -> tuple[bytes, bytes]:
    """What is sure to hold whole tags, and what may go on: from the last cell on, or tag."""
    place = found.rfind(b"<c")
    if place < 1:
        place = found.rfind(b"<")
    return (found[:place], found[place:]) if place > 0 else (b"", found)


def _number(letters: bytes) -> int:
    """The number of a column by its letters, from 1 on; 0 for none."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
