"""Names of made-up companies, each given out once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from unicodedata import normalize

from ftop_tui.services.demo.rows import Dice


def company_names(pool: Mapping[str, Any], dice: Dice, taken: Collection[str]) -> Iterator[str]:
    """Names in a shuffled order: short ones first, then a company with a line and a region."""
    companies, lines, regions = pool["companies"], pool["lines"], pool["regions"]
    short = [f"{company} {part}" for company in companies for part in (*lines, *regions)]
    long = [f"{c} {line} {region}" for c in companies for line in lines for region in regions]
    for names in ([c for c in companies if c not in taken], short, long):
        _shuffle(names, dice)
        yield from names


def _shuffle(names: list[str], dice: Dice) -> None:
    for place in range(len(names) - 1, 0, -1):
        other = dice.between(0, place)
        names[place], names[other] = names[other], names[place]


def squeeze(text: str) -> str:
    """Only the plain letters and digits of a text, as an address has them."""
    plain = normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "".join(c for c in plain if c.isalnum())


def domain(name: str, suffix: str = "") -> str:
    """A tenant's name as Microsoft makes it: northwindtraders.onmicrosoft.com."""
    slug = squeeze(name)
    return f"{slug}-{suffix}.onmicrosoft.com" if suffix else f"{slug}.onmicrosoft.com"


def tenant_names(name: str, suffixes: Sequence[str], count: int) -> list[str]:
    """The names of a customer's tenants, the winner's first."""
    return [domain(name, suffix) for suffix in ("", *suffixes)[:count]]
