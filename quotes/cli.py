"""The command line: parse, call, print.

Exit codes: 0, it ran (no quotations is no error, nor is a reader that closes the pipe early); 1, an input failed or
an output could not be written; 2, the call was wrong; 130, interrupted; 143, told to end (SIGTERM). Only what parsing
needs is imported up here: `--help` must not wait for spaCy.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from quotes import __version__, interrupts
from quotes.cli_check import check
from quotes.cli_convert import convert
from quotes.cli_evaluate import evaluate
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
from quotes.commands import (
    attributors,
    check_attributor,
    check_files,
    leave_signals_to_parent,
    open_ledger,
    open_writer,
    print_json,
    reporting,
)
from quotes.errors import InputError, UsageError
from quotes.inputs import Encoding, Files, FixMojibake, From, Glob, IdColumn, TextColumn, reading

app = typer.Typer(
    name="quotes",
    help="Find every quotation in news articles and say who said it.",
    no_args_is_help=True,
    # Plain help: rendering it with rich takes as long again as all the rest of the start.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quotes {__version__}")
        raise typer.Exit


@app.callback()
def quotes(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Find every quotation in news articles and say who said it."""


Attributor = Annotated[
    str,
    typer.Option(
        metavar="reader|rules",
        help="Find sources by the shipped model beside the rules, or by the rules alone.",
        autocompletion=attributors,
    ),
]


@app.command()
def extract(
    files: Files = None,
    output: Output = None,
    format: Format = None,
    nested: Annotated[bool, typer.Option("--nested", help="Add rows for quotations inside quotations.")] = False,
    ledger: Annotated[
        str | None,
        typer.Option("--ledger", metavar="FILE", help="Write what became of every mark to FILE, as csv, say."),
    ] = None,
    encoding: Encoding = None,
    kind: From = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    glob: Glob = None,
    fix_mojibake: FixMojibake = False,
    keep_text: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Keep each article's text, which offsets count in, in DIR under its SHA-256."),
    ] = None,
    columns: Columns = None,
    type: Types = None,
    speaker: Speakers = None,
    min_confidence: MinConfidence = 0.0,
    needs_review: NeedsReview = None,
    sort: Sort = None,
    no_guard: NoGuard = False,
    output_encoding: OutputEncoding = "utf-8",
    datapackage: Package = False,
    attributor: Attributor = "reader",
    n_process: Annotated[int, typer.Option("--n-process", min=1, metavar="N", help="Processes to work with.")] = 1,
    threads: Annotated[
        int, typer.Option(min=0, metavar="N", help="Threads of the model in each process; 0: one a core, shared out.")
    ] = 0,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write a table of the quotations in FILES and who said them."""
    with reporting(quiet=quiet, verbose=verbose) as messages:
        from quotes.datapackage import open_package
        from quotes.selection import arranged, select
        from quotes.sinks import is_stdout

        names = files or []
        output = None if output is not None and is_stdout(output) else output
        check_files(names, output)
        check_files(names, ledger)
        chosen = select(
            columns=columns,
            types=type or (),
            speakers=speaker or (),
            min_confidence=min_confidence,
            needs_review=needs_review,
            sort=sort or (),
        )
        method = check_attributor(attributor)
        if ledger is not None and output is not None and Path(ledger).resolve() == Path(output).resolve():
            raise UsageError("rows and ledger go to one file; name another for --ledger")
        options = reading(encoding, kind, text_column, id_column, glob, fix_mojibake)
        guarded = not no_guard
        # Before any file is opened: an interruption while a module is imported may get lost.
        from quotes.batch import run
        from quotes.documents import count, documents
        from quotes.texts import TextStore

        with (
            open_package(output, format, wanted=datapackage, guarded=guarded, columns=chosen.columns),
            open_writer(output, format, guarded=guarded, encoding=output_encoding, columns=chosen.columns) as writer,
            open_ledger(ledger, guarded=guarded) as marks,
            arranged(writer.write, chosen) as write,
        ):
            # Not over a table that is printed on the same terminal.
            total = 0 if output is None and sys.stdout.isatty() else count(names)
            tally = run(
                documents(names, messages, options, passed_over=(output, ledger)),
                write,
                messages,
                total=total,
                n_process=n_process,
                attributor=method,
                threads=threads,
                nested=nested,
                keep=chosen.keeps,
                write_ledger=marks.write if marks else None,
                keep_text=TextStore(keep_text).keep if keep_text is not None else None,
            )
            if output and not tally.documents:
                raise InputError(f"nothing could be read, so {output} was not written")
        if speaker and not tally.quotations:
            messages.result(f"no rows of {', '.join(speaker)}")
        if output:
            messages.result(f"{output}: {tally}")
        elif sys.stdout.isatty():
            messages.result(str(tally))
        else:
            messages.note(str(tally))


app.command()(check)
app.command()(convert)
app.command()(evaluate)


@app.command()
def marks(
    files: Files = None,
    output: Output = None,
    format: Format = None,
    encoding: Encoding = None,
    kind: From = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    glob: Glob = None,
    fix_mojibake: FixMojibake = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show what became of every mark in FILES: opener, closer, or none, and by which rule."""
    with reporting(quiet=quiet, verbose=verbose) as messages:
        names = files or []
        check_files(names, output)
        options = reading(encoding, kind, text_column, id_column, glob, fix_mojibake)
        from quotes.batch import ledger_of
        from quotes.documents import documents

        with open_writer(output, format, guarded=True, encoding="utf-8", table="ledger") as writer:
            for document in documents(names, messages, options, passed_over=(output,)):
                writer.write(ledger_of(document))


