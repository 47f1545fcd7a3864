"""Completion scripts that say what each word does, for zsh and fish."""

from collections.abc import Iterator, Sequence

from ftop_tui.cli.completing_plain import PATHS, name_of, offered_by, words_of
from ftop_tui.cli.parsers import Option, Place

_ZSH = r"""#compdef ftop-tui
# Completion of ftop-tui for zsh.
_ftop_tui() {
    local -A takes
    takes=(
@VALUES@
    )
    local place='' pending='' word i
    local -a told
    for ((i = 2; i < CURRENT; i++)); do
        word=${words[i]}
        if [[ -n $pending ]]; then pending=''
        elif [[ $word == -* ]]; then
            (( ${+takes[$place:$word]} )) && pending=$place:$word
        else
            case "${place:+$place }$word" in
@PLACES@) place="${place:+$place }$word" ;;
            esac
        fi
    done
    if [[ -n $pending ]]; then
        case ${takes[$pending]} in
            '') _message 'a value' ;;
            @) _files ;;
            *) compadd -- ${=takes[$pending]} ;;
        esac
        return
    fi
    if [[ $PREFIX == -* ]]; then
        case $place in
@OPTIONS@
        esac
        _describe 'option' told
        return
    fi
    case $place in
@WORDS@
    esac
    (( ${#told} )) && _describe 'word' told
}
compdef _ftop_tui ftop-tui"""


def zsh(places: Sequence[Place]) -> str:
    """The script for zsh, to be read once compinit has run."""
    values = [
        f"        '{name_of(place)}:{name}' '{offered_by(option)}'"
        for place in places
        for option in place.options
        if option.metavar
        for name in option.names
    ]
    parts = {
        "@VALUES@": "\n".join(values),
        "@PLACES@": "                "
        + "|".join(f"'{name_of(place)}'" for place in places if place.path),
        "@OPTIONS@": "\n".join(_zsh_options(place) for place in places),
        "@WORDS@": "\n".join(_zsh_words(place) for place in places if words_of(place)),
    }
    script = _ZSH
    for mark, text in parts.items():
        script = script.replace(mark, text)
    return script


def _zsh_options(place: Place) -> str:
    told = (_zsh_told(name, o.about) for o in place.options for name in o.names)
    return f"            '{name_of(place)}') told=({' '.join(told)}) ;;"


def _zsh_words(place: Place) -> str:
    if words_of(place) == PATHS:
        return f"        '{name_of(place)}') _files; return ;;"
    operands = ((word, o.about) for o in place.operands for word in o.values)
    told = (_zsh_told(word, about) for word, about in (*place.words, *operands))
    return f"        '{name_of(place)}') told=({' '.join(told)}) ;;"


def _zsh_told(word: str, about: str) -> str:
    return _quoted(f"{word}:{_short(about)}" if about else word)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _short(about: str) -> str:
    """A help text on one line; lists of values are told by the values themselves."""
    return "one of these" if "one of" in about else " ".join(about.replace("%%", "%").split())


def fish(places: Sequence[Place]) -> str:
    """The script for fish."""
    lines = ["# Completion of ftop-tui for fish.", "complete -c ftop-tui -f", *_FISH_HELPER]
    for place in places:
        when = f"-n '__ftop_tui_at \"{name_of(place)}\"'"
        lines += _fish_place(place, f"complete -c ftop-tui {when}")
    known = " ".join(f"'{name_of(place)}'" for place in places if place.path)
    takes = " ".join(
        f"'{name_of(place)}:{name}'"
        for place in places
        for option in place.options
        if option.metavar
        for name in option.names
    )
    return "\n".join(lines).replace("@PLACES@", known).replace("@TAKES@", takes)


_FISH_HELPER = (
    "set -g __ftop_tui_places @PLACES@",
    "set -g __ftop_tui_takes @TAKES@",
    "function __ftop_tui_at --description 'whether the words so far lead to that place'",
    "    set -l place ''",
    "    set -l pending ''",
    "    for word in (commandline -opc)[2..-1]",
    '        set -l next (string trim -- "$place $word")',
    '        if test -n "$pending"',
    "            set pending ''",
    "        else if string match -q -- '-*' $word",
    '            contains -- "$place:$word" $__ftop_tui_takes; and set pending 1',
    '        else if contains -- "$next" $__ftop_tui_places',
    "            set place $next",
    "        end",
    "    end",
    '    test "$place" = "$argv[1]"',
    "end",
)


def _fish_place(place: Place, start: str) -> Iterator[str]:
    for option in place.options:
        yield f"{start} {_fish_option(option)}"
    for word, about in place.words:
        yield f"{start} -a {_fish_quoted(word)} -d {_fish_quoted(_short(about))}"
    for operand in place.operands:
        if operand.is_path:
            yield f"{start} -F"
        elif operand.values:
            yield f"{start} -a {_fish_quoted(' '.join(operand.values))}"


def _fish_option(option: Option) -> str:
    names = [f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in option.names]
    parts = [*names, "-d", _fish_quoted(_short(option.about))]
    if option.is_path:
        parts += ["-r", "-F"]
    elif option.values:
        parts += ["-x", "-a", _fish_quoted(" ".join(option.values))]
    elif option.metavar:
        parts.append("-x")
    return " ".join(parts)


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
