"""One format becomes another, and loses nothing that the other can hold."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from quotes.cli import app
from quotes.convert import gather
from quotes.errors import InputError
from quotes.exporter import FORMATS, open_output, read_rows
from quotes.schema import COLUMNS, FLAT
from tests.rows import a_row, article_rows, held, written

NESTED = [name for name, made in FORMATS.items() if made.lists]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def convert(*args: str) -> Result:
    return CliRunner().invoke(app, ["convert", *args], prog_name="quotes")


def write(name: str, rows: list[dict[str, Any]], **options: Any) -> None:
    with open_output(name, **options) as output:
        output.write(rows)


@pytest.mark.parametrize("source", FORMATS)
@pytest.mark.parametrize("target", FORMATS)
def test_every_pair(source: str, target: str) -> None:
    rows = article_rows()[:60]
    write(f"in.{source}", rows)
    result = convert(f"in.{source}", "-o", f"out.{target}")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"out.{target}: 60 rows\n")
    assert read_rows(f"out.{target}") == held(rows if source in NESTED else held(rows, source), target)


def test_bytes_are_those_of_extract() -> None:
    write("in.parquet", article_rows())
    for target in ("csv", "jsonl", "sqlite"):
        assert convert("in.parquet", "-o", f"out.{target}").exit_code == 0
        assert Path(f"out.{target}").read_bytes() == written(article_rows(), target)


def test_several_files_one_after_the_other() -> None:
    write("a.csv", [a_row(start=1)])
    write("b.jsonl", [a_row(start=2), a_row(start=3)])
    result = convert("b.jsonl", "a.csv", "--format", "csv", "--columns", "start")
    assert result.exit_code == 1
    assert "a.csv: has no column 'titles', which b.jsonl has" in result.stderr
    write("c.jsonl", [a_row(start=4)])
    assert convert("b.jsonl", "c.jsonl", "--format", "csv", "--columns", "start").stdout == "start\n2\n3\n4\n"


def test_the_choices_of_extract() -> None:
    write("in.jsonl", article_rows())
    args = ["--speaker", "quillfeather", "--type", "direct", "--sort", "-start", "--min-confidence", "0.5"]
    assert (
        convert("in.jsonl", "-o", "out.parquet", *args, "--no-needs-review", "--columns", "speaker,start").exit_code
        == 0
    )
    expected = [
        {"speaker": row["speaker"], "start": row["start"]}
        for row in article_rows()
        if row["speaker"] == "Harriet Quillfeather" and row["type"] == "direct" and not row["needs_review"]
    ]
    assert expected
    assert read_rows("out.parquet") == sorted(expected, key=lambda row: -int(row["start"]))


class TestPartial:
    def test_to_formats_that_need_no_more(self) -> None:
        Path("in.csv").write_text("quote,start,note\nGo,3,=x\n", encoding="utf-8")
        for target in ("tsv", "xlsx", "md", "jsonl", "parquet"):
            assert convert("in.csv", "-o", f"out.{target}").exit_code == 0
            assert read_rows(f"out.{target}") == [{"quote": "Go", "start": 3, "note": "=x"}]

    @pytest.mark.parametrize("target", ["sqlite", "jsonld"])
    def test_to_formats_that_need_more(self, target: str) -> None:
        Path("in.csv").write_text("quote,start\nGo,3\n", encoding="utf-8")
        result = convert("in.csv", "-o", f"out.{target}")
        assert (result.exit_code, Path(f"out.{target}").exists()) == (2, False)
        assert result.stderr == (
            f"quotes: {target} cannot do without the column 'quote_id'; add it, or use another format\n"
        )

    def test_to_a_table_for_reading(self) -> None:
        Path("in.csv").write_text("quote,start\nGo,3\n", encoding="utf-8")
        assert convert("in.csv", "--format", "table").exit_code == 2

    def test_flat_rows_make_a_database(self) -> None:
        write("in.csv", article_rows())
        assert convert("in.csv", "-o", "out.db").exit_code == 0
        with closing(sqlite3.connect("out.db")) as base:
            assert base.execute("SELECT count(*) FROM quotations").fetchone() == (len(article_rows()),)
            assert base.execute("SELECT DISTINCT names FROM speakers").fetchall() == [(None,)]


def test_fields_of_others_with_values_of_their_own() -> None:
    Path("in.jsonl").write_text('{"quote": "a", "tags": ["x", 1]}\n{"quote": "b"}\n', encoding="utf-8")
    assert convert("in.jsonl", "-o", "out.csv").exit_code == 0
    assert read_rows("out.csv") == [{"quote": "a", "tags": '["x", 1]'}, {"quote": "b", "tags": None}]
    assert convert("in.jsonl", "-o", "out.jsonl").exit_code == 0
    assert read_rows("out.jsonl") == [{"quote": "a", "tags": ["x", 1]}, {"quote": "b", "tags": None}]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"start": "3"}, "'start' is '3', which is no integer"),
        ({"start": True}, "no integer"),
        ({"start": None}, "'start' is 'None'"),
        ({"quote": 3}, "no string"),
        ({"titles": ["Mayor"]}, "'titles' has an entry"),
        ({"titles": [{"text": "Mayor"}]}, "'titles' has an entry"),
        ({"alternatives": [{"speaker": None, "score": 1.0}]}, "'speaker' is 'None'"),
    ],
)
def test_values_that_no_row_has(row: dict[str, Any], message: str) -> None:
    Path("in.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"^in.jsonl, row 1: .*{message}"):
        gather(["in.jsonl"])


def test_a_whole_number_of_another_program_is_a_probability() -> None:
    Path("in.jsonl").write_text('{"confidence": 1}\n', encoding="utf-8")
    ((row,), _) = gather(["in.jsonl"])
    assert isinstance(row["confidence"], float)


def test_no_rows_have_all_columns() -> None:
    write("in.csv", [])
    assert gather(["in.csv"]) == ([], COLUMNS)
    assert convert("in.csv", "--format", "csv").stdout == ",".join(column.name for column in FLAT) + "\n"


def test_a_table_for_reading() -> None:
    write("in.jsonl", [a_row(speaker="Ada Brink")])
    assert "Ada Brink" in convert("in.jsonl", "--format", "table").stdout


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["in.csv", "-o", "in.csv"], 2, "is an input as well"),
        (["in.csv", "in.jsonl", "-o", "./in.jsonl"], 2, "is an input as well"),
        (["none.csv", "-o", "out.csv"], 1, "none.csv: cannot be read as csv: No such file or directory"),
        (["in.txt", "-o", "out.csv"], 2, "in.txt: no format goes by this extension"),
        (["in.csv", "-o", "out.csv", "--columns", "a"], 2, "unknown column 'a'; use one of quote_id, "),
        (["in.csv", "--format", "xml"], 2, "unknown format 'xml'"),
        (["in.csv", "-o", "out.foo"], 2, "no format goes by this extension"),
    ],
)
def test_what_goes_wrong_is_one_line(args: list[str], code: int, message: str) -> None:
    write("in.csv", [a_row()])
    write("in.jsonl", [a_row()])
    Path("in.txt").write_text("x")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    result = convert(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_articles_are_no_rows(folder: Path) -> None:
    (folder / "a.jsonl").write_text('{"doc_id": "x", "title": "y", "text": "“z,” said Bo Reed."}\n', encoding="utf-8")
    result = convert("a.jsonl", "-o", "b.csv")
    assert (result.exit_code, (folder / "b.csv").exists()) == (1, False)
    assert result.stderr == "quotes: a.jsonl: is no table of quotations: it has none of its columns, such as 'quote'\n"
