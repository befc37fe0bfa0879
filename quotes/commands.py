"""What the commands share: errors into messages and exit codes, checks of what was asked for, writers to open.

Only what parsing needs is imported up here: `--help` must not wait for spaCy.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quotes.errors import QuotesError, UsageError, was_interrupted
from quotes.interrupts import was_seen

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from quotes.exporter import Writer
    from quotes.records import Method
    from quotes.schema import Column
    from quotes.terminal import Messages

FAILED, WRONG_USAGE = 1, 2


def formats() -> list[str]:
    """Return the names of the formats that a command can write."""
    from quotes.exporter import FORMATS

    return [*FORMATS, "table"]


def encodings() -> list[str]:
    """Return the names of the encodings that csv and tsv can be written in."""
    from quotes.exporter import ENCODINGS

    return list(ENCODINGS)


def columns() -> list[str]:
    """Return the names of the fields of a row."""
    from quotes.schema import COLUMNS

    return [column.name for column in COLUMNS]


def types() -> list[str]:
    """Return the names of the types of quotations."""
    from quotes.schema import TYPES

    return list(TYPES)


def attributors() -> list[str]:
    """Return the names of the ways to find sources."""
    from quotes.schema import METHODS

    return list(METHODS)


@contextmanager
def reporting(*, quiet: bool = False, verbose: bool = False) -> Iterator[Messages]:
    """Turn what goes wrong in the block, or is told to what it gives, into lines on standard error and an exit code."""
    from quotes.terminal import Messages

    messages = Messages(quiet=quiet, verbose=verbose)
    try:
        yield messages
        if messages.errors:
            raise typer.Exit(FAILED)
    except QuotesError as error:
        messages.error(error)
        raise typer.Exit(WRONG_USAGE if isinstance(error, UsageError) else FAILED) from None
    except BrokenPipeError:
        let_go_of_pipes()
        raise typer.Exit from None
    except typer.Exit:
        raise
    except Exception as error:
        if was_seen() or was_interrupted(error):
            raise KeyboardInterrupt from None
        messages.unexpected(error)
        raise typer.Exit(FAILED) from None


def let_go_of_pipes() -> None:
    """Point the streams whose reader is gone elsewhere, or Python complains when it flushes them at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def leave_signals_to_parent() -> None:
    """Let a worker process ignore Ctrl-C, which reaches every process of the terminal."""
    # Or each would print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def check_files(files: list[str], output: str | None) -> None:
    """Raise UsageError where the files to read make no sense together with each other or the output."""
    if not files:
        raise UsageError("no files given; name text files, or - for standard input (quotes extract --help says more)")
    if files.count("-") > 1:
        raise UsageError("standard input can be read only once; give - once")
    for name in files:
        # What cannot be compared is for reading and writing to complain of.
        with suppress(OSError, ValueError):
            if output and name != "-" and Path(output).samefile(name) and Path(output).is_file():
                raise UsageError(f"{output}: is an input as well; name another file for the output")


def check_attributor(name: str) -> Method:
    """Return `name`; raise UsageError where it is no attributor."""
    from quotes.schema import METHODS

    for method in METHODS:
        if name == method:
            return method
    raise UsageError(f"unknown attributor {name!r}; use one of {', '.join(METHODS)}")


def open_ledger(path: str | None, *, guarded: bool) -> AbstractContextManager[Writer | None]:
    """Return the context of the ledger's writer, of nothing where no ledger is wanted."""
    if path is None:
        return nullcontext()
    from quotes.exporter import open_output

    return open_output(path, guarded=guarded, table="ledger")


def open_writer(
    output: str | None,
    format: str | None,
    *,
    guarded: bool,
    encoding: str,
    columns: tuple[Column, ...] | None = None,
    table: str = "quotations",
) -> AbstractContextManager[Writer]:
    """Return the context of the writer that the options ask for; see `exporter.open_output`."""
    from quotes.exporter import open_output
    from quotes.terminal import TABLES

    if format is None and output is None and sys.stdout.isatty():
        format = "table" if columns is None else "csv"
    if format is not None and format not in formats():
        raise UsageError(f"unknown format {format!r}; use one of {', '.join(formats())}")
    if format != "table":
        return open_output(output, format, guarded=guarded, encoding=encoding, columns=columns, table=table)
    if output is not None:
        raise UsageError("a table is for reading on a terminal; name another --format for --output")
    if encoding != "utf-8":
        raise UsageError("a table goes out in the terminal's encoding; --output-encoding is for csv and tsv")
    if columns is not None:
        raise UsageError("a table for reading has columns of its own; name another --format for --columns")
    return nullcontext(TABLES[table]())


def print_json(value: object) -> None:
    """Print a value as JSON, indented."""
    import json

    typer.echo(json.dumps(value, indent=2))