@app.command()
def speakers(
    files: Files = None,
    output: Output = None,
    format: Format = None,
    encoding: Encoding = None,
    kind: From = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    glob: Glob = None,
    fix_mojibake: FixMojibake = False,
    attributor: Attributor = "reader",
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write a table of the speakers in FILES: names, titles, how much they are quoted and where."""
    with reporting(quiet=quiet, verbose=verbose) as messages:
        names = files or []
        check_files(names, output)
        method = check_attributor(attributor)
        options = reading(encoding, kind, text_column, id_column, glob, fix_mojibake)
        from quotes.batch import run
        from quotes.documents import documents
        from quotes.speakertable import speaker_rows

        with open_writer(output, format, guarded=True, encoding="utf-8", table="speakers") as writer:
            found = documents(names, messages, options, passed_over=(output,))
            run(found, lambda rows: writer.write(speaker_rows(rows)), messages, attributor=method)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An article; - for standard input.", show_default=False)],
    number: Annotated[
        int, typer.Argument(metavar="N", min=1, help="Which quotation, as `quotes extract` counts.", show_default=False)
    ],
    encoding: Encoding = None,
    kind: From = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    glob: Glob = None,
    fix_mojibake: FixMojibake = False,
    attributor: Attributor = "reader",
    verbose: Verbose = False,
) -> None:
    """Tell the story of quotation N of FILE: every decision, how sure it was, and the lines that it rests on."""
    with reporting(verbose=verbose) as messages:
        method = check_attributor(attributor)
        options = reading(encoding, kind, text_column, id_column, glob, fix_mojibake)
        from quotes.batch import explain_one
        from quotes.documents import documents
        from quotes.terminal import printable

        story = explain_one(documents([file], messages, options), number, file, method)
        for line in (story or "").splitlines():
            typer.echo(printable(line, sys.stdout.encoding))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a row, which is one line of the jsonl format."""
    from quotes.table import json_schema

    with reporting():
        print_json(json_schema())


def main() -> None:
    """Run the command line as a program: parse `sys.argv`, exit with the code that the module's head explains."""
    # As an exception, so that a half-written file is cleared away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=leave_signals_to_parent)
    interrupts.listen()
    stdout = sys.stdout
    try:
        app(prog_name="quotes")
    except SystemExit:
        # Typer has put a stand-in there: the reader of its help went away, which is no failure of ours.
        if sys.stdout is not stdout:
            sys.exit(0)
        raise
    finally:
        interrupts.settle()
