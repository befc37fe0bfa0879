"""An Excel workbook -> the rows of the sheet that holds articles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from quotes.errors import InputError
from quotes.readers.archives import UNPACKED_MAX, too_large
from quotes.readers.base import Options, library
from quotes.readers.columns import SAMPLE, OwnTableError, choose, listed
from quotes.readers.rows import NO_ROWS, Row, Source, repeated

SHEETS_SHOWN = 5
"""Sheets that a message names with their columns."""


class _Sheet(NamedTuple):
    """A sheet that holds rows."""

    title: str
    header: list[str]
    rows: list[tuple[int, Row]]


def read(source: Source, kind: str) -> Iterator[tuple[int, Row]]:
    """Yield the number of each row of a sheet, from 1, and its cells by column.

    Of several sheets it is the first whose columns can be chosen; the listener hears which that is. Raises InputError
    where there is none.
    """
    sheets = _sheets(source)
    if not sheets:
        raise InputError(NO_ROWS)
    sheet = sheets[0] if len(sheets) == 1 else _with_articles(sheets, source.options)
    if len(sheets) > 1:
        others = ", ".join(repr(other.title) for other in sheets if other is not sheet)
        source.listener.result(f"{source.name}: takes sheet {sheet.title!r} of {len(sheets)}; not read: {others}")
    source.repeated.update(repeated(sheet.header))
    yield from sheet.rows


def _with_articles(sheets: list[_Sheet], options: Options) -> _Sheet:
    for sheet in sheets:
        sample = [row for _, row in sheet.rows[:SAMPLE]]
        try:
            choose(sheet.header, sample, options.text_column, options.id_column, repeated(sheet.header))
        except OwnTableError:
            raise
        except InputError:
            continue
        return sheet
    shown = "; ".join(f"{sheet.title!r} has {listed(sheet.header)}" for sheet in sheets[:SHEETS_SHOWN])
    more = f"; … ({len(sheets)} sheets in all)" if len(sheets) > SHEETS_SHOWN else ""
    raise InputError(f"no sheet has columns that fit; name that of the text with --text-column: {shown}{more}")


def _sheets(source: Source) -> list[_Sheet]:
    """Return the sheets that hold rows, every cell as text."""
    library("openpyxl", "excel", "Excel")
    import warnings

    import pandas as pd

    data = io.BytesIO(source.stream.read())
    try:
        if sum(part.file_size for part in zipfile.ZipFile(data).infolist()) > UNPACKED_MAX:
            raise InputError(too_large())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and the like
            # The header is a row like any other: pandas would give a name that stands twice another end.
            frames = pd.read_excel(
                data, sheet_name=None, header=None, dtype=str, keep_default_na=False, engine="openpyxl"
            )
    except InputError:
        raise
    except Exception as error:  # of any kind: openpyxl checks little of what it is given
        raise InputError(f"cannot be read as an Excel workbook ({first_line(error)})") from None
    made = [_sheet(str(title), frame.to_numpy().tolist()) for title, frame in frames.items()]
    return [sheet for sheet in made if sheet.rows]


def _sheet(title: str, lines: list[list[str]]) -> _Sheet:
    """Return a sheet by its lines, the first that holds anything the header; blank ones are no rows."""
    first = next((i for i, cells in enumerate(lines) if any(cells)), len(lines))
    header = [cell.strip() for cell in lines[first]] if first < len(lines) else []
    rows = enumerate(lines[first + 1 :], start=1)
    return _Sheet(title, header, [(n, dict(zip(header, cells, strict=True))) for n, cells in rows if any(cells)])


def first_line(error: Exception) -> str:
    """Return what a library says of an error, fit for a message."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
