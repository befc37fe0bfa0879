"""The command `quotes convert`: rows that were written before, in another format.

Only what parsing needs is imported up here: `--help` must not wait for pandas.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli_options import (
    Columns,
    Format,
    MinConfidence,
    NeedsReview,
    NoGuard,
    Output,
    OutputEncoding,
    Package,
    Quiet,
    Sort,
    Speakers,
    Types,
    Verbose,
)
from quotes.commands import check_files, open_writer, reporting
from quotes.errors import UsageError

if TYPE_CHECKING:
    from quotes.schema import Column


def convert(
    rows: Annotated[
        list[str],
        typer.Argument(metavar="ROWS", help="Files that `quotes extract` wrote, in any format.", show_default=False),
    ],
    output: Output = None,
    format: Format = None,
    columns: Columns = None,
    type: Types = None,
    speaker: Speakers = None,
    min_confidence: MinConfidence = 0.0,
    needs_review: NeedsReview = None,
    sort: Sort = None,
    no_guard: NoGuard = False,
    output_encoding: OutputEncoding = "utf-8",
    datapackage: Package = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write rows that were written before in another format, all of them or some."""
    with reporting(quiet=quiet, verbose=verbose) as messages:
        from quotes.convert import as_text, gather
        from quotes.datapackage import open_package
        from quotes.selection import arranged, select
        from quotes.sinks import is_stdout

        output = None if output is not None and is_stdout(output) else output
        check_files(rows, output)
        found, known = gather(rows)
        chosen = select(
            columns=columns,
            types=type or (),
            speakers=speaker or (),
            min_confidence=min_confidence,
            needs_review=needs_review,
            sort=sort or (),
            known=known,
        )
        name = _format(output, format, known)
        fields = chosen.columns or _fields(name, known)
        kept = [row for row in found if chosen.keeps(row)]
        guarded = not no_guard
        with (
            open_package(output, name, wanted=datapackage, guarded=guarded, columns=fields),
            open_writer(output, name, guarded=guarded, encoding=output_encoding, columns=fields) as writer,
            arranged(writer.write, chosen) as write,
        ):
            write(kept if name == "jsonl" else as_text(kept, known))
        if speaker and not kept:
            messages.result(f"no rows of {', '.join(speaker)}")
        if output:
            messages.result(f"{output}: {len(kept)} {'row' if len(kept) == 1 else 'rows'}")


def _format(output: str | None, format: str | None, known: tuple[Column, ...]) -> str:
    """Return the name of the format to write: on a terminal a table, where the rows have what it shows.

    Raises UsageError where a table is asked for and they have not.
    """
    from quotes.exporter import format_of
    from quotes.schema import FLAT

    whole = set(FLAT) <= set(known)
    if format == "table" and not whole:
        raise UsageError("a table for reading takes rows with all their fields; name another --format")
    if format or output:
        return format or format_of(output or "")
    return "table" if sys.stdout.isatty() and whole else "csv"


def _fields(name: str, known: tuple[Column, ...]) -> tuple[Column, ...] | None:
    """Return those of the rows' columns that the format holds; None where it has columns of its own."""
    from quotes.convert import fitting
    from quotes.exporter import FORMATS

    return fitting(known, name) if name in FORMATS else None
