"""One function a rule of entitlement notes: a parsed note in, findings out.

Every message is what the writer should do, in a sentence. The table `RULES` is what runs.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher

from ftop_tui.playbook.lint.context import ComparableNote, OtherNote, Others
from ftop_tui.playbook.lint.grade import (
    account_is_told,
    attempts_are_counted,
    clear_causes,
    is_detailed,
    is_only_declined_help,
    is_only_figures,
    is_specific,
    is_strung,
    lacks_a_why,
    leaves_intent_open,
    tells_double_count,
)
from ftop_tui.playbook.lint.pack import Limits
from ftop_tui.playbook.lint.parsed import NEGATIVE, ParsedNote
from ftop_tui.playbook.lint.vocabulary import Span, Vocabulary
from ftop_tui.playbook.values import EntitlementStatus, Finding, Severity
from ftop_tui.text import fold

Rule = Callable[[ParsedNote], Iterator[Finding]]

_ERROR, _WARN, _INFO = Severity.ERROR, Severity.WARN, Severity.INFO
_NOT_WORD = re.compile(r"[^\w\s]+")


def blank(note: ParsedNote) -> Iterator[Finding]:
    """EN-02: a blank or filler note gives one finding over all of it, and no other."""
    if note.is_filler:
        yield Finding("EN-02", _ERROR, *note.whole, "Write what the customer intends, and why.")


def concise(note: ParsedNote) -> Iterator[Finding]:
    """EN-01, EN-15: a sentence or two; what is too much is marked as for an Overall note."""
    limits, count = note.pack.limits, len(note.sentences)
    long = len(note.words) > limits.max_words
    if count > limits.good_sentences:
        span = Span(note.sentences[limits.good_sentences].start, note.sentences[-1].end)
    elif long:
        span = Span(note.words[limits.max_words].start, note.words[-1].end)
    else:
        return
    if long or count > limits.max_sentences:
        text = (
            f"{count} sentences, {len(note.words)} words: keep one or two sentences and move the "
            "rest to an Overall note."
        )
        yield Finding("EN-01", _WARN, *span, text)
    else:
        yield Finding("EN-01", _INFO, *span, "One or two sentences are enough.")


def states_intent(note: ParsedNote) -> Iterator[Finding]:
    """EN-02: a note states intent, its lack, progress, a block, silence or duplication."""
    if note.family is None and not (_is_about_help(note) or is_only_figures(note)):
        text = "Say what the customer intends, or what stands in the way."
        yield Finding("EN-02", _ERROR, *note.whole, text)


def says_why(note: ParsedNote) -> Iterator[Finding]:
    """EN-03 (and EN-08): Blocked and No Intent need a cause."""
    if lacks_a_why(note) and not (_is_about_help(note) or _is_bare_count(note)):
        span = note.sentence_at(note.negative[0].start) if note.negative else note.whole
        yield Finding("EN-03", _ERROR, *span, "Say why: because of what?")


def hedges(note: ParsedNote) -> Iterator[Finding]:
    """EN-04: words that blur the intent are marked at their place, with a rewrite."""
    for hedge in note.pack.hedges:
        for span in note.matches(hedge.pattern):
            if hedge.blurs(note.text, *span):
                word = note.text[span.start : span.end]
                text = f"“{word}” blurs the intent: leave it out, or give a date."
                yield Finding("EN-04", _WARN, *span, text, hedge.rewrite)


def plain_words(note: ParsedNote) -> Iterator[Finding]:
    """EN-05: Blocked and No Intent are said in plain words such as unable or blocked."""
    said = note.negative or note.general_reasons or _is_about_help(note) or _is_bare_count(note)
    if note.status in NEGATIVE and not said:
        offered = ", ".join(note.pack.words.plain)
        span = note.sentences[0] if note.sentences else note.whole
        yield Finding("EN-05", _WARN, *span, f"Use a plain word, for example: {offered}.")


def unfilled(note: ParsedNote) -> Iterator[Finding]:
    """EN-06: a slot of any template line that still stands must be filled."""
    for slot in note.slots:
        yield Finding("EN-06", _ERROR, slot.start, slot.end, f"Fill in: {slot.name}.")


def one_blocker(note: ParsedNote) -> Iterator[Finding]:
    """EN-07: more than one blocker in a note: the first is asked to be named primary."""
    if note.status is not EntitlementStatus.BLOCKED:
        return
    further = note.matches(note.pack.phrases.further_cause)
    causes = clear_causes(note)
    if causes and (further or is_strung(note)):
        text = "More than one blocker: name the first as the primary one."
        yield Finding("EN-07", _WARN, *causes[0].span, text)


def unresponsive(note: ParsedNote) -> Iterator[Finding]:
    """EN-09: an unresponsive note counts the attempts and says whether the account is managed."""
    if not note.unresponsive:
        return
    span = note.unresponsive[0]
    if not attempts_are_counted(note):
        yield Finding("EN-09", _WARN, *span, "Say how many attempts were made.")
    if not account_is_told(note):
        yield Finding("EN-09", _WARN, *span, "Say whether the account is managed or unmanaged.")


def duplicate_cause(note: ParsedNote) -> Iterator[Finding]:
    """EN-10: Duplicate/Invalid says why the entitlements are duplicate or invalid."""
    bare = not note.causes and not tells_double_count(note)
    if note.status is EntitlementStatus.DUPLICATE and bare and not note.slots:
        text = "Say why they are duplicate or invalid, for example a double license count."
        yield Finding("EN-10", _ERROR, *note.whole, text)


def only_figures(note: ParsedNote) -> Iterator[Finding]:
    """EN-11: usage or the L1 status alone is no note; bare progress needs a detail."""
    if is_only_figures(note):
        text = "Usage or the L1 status alone is no note: say what the customer intends, and why."
        yield Finding("EN-11", _ERROR, *note.whole, text)
    elif _is_bare_progress(note):
        span = note.sentence_at(note.progress[0].start)
        yield Finding("EN-11", _WARN, *span, "Say how far: the phase, a number, what comes next.")


def _is_bare_count(note: ParsedNote) -> bool:
    """Whether there is usage and no word on intent: then EN-11 says all there is to say."""
    return is_only_figures(note) and not (note.negative or note.labels)


def _is_bare_progress(note: ParsedNote) -> bool:
    if note.slots or _is_about_help(note) or leaves_intent_open(note):
        return False
    return note.family is EntitlementStatus.IN_PROGRESS and not is_detailed(note)


def engagement_news(note: ParsedNote) -> Iterator[Finding]:
    """EN-12: news of the engagement belongs in an Overall note."""
    if note.unresponsive:
        return
    for sentence in note.sentences:
        if any(sentence.overlaps(news) for news in note.news):
            text = "This is news of the engagement: move it to an Overall note."
            yield Finding("EN-12", _WARN, *sentence, text)


def copied(note: ParsedNote) -> Iterator[Finding]:
    """EN-13: the same text on another workload of the tenant, unless nobody answers."""
    if note.unresponsive:
        return
    tag, limits, others = note.context.workload, note.pack.limits, note.context.others
    if not isinstance(others, Others):
        others = prepared(note.vocabulary, others, limits)
    mine = _comparable(note.vocabulary, OtherNote(tag, note.head))
    for other in others.notes:
        if other.tag != tag and _is_alike(mine, other, limits.same_text):
            text = f"{other.tag} has the same note: say what holds for this workload."
            yield Finding("EN-13", _WARN, *note.whole, text)


def prepared(vocabulary: Vocabulary, others: Iterable[OtherNote], limits: Limits) -> Others:
    """Notes on other workloads made ready for comparing: they stay the same while one is typed."""
    reach = limits.read_characters
    return Others(tuple(_comparable(vocabulary, o._replace(text=o.text[:reach])) for o in others))


def _comparable(vocabulary: Vocabulary, note: OtherNote) -> ComparableNote:
    words = tuple(fold(_NOT_WORD.sub(" ", vocabulary.without_names(note.text))).split())
    return ComparableNote(note.tag, words, Counter(words), sum(map(len, words)))


def _is_alike(one: ComparableNote, other: ComparableNote, limit: float) -> bool:
    """Whether both have so large a share of their characters in the same words, in one order."""
    if one.words == other.words:
        return bool(one.words)
    needed = limit * (one.letters + other.letters)
    if 2 * min(one.letters, other.letters) < needed:
        return False  # by their lengths alone
    shared = sum(len(word) * times for word, times in (one.counts & other.counts).items())
    if 2 * shared < needed:
        return False  # in any order: spares the slow comparison
    head = _same_head(one.words, other.words)
    mine, theirs = one.words[head:], other.words[head:]
    tail = _same_head(mine[::-1], theirs[::-1])
    mine, theirs = mine[: len(mine) - tail], theirs[: len(theirs) - tail]
    same = one.letters - sum(map(len, mine))
    if 2 * same >= needed:
        return True  # by their beginning and end alone
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    same += sum(len(word) for b in blocks for word in mine[b.a : b.a + b.size])
    return 2 * same >= needed


def _same_head(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many words two notes begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def unfit_terms(note: ParsedNote) -> Iterator[Finding]:
    """EN-13: a term that cannot apply to the workload, such as migration on Office ProPlus."""
    for unfit in note.pack.unfit:
        if unfit.workload != note.context.workload:
            continue
        for span in note.matches(unfit.pattern):
            sentence = note.sentence_at(span.start)
            if not note.within(unfit.unless, sentence) and not note.names_another(sentence):
                word = note.text[span.start : span.end]
                text = f"“{word}” does not apply to {unfit.workload}: is this another's note?"
                yield Finding("EN-13", _WARN, *span, text)


def declined_help(note: ParsedNote) -> Iterator[Finding]:
    """EN-14: declining FastTrack's help is not lack of intent for the service."""
    if _is_about_help(note):
        span = Span(note.declined[0].start, note.declined[-1].end)
        text = (
            "Declining help is not lack of intent for the service: In Progress fits if they deploy "
            "on their own, Status Unknown if the intent is not known."
        )
        yield Finding("EN-14", _ERROR, *span, text)


