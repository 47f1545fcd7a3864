"""A note once it is read: what its sentences state, and where the why stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ftop_tui.playbook.lint.context import NoteContext
from ftop_tui.playbook.lint.pack import LintPack
from ftop_tui.playbook.lint.vocabulary import Measure, Span, Token, Vocabulary, Worth, measure
from ftop_tui.playbook.templates import Slot
from ftop_tui.playbook.values import EntitlementStatus

_NEGATED = re.compile(
    r"\b(?:not|never|cannot|no|without|unable\s+to|n['’]t|neither|nor)\b(?:\s+\w+)?\s*$|n['’]t\s+$",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
_AFTER_LABEL = re.compile(r"\(|:(?=\s|$)|\s[-–]+\s|—|;")
_FILLER_CUT = re.compile(r"[^\w/.\s]+|\.(?=\s|$)|\n")
_CLAUSE = re.compile(r",\s+|;\s+|\s+(?:and|but)\s+", re.IGNORECASE)
NEGATIVE = frozenset({EntitlementStatus.BLOCKED, EntitlementStatus.NO_INTENT})
"""The statuses that need a why (EN-03)."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A stretch that says why; `weak` for an until-clause (EN-03), `said` with a connective."""

    span: Span
    weak: bool
    said: bool
    measure: Measure


