"""The computer's own clipboard, by the tool that the platform has for it."""

from threading import Thread

PATIENCE_SECONDS = 2.0
"""How long a clipboard tool may take; one that hangs longer counts as none."""


def copy_natively(text: str, patience: float = PATIENCE_SECONDS) -> bool:
    """Put the text on the computer's clipboard; False where that did not work in time.

    The tool runs in a thread of its own, for some hang for good when their display is gone.
    """
    done: list[bool] = []
    tool = Thread(target=lambda: done.append(_copied(text)), name="clipboard", daemon=True)
    tool.start()
    tool.join(patience)
    return bool(done and done[0])


def copy_to_tmux(text: str, patience: float = PATIENCE_SECONDS) -> bool:
    """Put the text into tmux's buffer, and through tmux on the terminal's clipboard.

    tmux keeps what an app sends to the terminal's clipboard to itself, unless it is set up not to.
    False where tmux is older than 3.2 or did not answer in time.
    """
    # Deferred for start-up speed: needed by one key alone.
    import subprocess  # noqa: PLC0415

    call = ("tmux", "load-buffer", "-w", "-")
    try:
        done = subprocess.run(  # noqa: S603 - its own words
            call, input=text.encode("utf-8", "replace"), capture_output=True, check=False,
            timeout=patience,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):  # either means the same: not through tmux
        return False
    return done.returncode == 0


def _copied(text: str) -> bool:
    # Deferred for start-up speed: looks for its tools when it is imported, needed by one key alone.
    import pyperclip  # noqa: PLC0415

    try:
        pyperclip.copy(text)
    except Exception:  # whatever its tools raise means the same: no clipboard here
        return False
    return True
