"""The linter's lists and numbers as frozen values, read from `lint.toml`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from ftop_tui.errors import PackError
from ftop_tui.playbook.values import EntitlementStatus

_LOOK_BEHIND = re.compile(r"\(\?<[!=][^)]*\)")  # its width must be fixed: one blank is one blank
_MACRO = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of the rules; words and sentences are counted in the text as given."""

    good_sentences: int
    max_sentences: int
    max_words: int
    read_characters: int
    same_text: float
    content_words: int
    telling_words: int
    talkative_words: int
    bare_words: int


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words by what they are worth to a reader (EN-05, EN-17)."""

    plain: tuple[str, ...]
    general: tuple[str, ...]
    empty: tuple[str, ...]
    counted: tuple[str, ...]
    stop: tuple[str, ...]
    neutral: tuple[str, ...]
    named: tuple[str, ...]
    events: tuple[str, ...]
    phases: tuple[str, ...]
    weak_phases: tuple[str, ...]
    numbers: tuple[str, ...]
    abbreviations: tuple[str, ...]
    ambiguous: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled patterns, one a list of `[phrases]`; each matches whole words in any case."""

    no_intent: re.Pattern[str]
    blocked: re.Pattern[str]
    progress: re.Pattern[str]
    unresponsive: re.Pattern[str]
    intent_unknown: re.Pattern[str]
    duplicate: re.Pattern[str]
    double_count: re.Pattern[str]
    causal: re.Pattern[str]
    causal_soft: re.Pattern[str]
    causal_as: re.Pattern[str]
    causal_since: re.Pattern[str]
    until: re.Pattern[str]
    after: re.Pattern[str]
    reversed_causal: re.Pattern[str]
    subject_causal: re.Pattern[str]
    general_reason: re.Pattern[str]
    open_intent: re.Pattern[str]
    usage: re.Pattern[str]
    figures: re.Pattern[str]
    l1_label: re.Pattern[str]
    news: re.Pattern[str]
    declined_help: re.Pattern[str]
    when: re.Pattern[str]
    attempts: re.Pattern[str]
    attempt_count: re.Pattern[str]
    account_kind: re.Pattern[str]
    unwilling: re.Pattern[str]
    firm_no_intent: re.Pattern[str]
    firm_duplicate: re.Pattern[str]
    firm_blocked: re.Pattern[str]
    further_cause: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that blurs intent (EN-04), what takes its place, and where it leaves intent open."""

    word: str
    pattern: re.Pattern[str]
    rewrite: str
    opens: frozenset[EntitlementStatus]
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    so_far: re.Pattern[str] | None
    """What stands before the word where it means so far: "the largest wave yet"."""

    def blurs(self, text: str, start: int, end: int) -> bool:
        """Whether the word is meant as a hedge where it stands: "yet" may mean however."""
        if self.so_far is not None and self.so_far.search(text[:start]):
            return False
        if self.not_after is None or self.not_before is None:
            return True
        return not (self.not_after.search(text[:start]) and self.not_before.match(text[end:]))


@dataclass(frozen=True, slots=True)
class Unfit:
    """A term that cannot apply to a workload, and what shows that another is meant (EN-13)."""

    workload: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class LintPack:
    """Everything the linter knows that may change; regular expressions are compiled once, here."""

    limits: Limits
    safe_fixes: frozenset[str]
    """Rules whose rewrite keeps the meaning."""
    fillers: frozenset[str]
    phrases: Phrases
    words: Words
    hedges: tuple[Hedge, ...]
    own_names: Mapping[str, tuple[str, ...]]
    unfit: tuple[Unfit, ...]
    reasons: Mapping[EntitlementStatus, Mapping[str, tuple[str, ...]]]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The lists from the tables of `lint.toml`.

        Raises:
            PackError: a phrase is no regular expression or names a macro that is not there.
        """
        macros = data["macros"]
        return cls(
            limits=Limits(**data["limits"]),
            safe_fixes=frozenset(data["safe_fixes"]),
            fillers=frozenset(term.casefold() for term in data["fillers"]["terms"]),
            phrases=Phrases(
                **{f.name: _phrases(data["phrases"][f.name], macros) for f in fields(Phrases)}
            ),
            words=Words(**{f.name: tuple(data["words"][f.name]) for f in fields(Words)}),
            hedges=tuple(_hedge(entry, macros) for entry in data["hedge"]),
            own_names={tag: tuple(names) for tag, names in data["own_names"].items()},
            unfit=tuple(
                Unfit(
                    entry["workload"],
                    _phrases([entry["phrase"]], macros),
                    _phrases([entry["unless"]], macros),
                )
                for entry in data["unfit"]
            ),
            reasons={
                EntitlementStatus(status): {l2: tuple(l3) for l2, l3 in table.items()}
                for status, table in data["reasons"].items()
            },
        )


def _hedge(entry: Mapping[str, Any], macros: Mapping[str, str]) -> Hedge:
    before, after, so_far = (entry.get(key) for key in ("not_before", "not_after", "so_far"))
    return Hedge(
        word=entry["word"],
        pattern=_phrases([entry["phrase"]], macros),
        rewrite=entry["rewrite"],
        opens=frozenset(EntitlementStatus(status) for status in entry["opens"]),
        not_before=_compiled(before) if before else None,
        not_after=_compiled(after) if after else None,
        so_far=_compiled(so_far) if so_far else None,
    )


def _phrases(patterns: Iterable[str], macros: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern for a list, in the small language that the head of `lint.toml` describes."""
    parts = [_MACRO.sub(lambda m: _macro(m[1], macros), pattern) for pattern in patterns]
    joined = "|".join(f"(?:{part})" for part in parts)
    spaced = _LOOK_BEHIND.sub(lambda m: m[0].replace(" ", r"\s"), joined)
    spaced = spaced.replace("[ -]", r"[\s-]").replace(" ~ ", r"(?:\s+[\w-]+){0,3}?\s+")
    spaced = spaced.replace(" ?", r"\s*").replace(" ", r"\s+").replace("'", "['’]")
    return _compiled(rf"(?<![\w])(?:{spaced})(?![\w])")


def _macro(name: str, macros: Mapping[str, str]) -> str:
    if name not in macros:
        raise PackError(f"lint: there is no macro {name}")
    return macros[name]


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise PackError(f"lint: {pattern[:60]}… is no pattern: {error}") from error
