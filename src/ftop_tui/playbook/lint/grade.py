"""Great, marginal or poor, by what can be read from a note (EN-16)."""

from collections.abc import Callable, Mapping

from ftop_tui.playbook.lint.parsed import NEGATIVE, Cause, ParsedNote
from ftop_tui.playbook.lint.vocabulary import Span, Worth
from ftop_tui.playbook.values import EntitlementStatus, Grade


def grade(note: ParsedNote) -> Grade:
    """The grade of a note (EN-16): its structure decides, from the worst upwards."""
    if note.is_filler or is_only_figures(note) or is_only_news(note):
        return Grade.POOR
    if note.status is EntitlementStatus.NO_INTENT and is_only_declined_help(note):
        return Grade.POOR
    if note.family is None:
        return Grade.MARGINAL if may_state_something(note) else Grade.POOR
    read = _BY_FAMILY[note.family](note)
    falls_short = is_too_long(note) or leaves_intent_open(note) or note.slots or lacks_a_why(note)
    return Grade.MARGINAL if read is Grade.GREAT and falls_short else read


def may_state_something(note: ParsedNote) -> bool:
    """Whether there may be a verdict that no list knows: more than a number or a place."""
    content = note.detail.content
    named = any(t.worth is Worth.STRONG and t.text.isalpha() for t in note.tokens)
    return content >= note.pack.limits.content_words or bool(content and named)


def lacks_a_why(note: ParsedNote) -> bool:
    """Whether Blocked or No Intent is stated without any cause, be it a general one (EN-03)."""
    return note.status in NEGATIVE and not (note.causes or note.general_reasons or note.slots)


def is_too_long(note: ParsedNote) -> bool:
    """Whether a note runs past the limits of sentences or words (EN-01)."""
    limits = note.pack.limits
    return len(note.sentences) > limits.max_sentences or len(note.words) > limits.max_words


def is_only_figures(note: ParsedNote) -> bool:
    """Whether there is nothing but usage figures or an L1 label (EN-11)."""
    figures = note.usage + note.labels + _bare_figures(note)
    if not figures or _is_explained(note):
        return False
    aside = (*figures, *note.matches(note.pack.phrases.when))
    parts = (part for part in note.clauses if not note.is_news(part))
    return note.measured(piece for part in parts for piece in part.without(aside)).is_idle


def _bare_figures(note: ParsedNote) -> tuple[Span, ...]:
    """Usage told as a count, where nothing else is stated: beside progress it is a detail of it."""
    figures = note.matches(note.pack.phrases.figures)
    stated = (*note.progress, *note.negative, *note.duplicate, *note.intent_unknown)
    return () if any(not any(s.overlaps(f) for f in figures) for s in stated) else figures


def _is_explained(note: ParsedNote) -> bool:
    if note.family in NEGATIVE or note.family is EntitlementStatus.DUPLICATE:
        return bool(clear_causes(note))
    return bool(note.unresponsive)


def is_only_news(note: ParsedNote) -> bool:
    """Whether a note reports on the engagement and states nothing (EN-12)."""
    return bool(note.news) and note.family is None


def clear_causes(note: ParsedNote) -> tuple[Cause, ...]:
    """The whys that are more than an until-clause (EN-03)."""
    return tuple(cause for cause in note.causes if not cause.weak)


def is_specific(note: ParsedNote) -> bool:
    """Whether a why tells what another team could act on (EN-17)."""
    return any(note.tells(cause.measure) for cause in clear_causes(note))


def is_strung(note: ParsedNote) -> bool:
    """Whether the why is several general nouns in a row: "cloud/data/legal issues"."""
    if is_specific(note):
        return False
    said = [cause.measure for cause in clear_causes(note) if cause.said]
    return any(what.strung for what in said or [note.measured((s,)) for s in note.sentences])


def is_only_declined_help(note: ParsedNote) -> bool:
    """Whether the only why is that FastTrack's help is not wanted (EN-14)."""
    if not note.declined:
        return False
    causes = clear_causes(note)
    if not causes and note.vocabulary.names_product(note.head):
        return False
    if any(_is_reason(note, span) for span in note.general_reasons):
        return False
    return not any(_remains(note, cause) for cause in causes)


