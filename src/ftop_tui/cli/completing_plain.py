"""Completion scripts that offer words alone, for bash and PowerShell.

Both walk the words that stand there already to the place they lead to (a command, or a command and
its verb), and look up there what can follow.
"""

from collections.abc import Iterable, Iterator, Sequence

from ftop_tui.cli.parsers import Option, Place

PATHS = "@"
"""Stands for the names of files."""

_BASH = r"""# Completion of ftop-tui for bash, 3.2 and newer.
__ftop_tui_value() {
    case "$1" in
@VALUES@
    *) return 1 ;;
    esac
}
__ftop_tui_options() {
    case "$1" in
@OPTIONS@
    esac
}
__ftop_tui_words() {
    case "$1" in
@WORDS@
    esac
}
__ftop_tui_is_place() {
    case "$1" in
@PLACES@) return 0 ;;
    esac
    return 1
}
_ftop_tui() {
    local cur="${COMP_WORDS[COMP_CWORD]}" place="" pending="" word offered i IFS=$' \t\n'
    for ((i = 1; i < COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        if [ -n "$pending" ]; then
            pending=""
        elif [ "${word#-}" != "$word" ]; then
            __ftop_tui_value "$place:$word" >/dev/null && pending="$word"
        elif __ftop_tui_is_place "${place:+$place }$word"; then
            place="${place:+$place }$word"
        fi
    done
    if [ -n "$pending" ]; then
        offered="$(__ftop_tui_value "$place:$pending")"
    elif [ "${cur#-}" != "$cur" ]; then
        offered="$(__ftop_tui_options "$place")"
    else
        offered="$(__ftop_tui_words "$place")"
    fi
    if [ "$offered" = "@" ]; then
        compopt -o filenames 2>/dev/null
        IFS=$'\n'
        COMPREPLY=($(compgen -f -- "$cur"))
        return
    fi
    COMPREPLY=($(compgen -W "$offered" -- "$cur"))
    case "${COMPREPLY[0]}" in *=) compopt -o nospace 2>/dev/null ;; esac
}
complete -F _ftop_tui ftop-tui"""

_POWERSHELL = r"""# Completion of ftop-tui for PowerShell, 5.1 and newer.
Register-ArgumentCompleter -Native -CommandName 'ftop-tui', 'ftop-tui.exe' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $values = @{
@VALUES@
    }
    $options = @{
@OPTIONS@
    }
    $words = @{
@WORDS@
    }
    $place = ''
    $pending = $null
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.ToString()
        $next = "$place $word".Trim()
        if ($pending) { $pending = $null }
        elseif ($word.StartsWith('-')) {
            if ($values.ContainsKey("${place}:$word")) { $pending = "${place}:$word" }
        }
        elseif ($options.ContainsKey($next)) { $place = $next }
    }
    if ($pending) { $offered = $values[$pending] }
    elseif ($wordToComplete.StartsWith('-')) { $offered = $options[$place] }
    else { $offered = $words[$place] }
    if ($offered -eq '@') { return }  # PowerShell completes paths by itself
    -split $offered | Where-Object { $_ -and $_ -like "$wordToComplete*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}"""


def bash(places: Sequence[Place]) -> str:
    """The script for bash; what macOS ships (3.2) can run it too."""
    values = (f"    '{key}') echo '{offered}' ;;" for key, offered in _values(places))
    options = (f"    '{name_of(p)}') echo '{_options(p)}' ;;" for p in places)
    words = (f"    '{name_of(p)}') echo '{words_of(p)}' ;;" for p in places if words_of(p))
    known = "    " + " | ".join(f"'{name_of(p)}'" for p in places if p.path)
    return _filled(_BASH, values, options, words).replace("@PLACES@", known)


def powershell(places: Sequence[Place]) -> str:
    """The script for PowerShell, Windows' own and the newer one."""
    values = (f"        '{key}' = '{offered}'" for key, offered in _values(places))
    options = (f"        '{name_of(p)}' = '{_options(p)}'" for p in places)
    words = (f"        '{name_of(p)}' = '{words_of(p)}'" for p in places)
    return _filled(_POWERSHELL, values, options, words)


def _filled(
    script: str, values: Iterable[str], options: Iterable[str], words: Iterable[str]
) -> str:
    for mark, lines in (("@VALUES@", values), ("@OPTIONS@", options), ("@WORDS@", words)):
        script = script.replace(mark, "\n".join(lines))
    return script


def name_of(place: Place) -> str:
    """A place as a script names it: its words, with a blank between."""
    return " ".join(place.path)


def offered_by(option: Option) -> str:
    """What an option's value or an operand can be, in words; `@` for a path."""
    return PATHS if option.is_path else " ".join(option.values)


def words_of(place: Place) -> str:
    """The words that can follow in a place, beside options."""
    words = [word for word, _ in place.words]
    offered = [offered_by(operand) for operand in place.operands]
    if PATHS in offered:
        return PATHS
    return " ".join([*words, *(each for each in offered if each)])


def _values(places: Sequence[Place]) -> Iterator[tuple[str, str]]:
    """Each option that takes a value, by place and name, with what it can be."""
    for place in places:
        for option in place.options:
            if option.metavar:
                for name in option.names:
                    yield f"{name_of(place)}:{name}", offered_by(option)


def _options(place: Place) -> str:
    return " ".join(name for option in place.options for name in option.names)