@dataclass(frozen=True)
class ParsedNote:
    """A note taken apart. Spans are offsets into `text`; statements are kept by what they state."""

    text: str
    context: NoteContext
    pack: LintPack
    sentences: tuple[Span, ...]
    words: tuple[Span, ...]
    slots: tuple[Slot, ...]
    usage: tuple[Span, ...]
    labels: tuple[Span, ...]
    news: tuple[Span, ...]
    declined: tuple[Span, ...]
    tokens: tuple[Token, ...]
    vocabulary: Vocabulary
    matched: dict[re.Pattern[str], tuple[Span, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def head(self) -> str:
        """What is read of the text: a note of a thousand lines must not halt the typing."""
        return self.text[: self.pack.limits.read_characters]

    @property
    def whole(self) -> Span:
        """From the first character to the last."""
        return Span(0, len(self.text))

    @cached_property
    def is_filler(self) -> bool:
        """Whether there is nothing to read but blanks, marks or a filler (EN-02)."""
        parts = (" ".join(p.casefold().split()) for p in _FILLER_CUT.split(self.text))
        return all(part in self.pack.fillers for part in parts if any(map(str.isalnum, part)))

    @cached_property
    def no_intent(self) -> tuple[Span, ...]:
        """Statements of a lack of intent."""
        return self._statements(self.pack.phrases.no_intent, self.declined)

    @cached_property
    def blocked(self) -> tuple[Span, ...]:
        """Statements of a block."""
        return self._statements(self.pack.phrases.blocked)

    @cached_property
    def negative(self) -> tuple[Span, ...]:
        """Statements of a lack of intent or of a block, in the order of the text."""
        return tuple(sorted((*self.no_intent, *self.blocked)))

    @cached_property
    def progress(self) -> tuple[Span, ...]:
        """Statements of progress or of intent, none of them negated."""
        found = self._statements(self.pack.phrases.progress)
        news = [part for part in self.clauses if self.is_news(part)]
        return tuple(
            s
            for s in found
            if not any(s.overlaps(part) for part in news)
            and not _NEGATION.search(self.text[s.start : s.end])
            and not _NEGATED.search(self.text[max(0, s.start - 30) : s.start])
        )

    @cached_property
    def unresponsive(self) -> tuple[Span, ...]:
        """Statements that nobody answers (EN-09); with the status unknown, counted attempts too."""
        said = self.matches(self.pack.phrases.unresponsive)
        if said or self.context.status is not EntitlementStatus.UNKNOWN:
            return said
        return self.matches(self.pack.phrases.attempt_count)

    @cached_property
    def intent_unknown(self) -> tuple[Span, ...]:
        """Statements that the intent is not known."""
        return self._statements(self.pack.phrases.intent_unknown)

    @cached_property
    def duplicate(self) -> tuple[Span, ...]:
        """Statements that the entitlements are duplicate or invalid (EN-10)."""
        return self.matches(self.pack.phrases.duplicate)

    @cached_property
    def status(self) -> EntitlementStatus | None:
        """The status given, or the one that the text speaks of where none is given."""
        return self.context.status or self.spoken_status

    @cached_property
    def spoken_status(self) -> EntitlementStatus | None:
        """What the text itself speaks of: its plainest statement, else its first."""
        phrases = self.pack.phrases
        firm = (
            (EntitlementStatus.UNKNOWN, self.matches(phrases.unresponsive)),
            (EntitlementStatus.DUPLICATE, self.matches(phrases.firm_duplicate)),
            (EntitlementStatus.NO_INTENT, self.matches(phrases.firm_no_intent)),
            (EntitlementStatus.BLOCKED, self.matches(phrases.firm_blocked)),
        )
        loose = (
            (EntitlementStatus.BLOCKED, self.blocked),
            (EntitlementStatus.NO_INTENT, self.no_intent),
            (EntitlementStatus.IN_PROGRESS, self.progress),
            (EntitlementStatus.UNKNOWN, self.intent_unknown),
        )
        plain = next((status for status, spans in firm if spans), None)
        first = min(((spans[0].start, status) for status, spans in loose if spans), default=None)
        return plain or (first[1] if first else None)

    @cached_property
    def family(self) -> EntitlementStatus | None:
        """The status by which the text is judged: its own where the text speaks of it at all."""
        spoken = {
            EntitlementStatus.IN_PROGRESS: self.progress,
            EntitlementStatus.BLOCKED: self.negative,
            EntitlementStatus.NO_INTENT: self.negative,
            EntitlementStatus.UNKNOWN: self.unresponsive or self.intent_unknown,
            EntitlementStatus.DUPLICATE: self.duplicate,
        }
        if self.context.status and spoken[self.context.status]:
            return self.context.status
        return self.spoken_status or self._implied_status

    @property
    def _implied_status(self) -> EntitlementStatus | None:
        """The status given, where a why follows a clause: no list knows every way of saying no."""
        needs_why = {*NEGATIVE, EntitlementStatus.DUPLICATE}
        if self.context.status not in needs_why or self.news or self.declined:
            return None
        whys = [s for pattern in self._explicit for s in self.matches(pattern)]
        behind = any(self.text[: s.start].strip() for s in whys)
        return self.context.status if behind else None

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """The whys that are said, else those that stand beside the statement, else weak ones."""
        said = [c for s in self.sentences if s.start < len(self.head) for c in self._said_in(s)]
        if any(self.tells(cause.measure) for cause in said):
            return tuple(said)
        found = [*said, *self._reversed(), *self._beside()]
        return tuple(found or self._weak())

    @cached_property
    def general_reasons(self) -> tuple[Span, ...]:
        """Whys in themselves, though general ones: no value, lack of features (EN-03)."""
        return self.matches(self.pack.phrases.general_reason)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """The parts of all sentences between their commas and their ands."""
        reach = len(self.head)
        read = [s for s in self.sentences if s.start < reach]
        return tuple(part for sentence in read for part in self._clauses(sentence))

    @cached_property
    def detail(self) -> Measure:
        """What the whole note tells, news of the engagement aside."""
        return self.measured(part for part in self.clauses if not self.is_news(part))

    @cached_property
    def progress_detail(self) -> Measure:
        """What a note on progress tells beside the words that state the progress."""
        stating = {
            t.start for t in self.tokens for s in self.progress if s.start <= t.start < s.end
        }
        plain = [t for t in self.tokens if t.worth is not Worth.CONTENT or t.start not in stating]
        parts = tuple(part for part in self.clauses if not self.is_news(part))
        return measure(self.text, plain, parts)

    def measured(self, spans: Iterable[Span]) -> Measure:
        """What the words inside the spans tell."""
        return measure(self.text, self.tokens, tuple(spans))

    def tells(self, what: Measure) -> bool:
        """Whether a why is specific (EN-17): something another team could act on."""
        limits = self.pack.limits
        if self.has_detail(what):
            return True
        enough = what.content + what.general + what.empty >= limits.telling_words
        return bool(what.content) and enough and not what.strung

    def has_detail(self, what: Measure) -> bool:
        """Whether there is a name, a number, or enough words that are no general ones."""
        return bool(what.strong) or what.content >= self.pack.limits.content_words

    def matches(self, pattern: re.Pattern[str]) -> tuple[Span, ...]:
        """Every match outside of unfilled slots; each pattern runs once a note."""
        if pattern not in self.matched:
            found = (Span(*m.span()) for m in pattern.finditer(self.head))
            slots = [span_of(slot) for slot in self.slots]
            self.matched[pattern] = tuple(
                s for s in found if not any(s.overlaps(slot) for slot in slots)
            )
        return self.matched[pattern]

    def names_another(self, span: Span) -> bool:
        """Whether another workload is named inside the span."""
        others = self.vocabulary.others(self.text, self.context.workload, frozenset())
        return any(span.overlaps(other) for other in others)

    def sentence_at(self, place: int) -> Span:
        """The sentence that holds an offset; the whole text where there is none."""
        return next((s for s in self.sentences if s.start <= place < s.end), self.whole)

    def _statements(
        self, pattern: re.Pattern[str], unless: Sequence[Span] = ()
    ) -> tuple[Span, ...]:
        aside = (*self.news, *unless)
        return tuple(s for s in self.matches(pattern) if not any(s.overlaps(n) for n in aside))

    def is_news(self, sentence: Span) -> bool:
        """Whether a part of the note holds news of the engagement (EN-12)."""
        return any(sentence.overlaps(n) for n in self.news)

    def _cause(self, start: int, end: int, *, weak: bool = False, said: bool = True) -> Cause:
        body = self.text[start:end]
        start += len(body) - len(body.lstrip(" \t\n:,-–—;"))
        end -= len(body) - len(body.rstrip(" \t\n.,;:!?)"))
        span = Span(start, max(start, end))
        return Cause(span, weak, said, self.measured((span,)))

    def _said_in(self, sentence: Span) -> list[Cause]:
        """The clauses after because, due to, as, since, a colon or a dash, in one sentence."""
        phrases, found = self.pack.phrases, list[Cause]()
        marks = [
            *((s, True) for p in self._explicit for s in self.within(p, sentence)),
            *((s, False) for s in self.within(phrases.causal_soft, sentence)),
            *((s, False) for s in self._labels_in(sentence)),
        ]
        reach = sentence.start
        for mark, explicit in sorted(marks):
            if mark.start < reach:
                continue
            cause = self._cause(mark.end, self._end_of_clause(mark, sentence))
            if cause.span.start < cause.span.end and (explicit or _is_of_weight(cause.measure)):
                found.append(cause)
                reach = cause.span.end
        return found

    @property
    def _explicit(self) -> tuple[re.Pattern[str], ...]:
        phrases = self.pack.phrases
        return (phrases.causal, phrases.causal_as, phrases.causal_since)

    def within(self, pattern: re.Pattern[str], span: Span) -> list[Span]:
        """The matches of a pattern inside a span."""
        return [s for s in self.matches(pattern) if span.start <= s.start and s.end <= span.end]

    def _labels_in(self, sentence: Span) -> list[Span]:
        """Colons and dashes that follow a statement; a label such as "Status:" has none before."""
        marks = _AFTER_LABEL.finditer(self.text, sentence.start, sentence.end)
        stated = (*self.negative, *self.duplicate, *self.intent_unknown)
        return [
            Span(*m.span())
            for m in marks
            if any(sentence.start <= s.start and s.end <= m.start() for s in stated)
        ]

    def _end_of_clause(self, mark: Span, sentence: Span) -> int:
        """The end of a clause: for a leading one the statement that follows it."""
        if self.text[sentence.start : mark.start].strip():
            further = self.within(self.pack.phrases.further_cause, sentence)
            return next((s.start for s in further if s.start >= mark.end), sentence.end)
        comma = self.text.find(",", mark.end, sentence.end)
        while comma >= 0:
            after = self.text.find(",", comma + 1, sentence.end)
            reach = after if after >= 0 else sentence.end
            if any(comma < s.start < reach for s in self.negative):
                return comma
            comma = after
        return next((s.start for s in self.negative if s.start > mark.end), sentence.end)

    def _reversed(self) -> list[Cause]:
        """Whys that stand before their verb: "the council forbids it", "..., so ..."."""
        phrases, found = self.pack.phrases, list[Cause]()
        for pattern in (phrases.reversed_causal, phrases.subject_causal):
            for mark in self.matches(pattern):
                cause = self._cause(self.sentence_at(mark.start).start, mark.start, said=False)
                if self.tells(cause.measure) or cause.measure.general:
                    found.append(cause)
        return found

    def _beside(self) -> list[Cause]:
        """Specific clauses and sentences beside the one that holds the statement."""
        parts = self.clauses
        stating = [p for p in parts if any(p.overlaps(s) for s in self.negative + self.duplicate)]
        if not stating:
            return []
        verdict = min(stating, key=lambda p: self._weight(self.measured((p,))))
        causes = [
            self._cause(*part, said=False)
            for part in parts
            if part != verdict and not self.is_news(part) and not self._is_until(part)
        ]
        return [cause for cause in causes if self._is_why(cause)]

    def _is_why(self, cause: Cause) -> bool:
        """A clause says why if it is specific or names a general noun, a sentence by any word.

        A date alone is none: "they told us so on Thursday".
        """
        what = cause.measure
        if self.measured(cause.span.without(self.matches(self.pack.phrases.when))).is_idle:
            return False
        alone = any(s.start == cause.span.start for s in self.sentences) and not any(
            cause.span.overlaps(s) for s in self.negative
        )
        return self.tells(what) or bool(what.general) or (alone and bool(what.content))

    @staticmethod
    def _weight(what: Measure) -> int:
        return 2 * what.strong + what.content

    def _is_until(self, part: Span) -> bool:
        phrases = self.pack.phrases
        leading = [*self.within(phrases.until, part), *self.within(phrases.after, part)]
        return any(not self.text[part.start : s.start].strip(" ,") for s in leading)

    def _clauses(self, sentence: Span) -> list[Span]:
        cuts = _CLAUSE.finditer(self.text, sentence.start, sentence.end)
        edges = [sentence.start, *(e for m in cuts for e in m.span()), sentence.end]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return [Span(start, end) for start, end in pairs if self.text[start:end].strip()]

    def _weak(self) -> list[Cause]:
        """Until-clauses, which are a weak why (EN-03)."""
        phrases, found = self.pack.phrases, list[Cause]()
        for pattern in (phrases.until, phrases.after):
            for mark in self.matches(pattern):
                sentence = self.sentence_at(mark.start)
                cause = self._cause(mark.end, self._end_of_clause(mark, sentence), weak=True)
                if pattern is phrases.until or not cause.measure.says_nothing:
                    found.append(cause)
        return found


def _is_of_weight(what: Measure) -> bool:
    """Whether a few words after a soft connective name anything: "stays with the partner" does."""
    return bool(what.strong or what.content or what.general or what.phases) or what.empty > 1


def span_of(slot: Slot) -> Span:
    """Where a slot of a template stands in the text."""
    return Span(slot.start, slot.end)
