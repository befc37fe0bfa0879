"""The options of the command line that say what the inputs are, the same for every command that reads articles.

Only what parsing needs is imported up here: `--help` must not wait for what reads files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quotes.errors import UsageError

if TYPE_CHECKING:
    from quotes.readers.base import Options


def kinds() -> list[str]:
    """Return the names of the kinds of files that can be read."""
    from quotes.readers.kinds import KINDS

    return list(KINDS)


Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help="Articles: text, web pages, PDF, Word, tables, archives, directories; - for standard input.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="Encoding of the inputs, where what they show is wrong.")
]
From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="KIND", help="Kind of all inputs, whatever their names: html, csv, …", autocompletion=kinds
    ),
]
TextColumn = Annotated[
    str | None, typer.Option("--text-column", metavar="NAME", help="Column of a table that holds the articles.")
]
IdColumn = Annotated[
    str | None, typer.Option("--id-column", metavar="NAME", help="Column of a table that names the articles.")
]
Glob = Annotated[
    str | None,
    typer.Option(metavar="PATTERN", help="Read only files of this pattern from directories and archives."),
]
FixMojibake = Annotated[
    bool, typer.Option("--fix-mojibake", help="Repair text that was decoded wrongly before, such as â€œ for “.")
]


def reading(
    encoding: str | None,
    kind: str | None,
    text_column: str | None,
    id_column: str | None,
    glob: str | None,
    fix_mojibake: bool,
) -> Options:
    """Return what the options say of the inputs; raises UsageError on an unknown encoding or kind."""
    from quotes import encodings
    from quotes.readers.base import Options

    if kind is not None and kind not in kinds():
        raise UsageError(f"unknown kind {kind!r} for --from; use one of {', '.join(kinds())}")
    return Options(
        kind=kind,
        encoding=encodings.check(encoding) if encoding is not None else None,
        fix_mojibake=fix_mojibake,
        text_column=text_column,
        id_column=id_column,
        glob=glob,
    )
