"""The command `quotes check`: whether rows that were written before are what their texts have.

Only what parsing needs is imported up here: `--help` must not wait for what reads files.
"""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.cli_options import Quiet, Verbose
from quotes.commands import reporting
from quotes.inputs import Encoding, FixMojibake, From, Glob, IdColumn, TextColumn, reading


def check(
    rows: Annotated[
        str, typer.Argument(metavar="ROWS", help="Rows to check, in any format that they come in.", show_default=False)
    ],
    text: Annotated[
        list[str],
        typer.Option(
            "--text",
            metavar="DIR|FILE",
            help="Where the texts are: a directory of --keep-text, or the articles themselves; may be given again.",
            show_default=False,
        ),
    ],
    encoding: Encoding = None,
    kind: From = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    glob: Glob = None,
    fix_mojibake: FixMojibake = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Prove that the words, marks, places and names of every row of ROWS stand in its text; fail where one does not.

    Who said it is not something that offsets can prove.
    """
    with reporting(quiet=quiet, verbose=verbose) as messages:
        options = reading(encoding, kind, text_column, id_column, glob, fix_mojibake)
        from quotes.audit import check_rows
        from quotes.exporter import read_rows

        proof = check_rows(rows, read_rows(rows), text, messages, options)
        messages.result(str(proof))