def _is_about_help(note: ParsedNote) -> bool:
    """Whether EN-14 holds: then what else is missing is not worth a word."""
    return note.status is EntitlementStatus.NO_INTENT and is_only_declined_help(note)


def technical_detail(note: ParsedNote) -> Iterator[Finding]:
    """EN-17: a Blocked note whose only cause is a general noun needs the specific limitation."""
    causes = clear_causes(note)
    if note.status is not EntitlementStatus.BLOCKED or is_specific(note) or note.slots:
        return
    if causes:
        text = "Name the specific limitation; the FastTrack Engineers can help with the detail."
        yield Finding("EN-17", _WARN, *causes[0].span, text)


def matches_status(note: ParsedNote) -> Iterator[Finding]:
    """EN-20: the text, L2, L3 and the kind of blocker fit the status (L1)."""
    given = note.context.status
    if given is None:
        return
    spoken = _contradiction(note, given)
    if spoken is not None and not (_is_about_help(note) or _is_bare_count(note)):
        text = f"The status is {given.word}, the text reads as {spoken.word}."
        yield Finding("EN-20", _WARN, *note.whole, text)
    yield from _reasons_fit(note, given)


def _contradiction(note: ParsedNote, given: EntitlementStatus) -> EntitlementStatus | None:
    """The status that the text speaks of instead of the given one; None where they agree."""
    firm = {
        EntitlementStatus.NO_INTENT: note.pack.phrases.firm_no_intent,
        EntitlementStatus.BLOCKED: note.pack.phrases.firm_blocked,
    }
    said = [cause.span for cause in note.causes]
    if given not in NEGATIVE:
        firm[EntitlementStatus.NO_INTENT] = note.pack.phrases.unwilling
    for status, pattern in firm.items():
        outside = [s for s in note.matches(pattern) if not any(s.overlaps(c) for c in said)]
        if outside and status is not given:
            return status
    if note.unresponsive and given is not EntitlementStatus.UNKNOWN and not said:
        return EntitlementStatus.UNKNOWN
    family = note.family
    agree = family is None or family is given or {family, given} == NEGATIVE
    return None if agree else family


