"""The rows of the table, a module a family; each says its goals and makes its contestants."""

from bench.measure import Family
from bench.rows import commands, files, keys, paint, searching, work, writing

FAMILIES: tuple[Family, ...] = (
    paint.FAMILY, paint.MEMORY, keys.CURSOR, keys.TYPING, work.RANK, work.FILTER,
    searching.FAMILY, writing.SAVE, files.FAMILY, commands.FAMILY, writing.BACKUP,
    writing.BACKUP_KEYS, writing.SIZE,
)  # fmt: skip
"""In the order of the table."""
