"""Import of ten thousand rows, beside the least that reading and storing them takes."""

import csv
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from bench.kit import Kit
from bench.measure import Contestants, Family, Goal, Sampler
from bench.rows.work import timed
from ftop_tui.exchange.parsed import Parsed, Source
from ftop_tui.services import transfer
from ftop_tui.services.context import Context

GOALS = (
    Goal("import-csv", "import of 10,000 rows, CSV", "csv", 1.5, "csv-bare",
         "csv, pydantic and executemany"),
    Goal("import-xlsx", "import of 10,000 rows, XLSX", "xlsx", 2, "xlsx-bare",
         "calamine reading it"),
    Goal("import-again", "the same CSV once more: all unchanged", "csv-again", None, "csv-bare",
         "csv, pydantic and executemany"),
    Goal("import-read", "reading and checking the CSV alone", "csv-read", None, "csv-bare",
         "csv, pydantic and executemany"),
)  # fmt: skip

HEAD = (
    "TenantId", "TenantName", "TPID", "CustomerName", "BrandName", "WinnerTenant", "SRank",
    "Users", "EnterpriseLevel", "Assigned", "FM", "FTA", "Priority", "Industry", "Health",
    "Group1Health", "Group2Health", "Group3Health", "EnterpriseStatus", "LastEnterpriseNote",
)  # fmt: skip
_LAST = date(2026, 11, 20)
_COLOURS = ("Red", "Yellow", "Green", "Blue")


def rows(number: int) -> Iterator[tuple[str, ...]]:
    """Made-up rows of twenty columns, a customer a tenant."""
    chance = Random(3)  # noqa: S311 - made-up data
    for place in range(number):
        colours = [chance.choice(_COLOURS) for _ in range(4)]
        yield (
            str(UUID(int=chance.getrandbits(128), version=4)), f"contoso{place}.onmicrosoft.com",
            str(700_000 + place), f"Contoso {place}", "", "Y", str(place + 1),
            str(chance.randrange(50, 90_000)), str(chance.randrange(1, 4)), "Y",
            chance.choice(("Ana Bauer", "Kim Lund")), "Kim Lund",
            chance.choice(("High", "Medium", "Low")), "Retail", *colours,
            chance.choice(_COLOURS[:3]),
            (_LAST - timedelta(days=chance.randrange(60))).isoformat(),
        )  # fmt: skip


def make_csv(folder: Path, number: int) -> Path:
    """A portfolio of so many rows."""
    path = folder / "portfolio.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *rows(number)])
    return path


def make_xlsx(folder: Path, number: int) -> Path:
    """The same as a workbook."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and for this alone

    path = folder / "portfolio.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet("portfolio")
    for row in (HEAD, *rows(number)):
        sheet.append(row)
    book.save(path)
    return path


def _bare_csv(file: Path, kit: Kit) -> Sampler:
    """Read, validate by one pydantic model, and store by one statement in one transaction."""
    from pydantic import BaseModel, create_model  # noqa: PLC0415

    numbers = {"SRank", "Users", "EnterpriseLevel"}
    fields: dict[str, tuple[type, Any]] = {
        name: (int if name in numbers else str, ...) for name in HEAD
    }
    fields["LastEnterpriseNote"] = (date, ...)
    model: type[BaseModel] = create_model("Row", **fields)  # type: ignore[call-overload]
    validate = model.__pydantic_validator__.validate_python
    marks = ", ".join("?" * len(HEAD))

    def work(connection: sqlite3.Connection) -> None:
        with file.open(newline="", encoding="utf-8") as opened, connection:
            read = (tuple(validate(row).__dict__.values()) for row in csv.DictReader(opened))
            texts = ((*row[:-1], row[-1].isoformat()) for row in read)
            connection.executemany(f"INSERT INTO row VALUES ({marks})", texts)  # noqa: S608

    def sample() -> list[float]:
        store = kit.fresh("bare-import") / "bare.sqlite3"
        with closing(sqlite3.connect(store)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"CREATE TABLE row ({', '.join(HEAD)}, PRIMARY KEY (TenantId))")
            return [timed(lambda: work(connection))]

    return sample


def _bare_xlsx(file: Path) -> Sampler:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    def work() -> None:
        CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()

    return lambda: [timed(work)]


def _read(context: Context, file: Path) -> Parsed:
    return transfer.read_files(context, [Source(str(file))])


def _ours(kit: Kit, file: Path, *, again: bool = False) -> Sampler:
    """Milliseconds from the file to the committed transaction, in a store that was empty."""

    def prepared() -> Context:
        context = kit.context(kit.fresh("import"))
        context.writer()
        if again:
            transfer.apply(context, _read(context, file))
        return context

    def sample() -> list[float]:
        context = prepared()
        return [timed(lambda: transfer.apply(context, _read(context, file)))]

    return sample


def _only_read(kit: Kit, file: Path) -> Sampler:
    context = kit.context(kit.fresh("import-read"))
    return lambda: [timed(lambda: _read(context, file))]


@contextmanager
def _import(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    folder = kit.fresh("import-files")
    plain = make_csv(folder, kit.many)
    makers: dict[str, Callable[[], Sampler]] = {
        "csv": lambda: _ours(kit, plain),
        "csv-again": lambda: _ours(kit, plain, again=True),
        "csv-read": lambda: _only_read(kit, plain),
        "csv-bare": lambda: _bare_csv(plain, kit),
        "xlsx": lambda: _ours(kit, make_xlsx(folder, kit.many)),
        "xlsx-bare": lambda: _bare_xlsx(make_xlsx(folder, kit.many)),
    }
    yield {name: make() for name, make in makers.items() if name in needed}


FAMILY = Family("import", GOALS, _import, rounds=3)
