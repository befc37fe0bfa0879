"""The command `quotes evaluate`: rows against gold articles.

Only what parsing needs is imported up here: `--help` must not wait for spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli_options import Verbose
from quotes.commands import print_json, reporting

if TYPE_CHECKING:
    from quotes.records import Record
    from quotes.terminal import Messages


def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="Gold articles, as jsonl.", show_default=False)],
    rows: Annotated[
        str | None,
        typer.Argument(
            metavar="ROWS",
            help="Rows to score, in any format of extract; by default those found now.",
            show_default=False,
        ),
    ] = None,
    errors: Annotated[
        int, typer.Option("--errors", min=0, metavar="N", help="Show the first N errors, on standard error.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    verbose: Verbose = False,
) -> None:
    """Score rows against gold articles and print the figures."""
    with reporting(verbose=verbose) as messages:
        from quotes import evaluate as scorer

        articles = scorer.read_gold(gold)
        found = _rows_of(articles, messages) if rows is None else scorer.read_rows(rows)
        figures, shown = scorer.score(articles, found, errors=errors)
        if shown:
            typer.echo(scorer.render_errors(shown), err=True)
        if as_json:
            print_json(figures)
        else:
            typer.echo(scorer.render(figures))


def _rows_of(articles: list[dict[str, Any]], messages: Messages) -> list[Record]:
    """Return the rows that the pipeline finds in gold articles."""
    from quotes.batch import run
    from quotes.records import Document

    rows: list[Record] = []
    documents = (Document(text=article["text"], doc_id=article["doc_id"]) for article in articles)
    run(documents, rows.extend, messages, total=len(articles))
    return rows
