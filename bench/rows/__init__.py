"""The rows of the table, a module a family; each says its goals and makes its contestants."""

from bench.measure import Family
from bench.rows import backing_up, commands, files, keys, paint, searching, work, writing

FAMILIES: tuple[Family, ...] = (
    paint.FAMILY, paint.MEMORY, keys.CURSOR, keys.TYPING, work.RANK, work.FILTER,
    searching.FAMILY, writing.SAVE, writing.FSYNCS, files.FAMILY, commands.FAMILY,
    backing_up.BACKUP, backing_up.KEYS, writing.SIZE,
)  # fmt: skip
"""In the order of the table."""
