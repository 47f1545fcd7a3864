"""What each word of a note is worth: specific, general, or nothing (EN-17)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from ftop_tui.playbook.lint.pack import LintPack
from ftop_tui.playbook.pack import Workload

_TOKEN = re.compile(r"[^\W_]+(?:['’.&+@-][^\W_]+)*")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z]{2}")
_SHOUTING = 0.7


class Span(NamedTuple):
    """Character offsets into the text as given, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def without(self, holes: Iterable["Span"]) -> list["Span"]:
        """What is left once others are cut out of it."""
        rest = [self]
        for hole in holes:
            rest = [piece for part in rest for piece in part._cut(hole)]
        return rest

    def _cut(self, hole: "Span") -> list["Span"]:
        if not self.overlaps(hole):
            return [self]
        pieces = Span(self.start, hole.start), Span(hole.end, self.end)
        return [piece for piece in pieces if piece.start < piece.end]


class Worth(Enum):
    """What a word tells a reader who was not there."""

    GRAMMAR = auto()
    """An article, a pronoun, a verb of every day, the workload's own name."""
    EMPTY = auto()
    """A word such as issue or specific, that adds nothing to the noun beside it."""
    GENERAL = auto()
    """A general noun such as network (EN-17)."""
    CONTENT = auto()
    """Any other word: two of them make a phrase specific."""
    PHASE = auto()
    """A phase of a deployment, specific in a note on progress."""
    STRONG = auto()
    """A number, a name, a law, an event: specific by itself."""


class Token(NamedTuple):
    """A word of the note at its place."""

    start: int
    end: int
    text: str
    worth: Worth