def _is_reason(note: ParsedNote, span: Span) -> bool:
    """Whether a general why is one of the service, and not why help was declined."""
    if span.start < note.declined[0].end or any(span.overlaps(d) for d in note.declined):
        return False
    around = [cause.span for cause in note.causes if cause.said and cause.span.overlaps(span)]
    return not around or any(not any(s.overlaps(c) for c in around) for s in note.no_intent)


def _remains(note: ParsedNote, cause: Cause) -> bool:
    """Whether a cause says more: a general noun does where a lack of intent is stated as well."""
    aside = (*note.declined, *note.matches(note.pack.phrases.when))
    left = note.measured(cause.span.without(aside))
    return note.tells(left) or bool(left.general and note.no_intent)


def leaves_intent_open(note: ParsedNote) -> bool:
    """Whether hedges outside of the why leave the intent open; an unknown intent is open anyway."""
    if note.family is EntitlementStatus.UNKNOWN or note.family is EntitlementStatus.DUPLICATE:
        return False
    said = [cause.span for cause in note.causes]
    spots = list(note.matches(note.pack.phrases.open_intent))
    for hedge in note.pack.hedges:
        if note.family in hedge.opens:
            found = note.matches(hedge.pattern)
            spots += [span for span in found if hedge.blurs(note.text, *span)]
    return any(_is_in_statement(note, s) and not any(s.overlaps(c) for c in said) for s in spots)


def _is_in_statement(note: ParsedNote, spot: Span) -> bool:
    sentence = note.sentence_at(spot.start)
    return any(sentence.overlaps(s) for s in (*note.negative, *note.progress))


def is_detailed(note: ParsedNote) -> bool:
    """Whether a note on progress names a phase or any other specific."""
    return bool(note.detail.phases) or note.has_detail(note.progress_detail)


def attempts_are_counted(note: ParsedNote) -> bool:
    """Whether an unresponsive note gives a number of attempts (EN-09)."""
    return bool(note.matches(note.pack.phrases.attempt_count))


def account_is_told(note: ParsedNote) -> bool:
    """Whether a note says that the account is managed or unmanaged (EN-09)."""
    return bool(note.matches(note.pack.phrases.account_kind))


def _negative(note: ParsedNote) -> Grade:
    if is_specific(note):
        return Grade.GREAT
    if is_strung(note):
        return Grade.POOR
    if note.causes or note.general_reasons:
        return Grade.MARGINAL
    talks = len(note.words) >= note.pack.limits.talkative_words and note.detail.strong
    wavers = note.matches(note.pack.phrases.open_intent)
    return Grade.MARGINAL if talks or wavers else Grade.POOR


def _progress(note: ParsedNote) -> Grade:
    return Grade.GREAT if is_detailed(note) else Grade.MARGINAL


def _unknown(note: ParsedNote) -> Grade:
    if note.unresponsive:
        return _unresponsive(note)
    if note.has_detail(note.detail):
        return Grade.GREAT
    bare = len(note.words) <= note.pack.limits.bare_words and not _has_subject(note)
    return Grade.POOR if bare else Grade.MARGINAL


def _has_subject(note: ParsedNote) -> bool:
    """Whether it says who: "Customer is undecided." does, "Unknown" does not."""
    return len(note.words) == note.pack.limits.bare_words


def _unresponsive(note: ParsedNote) -> Grade:
    counted, told = attempts_are_counted(note), account_is_told(note)
    if counted and told:
        return Grade.GREAT
    tried = counted or told or note.matches(note.pack.phrases.attempts)
    return Grade.MARGINAL if tried else Grade.POOR


def _duplicate(note: ParsedNote) -> Grade:
    if is_specific(note) or (tells_double_count(note) and note.has_detail(note.detail)):
        return Grade.GREAT
    return Grade.MARGINAL if note.causes or tells_double_count(note) else Grade.POOR


def tells_double_count(note: ParsedNote) -> bool:
    """Whether a note tells a why in itself: counted twice, expired, a test tenant (EN-10)."""
    return bool(note.matches(note.pack.phrases.double_count))


_BY_FAMILY: Mapping[EntitlementStatus, Callable[[ParsedNote], Grade]] = {
    EntitlementStatus.IN_PROGRESS: _progress,
    EntitlementStatus.BLOCKED: _negative,
    EntitlementStatus.NO_INTENT: _negative,
    EntitlementStatus.UNKNOWN: _unknown,
    EntitlementStatus.DUPLICATE: _duplicate,
}
