"""What LibreOffice and the sqlite3 command line make of our files, and whether what they save is read back.

    python benchmarks/real_programs.py

Prints a line a check; exits with 1 where one fails. Checks whose program is not installed are skipped, and say so.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quotes import extract, read_rows
from quotes.exporter import open_output, unguard
from quotes.schema import COLUMNS, FLAT

GOLD = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
TRICKY = (
    "=1+1",
    '=HYPERLINK("https://example.org")',
    "+1 to that",
    "-2, he meant",
    "@here",
    "\t=tab",
    "007",
    "1e5",
    "TRUE",
    "#N/A",
    "2024-01-02",
    "https://example.org/a",
    "null",
    "a\nb",
    "a\r\nb",
    " a ",
    "astral 😀 é",
    "a|b \\ <br>",
    "_x000D_ x005F_",
    "<r>a</r>",
    'it\'s "so", he said',
)
"""Words that a program could take for something else than text."""


def rows() -> list[dict[str, Any]]:
    """Return the rows of our own articles, and one a tricky cell."""
    articles = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    found = [row for article in articles for row in extract(article["text"], doc_id=article["doc_id"])]
    return [*({**found[0], "quote": words, "speaker": words} for words in TRICKY), *found]


def flat(row: dict[str, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in FLAT}


def office(folder: Path, source: str, target: str, *filters: str) -> None:
    """Let LibreOffice convert a file; raises CalledProcessError where it fails."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", *filters, "--convert-to", target, "--outdir", folder / "out"]
    subprocess.run([*command, folder / source], check=True, capture_output=True, timeout=300)


def xlsx_to_csv(folder: Path, made: list[dict[str, Any]]) -> str:
    """The xlsx, saved as csv by LibreOffice: each text stands there literally."""
    with open_output(folder / "rows.xlsx") as output:
        output.write(made)
    office(folder, "rows.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    with (folder / "out" / "rows.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    # A cell of a spreadsheet has one kind of line end.
    return differences(
        [{name: row[name] for name in ("quote", "speaker", "evidence")} for row in found],
        [{name: one_line_end(row[name] or "") for name in ("quote", "speaker", "evidence")} for row in made],
    )


def xlsx_again(folder: Path, made: list[dict[str, Any]]) -> str:
    """The xlsx, saved again as xlsx by LibreOffice: read_rows gives the same rows."""
    with open_output(folder / "again.xlsx") as output:
        output.write(made)
    office(folder, "again.xlsx", "xlsx")
    return differences(read_rows(folder / "out" / "again.xlsx"), [literal(flat(row)) for row in made])


def csv_to_xlsx(folder: Path, made: list[dict[str, Any]]) -> str:
    """The csv, opened by LibreOffice as text and saved as xlsx: read_rows gives the same rows, guards taken off."""
    with open_output(folder / "opened.csv", encoding="utf-8-sig") as output:
        output.write(made)
    kinds = "/".join(f"{i}/{2 if column.type == 'string' else 1}" for i, column in enumerate(FLAT, start=1))
    office(folder, "opened.csv", "xlsx", f"--infilter=CSV:44,34,76,1,{kinds}")
    found = [
        {name: unguard(value) if isinstance(value, str) else value for name, value in row.items()}
        for row in read_rows(folder / "out" / "opened.xlsx")
    ]
    return differences(found, [literal(flat(row)) for row in made])


def csv_has_no_formula(folder: Path, made: list[dict[str, Any]]) -> str:
    """The csv, opened by LibreOffice as it likes: no guarded cell becomes a formula."""
    import openpyxl

    with open_output(folder / "plain.csv") as output:
        output.write(made)
    office(folder, "plain.csv", "xlsx")
    sheet = openpyxl.load_workbook(folder / "out" / "plain.xlsx").worksheets[0]
    formulas = [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    return f"formulas in {formulas[:5]}" if formulas else ""


def sqlite_match(folder: Path, made: list[dict[str, Any]]) -> str:
    """The sqlite3 command line finds words by the full-text index, and all keys hold."""
    with open_output(folder / "rows.sqlite") as output:
        output.write(made)

    def ask(sql: str) -> list[str]:
        command = ["sqlite3", "-json", str(folder / "rows.sqlite"), sql]
        told = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
        return [next(iter(row.values())) for row in json.loads(told or "[]")]

    sql = "select q.quote from quotations_fts join quotations q on q.id = quotations_fts.rowid where quotations_fts "
    found = ask(sql + "match 'quote: \"period paper\"' order by q.id")
    expected = [row["quote"] for row in made if "period paper" in row["quote"]]
    if not expected or found != expected:
        return f"found {found}, not {expected}"
    if ask("pragma foreign_key_check") or ask("pragma integrity_check") != ["ok"]:
        return "a key or a page is broken"
    literal_cells = ask(f"select quote from rows limit {len(TRICKY)}")
    return differences([{"quote": cell} for cell in literal_cells], [{"quote": words} for words in TRICKY])


def literal(row: dict[str, Any]) -> dict[str, Any]:
    return {name: one_line_end(value) if isinstance(value, str) else value for name, value in row.items()}


def one_line_end(words: str) -> str:
    return words.replace("\r\n", "\n")


def differences(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> str:
    """Return the first difference in words; nothing where there is none."""
    if len(found) != len(expected):
        return f"{len(found)} rows, not {len(expected)}"
    wrong = [
        (i, name, ours[name], theirs.get(name))
        for i, (theirs, ours) in enumerate(zip(found, expected, strict=True), start=1)
        for name in ours
        if theirs.get(name) != ours[name]
    ]
    return "; ".join(f"row {i}: {name} {ours!r} is {theirs!r}" for i, name, ours, theirs in wrong[:4]) + (
        f" ({len(wrong)} cells in all)" if wrong else ""
    )


CHECKS: tuple[tuple[str, Callable[[Path, list[dict[str, Any]]], str]], ...] = (
    ("soffice", xlsx_to_csv),
    ("soffice", xlsx_again),
    ("soffice", csv_to_xlsx),
    ("soffice", csv_has_no_formula),
    ("sqlite3", sqlite_match),
)


def main() -> None:
    made, failed = rows(), 0
    assert set(made[0]) == {column.name for column in COLUMNS}
    for program, check in CHECKS:
        what = " ".join((check.__doc__ or "").split())
        if shutil.which(program) is None:
            print(f"skip  {what} ({program} is not installed)")
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                problem = check(Path(folder), made)
            except subprocess.SubprocessError as error:
                problem = str(error)
        failed += bool(problem)
        print(f"{'FAIL' if problem else 'pass'}  {what}{f' {problem}' if problem else ''}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
