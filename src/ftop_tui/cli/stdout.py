"""Bytes on stdout; apart from what makes them, for `--help` starts without that."""

import errno
import sys


def write(data: bytes) -> None:
    """Put bytes on stdout.

    Raises:
        BrokenPipeError: the reader has gone, however the platform says so.
    """
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Deferred for start-up speed: asked for only when something is wrong.
        from ftop_tui import files  # noqa: PLC0415

        if files.WINDOWS and error.errno == errno.EINVAL:  # Windows, of a pipe nobody reads
            raise BrokenPipeError(errno.EPIPE, "the reader has gone") from error
        raise
