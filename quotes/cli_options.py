"""Options that several commands share: where the output goes, and what comes out.

Only what parsing needs is imported up here: `--help` must not wait for pandas.
"""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.commands import columns, encodings, formats, types

Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, in the format of its extension.")
]
Format = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Format of the output: csv, tsv, jsonl, xlsx, parquet, sqlite, md, jsonld or table; by default a table on "
        "a terminal and csv in a pipe.",
        autocompletion=formats,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more, with tracebacks.")]

Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="A,B,...",
        help="Only these fields, in this order; `quotes schema` says what there is.",
        autocompletion=columns,
    ),
]
Types = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        metavar="TYPE",
        help="Only quotations of this type: direct, mixed, scare, work or unknown; may be given again.",
        autocompletion=types,
    ),
]
Speakers = Annotated[
    list[str] | None,
    typer.Option("--speaker", metavar="NAME", help="Only this speaker's, by name or part of it; may be given again."),
]
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, metavar="P", help="Only rows that are this sure, 0 to 1."),
]
NeedsReview = Annotated[
    bool | None,
    typer.Option(
        "--needs-review/--no-needs-review",
        help="Only rows that a person should look at, or only the others.",
        show_default=False,
    ),
]
Sort = Annotated[
    list[str] | None,
    typer.Option(
        "--sort",
        metavar="COLUMN,...",
        help="Sort by these fields; -COLUMN goes downwards. Takes all rows together first.",
        autocompletion=columns,
    ),
]
NoGuard = Annotated[
    bool,
    typer.Option("--no-guard", help="Write csv and tsv cells as they are, even where a spreadsheet would run them."),
]
OutputEncoding = Annotated[
    str,
    typer.Option(
        "--output-encoding",
        metavar="utf-8|utf-8-sig",
        help="Encoding of csv and tsv; utf-8-sig helps spreadsheets that guess.",
        autocompletion=encodings,
    ),
]
Package = Annotated[
    bool,
    typer.Option("--datapackage", help="Write datapackage.json beside a csv or tsv file: what its columns are."),
]