def _reasons_fit(note: ParsedNote, given: EntitlementStatus) -> Iterator[Finding]:
    context, reasons = note.context, note.pack.reasons.get(given, {})
    if context.l2 and context.l2 not in reasons:
        text = f"“{context.l2}” is no reason of {given.word}."
        yield Finding("EN-20", _WARN, *note.whole, text)
    elif context.l3 and context.l3 not in reasons.get(context.l2 or "", ()):
        text = f"“{context.l3}” is no sub-reason of “{context.l2 or 'no reason'}”."
        yield Finding("EN-20", _WARN, *note.whole, text)
    if context.blocker_kind and given is not EntitlementStatus.BLOCKED:
        text = f"A kind of blocker is set, and the status is {given.word}."
        yield Finding("EN-20", _WARN, *note.whole, text)


def explanation(note: ParsedNote) -> Finding:
    """EN-16: what lowers a grade where no other rule has named it."""
    if note.causes and not clear_causes(note):
        text = "An until-clause alone is a weak why: name what stands in the way."
    elif leaves_intent_open(note):
        text = "The intent is left open: say plainly what the customer intends."
    elif is_strung(note):
        text = "Several general nouns in a row: name one cause, and the detail of it."
    elif note.family is EntitlementStatus.UNKNOWN:
        text = "Say what was tried, or what the customer's decision hangs on."
    else:
        text = "Readable, but not specific: name a product, a number, a phase, a law or an event."
    return Finding("EN-16", _WARN, *note.whole, text)


RULES: tuple[Rule, ...] = (
    concise,
    states_intent,
    says_why,
    hedges,
    plain_words,
    unfilled,
    one_blocker,
    unresponsive,
    duplicate_cause,
    only_figures,
    engagement_news,
    copied,
    unfit_terms,
    declined_help,
    technical_detail,
    matches_status,
)
"""All rules over a note that is not blank; `blank` goes first and alone (EN-02)."""
