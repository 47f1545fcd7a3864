"""Takes a note apart: into sentences, words, slots and names."""

import re
from collections.abc import Sequence
from functools import partial

from ftop_tui.playbook.lint.context import NoteContext
from ftop_tui.playbook.lint.pack import LintPack
from ftop_tui.playbook.lint.parsed import ParsedNote, span_of
from ftop_tui.playbook.lint.vocabulary import Span, Token, Vocabulary, Worth
from ftop_tui.playbook.templates import Templates

_BREAK = re.compile(r"[.!?]+(?=[\s\"')\]*]|$)|\n+")
_COUNTED = re.compile(r"\S*\w\S*")
_LAST_WORD = re.compile(r"[\w.]+$")
_HEAD = re.compile(
    r"\s*(?:(?:The\s+)?(?:Customer|Company|Client)\s+)?((?:[A-Z][\w&.-]*\s+){1,3})"
    r"(?:(?:currently|also|still|now)\s+)?"
)
_STARTERS = re.compile(r"(?:[:;—(\[\"“*•]|\s[-–])\s*")


class Parser:
    """Takes notes apart with one pack's phrases and words."""

    def __init__(self, pack: LintPack, templates: Templates, vocabulary: Vocabulary) -> None:
        self._pack = pack
        self._templates = templates
        self._vocabulary = vocabulary
        self._abbreviations = frozenset(pack.words.abbreviations)

    def parse(self, text: str, context: NoteContext) -> ParsedNote:
        """The note taken apart; any text is fine."""
        phrases = self._pack.phrases
        sentences = self._sentences(text)
        slots = self._templates.slots_in(text)
        head = text[: self._pack.limits.read_characters]
        find = partial(_found, head)
        usage, labels = find(phrases.usage), find(phrases.l1_label)
        tokens = self._vocabulary.tokens(
            head,
            context.workload,
            context.workload_names.get(context.workload, ()),
            (*map(span_of, slots), *usage, *labels),
            _starts(head, sentences),
            self._subject(head),
        )
        return ParsedNote(
            text=text,
            context=context,
            pack=self._pack,
            sentences=sentences,
            words=_found(text, _COUNTED),
            slots=slots,
            usage=usage,
            labels=labels,
            news=find(phrases.news),
            declined=tuple(
                self._with_names(s, tokens)
                for s in find(phrases.declined_help)
                if not self._vocabulary.names_product(head[s.start : s.end])
            ),
            tokens=tokens,
            vocabulary=self._vocabulary,
        )

    def _with_names(self, span: Span, tokens: Sequence[Token]) -> Span:
        """The span and the firm's names right after it: "use a partner Fabrikam Consulting"."""
        end = span.end
        for token in tokens:
            if token.start < end:
                continue
            named = token.worth is Worth.STRONG and token.text[0].isupper()
            if not named or self._vocabulary.names_product(token.text):
                break
            end = token.end
        return Span(span.start, end)

    def _subject(self, text: str) -> Span | None:
        """A name at the head of the note, right before what it states: the customer's own."""
        head = _HEAD.match(text)
        phrases = self._pack.phrases
        if head and any(
            pattern.match(text, head.end())
            for pattern in (phrases.no_intent, phrases.blocked, phrases.progress)
        ):
            return Span(*head.span(1))
        return None

    def _sentences(self, text: str) -> tuple[Span, ...]:
        found, start = list[Span](), 0
        for match in _BREAK.finditer(text):
            if "\n" not in match[0] and self._is_abbreviation(text, start, match):
                continue
            found.append(Span(start, match.end()))
            start = match.end()
        found.append(Span(start, len(text)))
        return tuple(s for s in (_trimmed(text, s) for s in found) if _COUNTED.search(text, *s))

    def _is_abbreviation(self, text: str, start: int, stop: re.Match[str]) -> bool:
        last = _LAST_WORD.search(text, start, stop.start())
        follows = text[stop.end() :].lstrip()[:1]
        return (
            stop[0] == "."
            and bool(follows)
            and last is not None
            and last[0].lower() in self._abbreviations
        )


def _found(text: str, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    return tuple(Span(*m.span()) for m in pattern.finditer(text))


def _trimmed(text: str, span: Span) -> Span:
    body = text[span.start : span.end]
    return Span(
        span.start + len(body) - len(body.lstrip()), span.end - len(body) + len(body.rstrip())
    )


def _starts(text: str, sentences: Sequence[Span]) -> frozenset[int]:
    """Where a capital shows no name: at the start of a sentence, after a colon or a dash."""
    starts = {m.end() for m in _STARTERS.finditer(text)}
    return frozenset(starts | {s.start for s in sentences})
