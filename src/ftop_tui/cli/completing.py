"""`completion`: scripts that complete commands, options and values in four shells."""

from collections.abc import Callable, Mapping, Sequence

from ftop_tui.cli import completing_plain, completing_told
from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.output import say
from ftop_tui.cli.parsers import Place, places

SHELLS: Mapping[str, tuple[Callable[[Sequence[Place]], str], str]] = {
    "bash": (completing_plain.bash, 'eval "$(ftop-tui completion bash)"  # in ~/.bashrc'),
    "zsh": (completing_told.zsh, 'eval "$(ftop-tui completion zsh)"  # in ~/.zshrc, past compinit'),
    "fish": (
        completing_told.fish,
        "ftop-tui completion fish > ~/.config/fish/completions/ftop-tui.fish",
    ),
    "powershell": (
        completing_plain.powershell,
        "ftop-tui completion powershell | Out-String | Invoke-Expression  # in $PROFILE",
    ),
}
"""Each shell: what writes its script, and the line that puts the script to use."""


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Print the script of a shell; it is made from the parsers, so it knows what they know."""
    parser = subparser(command)
    parser.add_argument("shell", choices=tuple(SHELLS), help="the shell it is for")
    parser.tell("\n".join(["to put it to use:", *(f"  {use}" for _, use in SHELLS.values())]))
    options = parser.parse_args(arguments)
    write, _ = SHELLS[options.shell]
    say(write(tuple(places(tuple(call.context().pack.by_tag)))))
    return 0
