"""The rows of the table, a module a family; each says its goals and makes its contestants."""

from bench.measure import Family
from bench.rows import paint

FAMILIES: tuple[Family, ...] = (paint.FAMILY, paint.MEMORY)
"""In the order of the table."""