class Vocabulary:
    """The pack's words, with their inflections, ready to be looked up."""

    def __init__(self, pack: LintPack, workloads: Sequence[Workload]) -> None:
        words = pack.words
        self._grammar = _inflected(words.stop)
        self._empty = _inflected(words.empty) | _conjugated(words.empty)
        self._general = _inflected(words.general)
        self._counted = _inflected(words.counted)
        self._numbers = frozenset(words.numbers)
        self._neutral = frozenset(words.neutral)
        self._neutral_phrases = _names_pattern(tuple(w for w in words.neutral if " " in w))
        self._strong = _plain_pattern((*words.named, *words.events))
        self._products = _plain_pattern(words.named)
        phases = _plain_pattern((*words.phases, *(f"{w} phase" for w in words.phases)))
        weak = "|".join(re.escape(w) for w in words.weak_phases)
        self._phases = re.compile(
            rf"{phases.pattern}|(?<!\w)(?:{weak})[\s-]+(?:phase|stage)(?!\w)", re.IGNORECASE
        )
        self._ambiguous = frozenset(words.ambiguous)
        self._names = {workload.tag: workload.names for workload in workloads}
        self._own = {tag: (*n, *pack.own_names.get(tag, ())) for tag, n in self._names.items()}
        self._all_names = tuple(name for names in self._names.values() for name in names)

    def tokens(
        self,
        text: str,
        tag: str,
        own_names: tuple[str, ...],
        masked: Iterable[Span],
        starts: frozenset[int],
        subject: Span | None = None,
    ) -> tuple[Token, ...]:
        """The words of a text with their worth.

        Words inside `masked` spans and the names of the workload `tag` count as grammar; `starts`
        are the offsets at which a capital letter is no sign of a name; `subject` may hold the
        customer's name, which says nothing wherever it stands.
        """
        own = _names_pattern((*self._own.get(tag, (tag,)), *own_names))
        hidden = [*masked, *_spans(own, text), *_spans(self._neutral_phrases, text)]
        strong = [*_spans(self._strong, text), *self.others(text, tag, starts)]
        phases = _spans(self._phases, text)
        loud = _is_shouting(text)
        found = []
        for match in _TOKEN.finditer(text):
            span = Span(*match.span())
            if any(span.overlaps(h) for h in hidden):
                worth = Worth.GRAMMAR
            elif any(span.overlaps(s) for s in strong):
                worth = Worth.STRONG
            elif any(span.overlaps(p) for p in phases):
                worth = Worth.PHASE
            else:
                worth = self._worth(match[0], span.start in starts, loud)
            found.append(Token(*span, match[0], worth))
        customer = _customer(found, subject, strong)
        kept = (t._replace(worth=Worth.GRAMMAR) if t.text in customer else t for t in found)
        return tuple(self._without_counted_nothings(tuple(kept)))

    def others(self, text: str, tag: str, starts: frozenset[int]) -> list[Span]:
        """Names of other workloads: another workload's name is specific (grading)."""
        spans = []
        for match in _other_names(tuple(self._names.items()), tag).finditer(text):
            plain_word = match.start() in starts and match[0] in self._ambiguous
            if not plain_word and match[0] != match[0].lower():
                spans.append(Span(*match.span()))
        return spans

    def names_product(self, text: str) -> bool:
        """Whether a text names a product, a law or a standard of the pack."""
        return bool(self._products.search(text))

    def without_names(self, text: str) -> str:
        """A text without any workload's name (EN-13)."""
        return _names_pattern(self._all_names).sub(" ", text)

    def _worth(self, word: str, starts_sentence: bool, loud: bool) -> Worth:
        word = word.replace("’", "'").removesuffix("'s")
        lower = word.lower()
        known = self._known(lower)
        if word in self._neutral:
            return Worth.GRAMMAR
        if _is_number_or_address(word, lower in self._numbers, known is None):
            return Worth.STRONG
        if known is not None:
            return known
        if not loud and (
            _INNER_CAPITAL.search(word) or (word[0].isupper() and not starts_sentence)
        ):
            return Worth.STRONG
        return self._compound(lower)

    def _compound(self, lower: str) -> Worth:
        parts = [self._known(part) for part in lower.split("-")]
        if any(part is None for part in parts):
            return Worth.CONTENT
        return Worth.GENERAL if Worth.GENERAL in parts else Worth.EMPTY

    def _known(self, lower: str) -> Worth | None:
        if lower in self._general:
            return Worth.GENERAL
        if lower in self._empty:
            return Worth.EMPTY
        return Worth.GRAMMAR if lower in self._grammar or len(lower) == 1 else None

    def _without_counted_nothings(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The words, where a number that only counts issues or reasons is no specific."""
        for token, after in zip_longest(tokens, tokens[1:]):
            counts = token.worth is Worth.STRONG and after and after.text.lower() in self._counted
            if counts and (token.text.isdigit() or token.text.lower() in self._numbers):
                yield token._replace(worth=Worth.EMPTY)
            else:
                yield token


class Measure(NamedTuple):
    """How much a stretch of a note tells."""

    strong: int
    phases: int
    content: int
    general: int
    empty: int
    strung: bool

    @property
    def is_idle(self) -> bool:
        """Whether nothing is named, not even in general."""
        return not (self.strong or self.phases or self.content or self.general)

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing but grammar."""
        return self.is_idle and not self.empty


def measure(text: str, tokens: Sequence[Token], spans: Iterable[Span]) -> Measure:
    """What the words inside the spans tell; `strung` is two general nouns side by side (EN-17)."""
    inside = [t for t in tokens if any(s.start <= t.start < s.end for s in spans)]
    content = {t.text.lower() for t in inside if t.worth is Worth.CONTENT}
    return Measure(
        strong=sum(t.worth is Worth.STRONG for t in inside),
        phases=sum(t.worth is Worth.PHASE for t in inside),
        content=len(content),
        general=sum(t.worth is Worth.GENERAL for t in inside),
        empty=sum(t.worth is Worth.EMPTY for t in inside),
        strung=_strung(text, inside),
    )


_JOINT = re.compile(
    r"(?:[/,&+;]|\b(?:and|or|plus|und)\b)"
    r"(?!.*\b(?:has|have|had|is|are|was|were|do|does|did|uses?|needs?|gets?|wants?|makes?|can)\b)",
    re.IGNORECASE | re.DOTALL,
)


def _is_number_or_address(word: str, spelt: bool, unknown: bool) -> bool:
    """A number, an address, or one letter, for "X regulation" stands for a named one."""
    letter = len(word) == 1 and word.isupper() and word not in {"A", "I"}
    address = "@" in word or ("." in word and unknown)
    return spelt or letter or address or any(c.isdigit() for c in word)


def _customer(
    tokens: Sequence[Token], subject: Span | None, known: Sequence[Span]
) -> frozenset[str]:
    """The words of the customer's name, with and without an 's."""
    if subject is None or any(subject.overlaps(span) for span in known):
        return frozenset()
    names = {
        token.text
        for token in tokens
        if subject.start <= token.start < subject.end
        and token.worth in {Worth.CONTENT, Worth.STRONG}
    }
    return frozenset(names | {f"{name}{mark}s" for name in names for mark in "'’"})


def _strung(text: str, inside: Sequence[Token]) -> bool:
    """Whether two general nouns are joined by a slash, a comma, "and" or "or".

    A verb after the joint begins another clause: "an application and have no mail".
    """
    general = [t for t in inside if t.worth is Worth.GENERAL]
    pairs = pairwise(general)
    return any(
        _JOINT.search(text[one.end : two.start])
        and all(
            t.worth in {Worth.EMPTY, Worth.GRAMMAR}
            for t in inside
            if one.end <= t.start < two.start
        )
        for one, two in pairs
        if one.text.lower() != two.text.lower()
    )


def _is_shouting(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) / len(letters) > _SHOUTING


def _inflected(words: Iterable[str]) -> frozenset[str]:
    forms: set[str] = set()
    for word in words:
        lower = word.lower()
        forms |= {lower, f"{lower}s"}
        if lower.endswith("y"):
            forms |= {f"{lower[:-1]}ies", f"{lower[:-1]}ied"}
        if lower.endswith(("s", "x", "ch", "sh")):
            forms.add(f"{lower}es")
    return frozenset(forms)


def _conjugated(words: Iterable[str]) -> frozenset[str]:
    stems = {word.lower().removesuffix("e") for word in words}
    return frozenset(f"{stem}{ending}" for stem in stems for ending in ("ed", "ing"))


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*m.span()) for m in pattern.finditer(text)]


def _plain_pattern(words: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    body = "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in ordered)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """A workload's own spellings, longest first, in any case: none of them is specific."""
    return _plain_pattern(names)


@lru_cache(maxsize=64)
def _other_names(workloads: tuple[tuple[str, tuple[str, ...]], ...], tag: str) -> re.Pattern[str]:
    own = {name.lower() for key, names in workloads if key == tag for name in names}
    names = {
        name
        for key, spellings in workloads
        if key not in {tag, "CORE"}
        for name in spellings
        if name.lower() not in own
    }
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
