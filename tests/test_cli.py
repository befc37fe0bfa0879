"""The command line as a user meets it: what goes where, exit codes, and no traceback whatever comes in."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

import quotes
from quotes import pipeline, reader
from quotes.cli import app
from quotes.exporter import EXTENSIONS, read_csv, read_jsonl, read_rows
from quotes.records import Document, Record
from quotes.schema import FLAT

ARTICLE = (
    "Harbour to close\r\n\r\n“We meant what we said,” said Ada Brink, head of the harbour board.\r\n\r\n"
    "“It is late,” Brink added. “It is cold.”\r\n"
)
QUOTES = ["We meant what we said,", "It is late,", "It is cold."]
HEADER = ",".join(column.name for column in FLAT)
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(quotes.__file__).parent.parent))  # for processes of their own
    (tmp_path / "good.txt").write_bytes(ARTICLE.encode())
    return tmp_path


def call(*args: str, **options: Any) -> Result:
    return CliRunner().invoke(app, args, prog_name="quotes", **options)


def program(*args: str, code: str = "", **options: Any) -> subprocess.Popen[str]:
    """Start the program itself, in a process of its own; `code` runs first."""
    command = [sys.executable, "-c", f"{code}\nfrom quotes.cli import main\nmain()", *args]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **options
    )


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def lines(text: str) -> list[str]:
    return text.splitlines()


class TestExtract:
    def test_csv_in_a_pipe(self) -> None:
        result = call("extract", "good.txt")
        assert (result.exit_code, result.stderr) == (0, "")
        assert lines(result.stdout)[0] == HEADER
        rows = csv_rows(result.stdout)
        assert [row["quote"] for row in rows] == QUOTES
        assert {(row["doc_id"], row["source"]) for row in rows} == {("good", "good.txt")}

    def test_offsets_fit_the_file(self, folder: Path) -> None:
        call("extract", "good.txt", "-o", "rows.csv")
        text = (folder / "good.txt").read_bytes().decode()
        rows = read_csv(folder / "rows.csv")
        assert [text[row["start"] : row["end"]] for row in rows] == [row["quote"] for row in rows] == QUOTES

    def test_jsonl_keeps_to_the_schema(self) -> None:
        result = call("extract", "good.txt", "--format", "jsonl")
        validator = Draft202012Validator(json.loads(call("schema").stdout))
        rows = [json.loads(line) for line in lines(result.stdout)]
        assert [row["quote"] for row in rows] == QUOTES
        for row in rows:
            validator.validate(row)

    def test_formats_agree(self, folder: Path) -> None:
        for name in ("rows.csv", "rows.jsonl"):
            assert call("extract", "good.txt", "-o", name).exit_code == 0
        flat = [{c.name: row[c.name] for c in FLAT} for row in read_jsonl(folder / "rows.jsonl")]
        assert read_csv(folder / "rows.csv") == flat

    def test_rules_alone(self, folder: Path) -> None:
        (folder / "asked.txt").write_text("Ana Pell said, “It is late.”", encoding="utf-8")
        found = {}
        for name in ("rules", "reader"):
            result = call("extract", "asked.txt", "--format", "jsonl", "--attributor", name)
            found[name] = [json.loads(line)["method"] for line in lines(result.stdout)]
        assert not any("reader" in method for method in found["rules"])
        assert any("reader" in method for method in found["reader"])

    def test_an_unknown_attributor(self) -> None:
        result = call("extract", "good.txt", "--attributor", "magic")
        assert result.exit_code == 2
        assert lines(result.stderr) == ["quotes: unknown attributor 'magic'; use one of reader, rules"]

    def test_threads_change_nothing(self) -> None:
        assert call("extract", "good.txt", "--threads", "1").stdout == call("extract", "good.txt").stdout

    def test_a_damaged_model_is_one_line(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        monkeypatch.setattr("quotes.reader.MODEL", folder)
        monkeypatch.setattr("quotes.reader.Reader.__init__.__defaults__", (folder, 0))
        reader._of_process.cache_clear()
        try:
            (folder / "asked.txt").write_text("Ana Pell said, “It is late.”", encoding="utf-8")
            result = call("extract", "asked.txt", "-o", "rows.csv")
        finally:
            reader._of_process.cache_clear()
        assert result.exit_code == 1
        assert len(lines(result.stderr)) == 1
        assert "install quotes again" in result.stderr
        assert not (folder / "rows.csv").exists()

    def test_table_on_request(self) -> None:
        result = call("extract", "good.txt", "--format", "table")
        assert "Ada Brink" in result.stdout
        assert "Speaker" in result.stdout

    @POSIX
    def test_table_on_a_terminal(self) -> None:
        pty = pytest.importorskip("pty")
        ours, theirs = pty.openpty()
        env = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
        command = [sys.executable, "-m", "quotes", "extract", "good.txt"]
        with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=env) as process:
            os.close(theirs)
            shown = b""
            # Linux says with an error that the other side of a terminal is closed.
            while chunk := _read(ours):
                shown += chunk
            os.close(ours)
            assert process.stderr is not None
            said = process.stderr.read()
        assert "Ada Brink" in shown.decode()
        assert b"\x1b" not in shown
        assert said.decode().startswith("3 quotations in 1 document, ")

    def test_several_files_and_standard_input(self, folder: Path) -> None:
        (folder / "other.txt").write_text("“No,” said Bo Lund.", encoding="utf-8")
        result = call("extract", "other.txt", "-", "good.txt", input="“Yes,” said Cy Moe.".encode())
        rows = csv_rows(result.stdout)
        assert [row["doc_id"] for row in rows] == ["other", "stdin", "good", "good", "good"]
        assert [row["source"] for row in rows][:2] == ["other.txt", ""]

    def test_processes_change_nothing(self) -> None:
        assert call("extract", "good.txt", "--n-process", "2").stdout == call("extract", "good.txt").stdout

    def test_nested(self, folder: Path) -> None:
        (folder / "in.txt").write_text("“He said ‘never again’ to me,” said Ada Brink.", encoding="utf-8")
        count = [len(csv_rows(call("extract", "in.txt", *extra).stdout)) for extra in ([], ["--nested"])]
        assert count == [1, 2]

    def test_guard_and_no_guard(self, folder: Path) -> None:
        (folder / "f.txt").write_text("“=1+1 is what we say,” said Ada Brink.", encoding="utf-8")
        assert csv_rows(call("extract", "f.txt").stdout)[0]["quote"].startswith("'=1+1")
        assert csv_rows(call("extract", "f.txt", "--no-guard").stdout)[0]["quote"].startswith("=1+1")

    def test_every_format_by_extension(self, folder: Path) -> None:
        for extension in EXTENSIONS:
            result = call("extract", "good.txt", "-o", f"rows{extension}", "--quiet")
            assert (result.exit_code, result.output) == (0, "")
            assert [row["quote"] for row in read_rows(folder / f"rows{extension}")] == QUOTES

    def test_chosen_rows_and_fields(self) -> None:
        (Path("other.txt")).write_text("“No,” said Bo Lund.", encoding="utf-8")
        args = ["--columns", "start,speaker", "--sort", "-start", "--min-confidence", "0.1"]
        result = call("extract", "good.txt", "other.txt", *args)
        ours = [f"{ARTICLE.index(words)},Ada Brink" for words in reversed(QUOTES)]
        assert lines(result.stdout) == ["start,speaker", *ours, "1,Bo Lund"]
        assert lines(call("extract", "good.txt", "other.txt", *args, "--speaker", "lund").stdout)[1:] == ["1,Bo Lund"]

    def test_rows_to_review_and_the_others_are_all_rows(self) -> None:
        counts = [len(csv_rows(call("extract", "good.txt", f"--{no}needs-review").stdout)) for no in ("", "no-")]
        assert sum(counts) == len(QUOTES)

    def test_a_data_package_beside_the_rows(self, folder: Path) -> None:
        assert call("extract", "good.txt", "-o", "rows.tsv", "--datapackage").exit_code == 0
        (resource,) = json.loads((folder / "datapackage.json").read_text())["resources"]
        assert resource["path"] == "rows.tsv"

    def test_the_ledger_in_other_formats(self, folder: Path) -> None:
        assert call("extract", "good.txt", "-o", "rows.csv", "--ledger", "marks.xlsx").exit_code == 0
        assert len(read_rows(folder / "marks.xlsx", table="ledger")) == 6

    def test_signature_on_request(self) -> None:
        assert call("extract", "good.txt", "--output-encoding", "utf-8-sig").stdout_bytes.startswith(b"\xef\xbb\xbf")

    def test_output_file_says_what_it_holds(self, folder: Path) -> None:
        result = call("extract", "good.txt", "-o", "rows.csv")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.startswith("rows.csv: 3 quotations in 1 document, ")
        assert call("extract", "good.txt", "-o", "rows.csv", "--quiet").stderr == ""

    def test_a_dash_is_standard_output(self) -> None:
        assert call("extract", "good.txt", "-o", "-").stdout == call("extract", "good.txt").stdout

    def test_verbose_says_more(self) -> None:
        assert "good.txt: 3 quotations" in call("extract", "good.txt", "-v").stderr

    @pytest.mark.parametrize("text", ['""“”‘’«»', "No quotations here."])
    def test_nothing_to_find_is_no_error(self, folder: Path, text: str) -> None:
        (folder / "poor.txt").write_bytes(text.encode())
        result = call("extract", "poor.txt")
        assert (result.exit_code, result.stderr) == (0, "")
        assert lines(result.stdout)[0] == HEADER


BAD_INPUTS = {
    "none.txt": None,
    "folder": "folder",
    "binary.txt": b"abc\0def",
    "empty.txt": b"",
    "blank.txt": b" \n\t \r\n",
    "marked.txt": b"\xef\xbb\xbfHe said \xff.",
    "paper.pdf": b"%PDF-1.7",
    "paper.docx": b"no archive",
    "page.html": b"<html><body><nav>Menu</nav></body></html>",
    "table.csv": b"foo,bar\n1,2\n",
    "ragged.csv": b"id,text\n1,2,3\n",
    "lines.jsonl": b'{"text": ',
    "table.parquet": b"PAR1 and no more",
    "table.xlsx": b"PK\x03\x04 and no more",
    "news.zip": b"PK\x03\x04 and no more",
    "news.txt.gz": b"\x1f\x8b\x08 and no more",
}


class TestFailures:
    @pytest.fixture(autouse=True)
    def inputs(self, folder: Path) -> None:
        for name, content in BAD_INPUTS.items():
            if isinstance(content, bytes):
                (folder / name).write_bytes(content)
            elif content:
                (folder / name).mkdir()

    @pytest.mark.parametrize("name", BAD_INPUTS)
    def test_bad_input_is_one_line_and_the_good_one_goes_through(self, name: str) -> None:
        result = call("extract", name, "good.txt")
        assert result.exit_code == 1
        assert [row["quote"] for row in csv_rows(result.stdout)] == QUOTES
        assert len(lines(result.stderr)) == 1
        assert result.stderr.startswith(f"quotes: {name}: ")

    def test_rows_of_the_good_are_written_to_the_file(self, folder: Path) -> None:
        assert call("extract", *BAD_INPUTS, "good.txt", "-o", "rows.csv").exit_code == 1
        assert [row["quote"] for row in read_csv(folder / "rows.csv")] == QUOTES

    def test_where_nothing_could_be_read_the_file_stays(self, folder: Path) -> None:
        (folder / "rows.csv").write_text("before")
        result = call("extract", *BAD_INPUTS, "-o", "rows.csv")
        assert result.exit_code == 1
        assert lines(result.stderr)[-1] == "quotes: nothing could be read, so rows.csv was not written"
        assert (folder / "rows.csv").read_text() == "before"

    @pytest.mark.parametrize(("verbose", "traceback"), [([], False), (["-v"], True)])
    def test_what_the_pipeline_trips_over_is_one_line(
        self, monkeypatch: pytest.MonkeyPatch, verbose: list[str], traceback: bool
    ) -> None:
        def trip(documents: Iterable[Document], **options: Any) -> Iterator[tuple[Document, list[Record]]]:
            for document in documents:
                if document.doc_id == "odd":
                    raise RuntimeError("boom")
                yield document, quotes.extract(document.text, doc_id=document.doc_id)

        monkeypatch.setattr(pipeline, "process", trip)
        Path("odd.txt").write_text("odd")
        result = call("extract", "odd.txt", "good.txt", *verbose)
        assert result.exit_code == 1
        assert [row["quote"] for row in csv_rows(result.stdout)] == QUOTES
        assert result.stderr.startswith("quotes: odd.txt: unexpected error: RuntimeError: boom")
        assert ("Traceback" in result.stderr) is traceback

    def test_a_pipeline_that_does_not_start_is_one_line(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: Any, **__: Any) -> None:
            raise OSError("no model")

        monkeypatch.setattr(pipeline, "process", broken)
        result = call("extract", "good.txt", "-o", "rows.csv")
        assert result.exit_code == 1
        assert result.stderr == "quotes: unexpected error: OSError: no model (--verbose shows where)\n"
        assert not (folder / "rows.csv").exists()

    @pytest.mark.parametrize("output", ["no/such/rows.csv", "folder.csv"])
    def test_unwritable_output(self, folder: Path, output: str) -> None:
        (folder / "folder.csv").mkdir()
        result = call("extract", "good.txt", "-o", output)
        assert result.exit_code == 1
        assert len(lines(result.stderr)) == 1
        assert result.stderr.startswith(f"quotes: {output}: cannot be written: ")

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            ([], "no files given"),
            (["-", "-"], "only once"),
            (["good.txt", "-o", "rows.foo"], ".csv, .tsv, .jsonl, "),
            (["good.txt", "-o", "good.txt"], "is an input as well"),
            (["good.txt", "-o", "./good.txt", "--format", "csv"], "is an input as well"),
            (["good.txt", "--format", "xml"], "one of csv, tsv, jsonl, xlsx, parquet, sqlite, md, jsonld, table"),
            (["good.txt", "--format", "table", "-o", "rows.csv"], "terminal"),
            (["good.txt", "--encoding", "rot13"], "unknown encoding 'rot13'"),
            (["good.txt", "--from", "docs"], "unknown kind 'docs' for --from; use one of txt, md, html"),
            (["good.txt", "--columns", "quote,speeker"], "unknown column 'speeker'; use one of quote_id, "),
            (["good.txt", "--columns", "titles"], "csv cannot hold 'titles'"),
            (["good.txt", "--columns", "quote", "--format", "table"], "columns of its own"),
            (["good.txt", "--columns", "quote", "-o", "rows.sqlite"], "cannot do without the column 'quote_id'"),
            (["good.txt", "--sort", "size"], "unknown column 'size'"),
            (["good.txt", "--datapackage"], "describes a file of csv or tsv"),
            (["good.txt", "--datapackage", "-o", "rows.xlsx"], "describes a file of csv or tsv"),
            (["good.txt", "-o", "rows.csv", "--ledger", "marks.sqlite"], "is for quotations, not for ledger"),
            (["good.txt", "--output-encoding", "latin-1"], "one of utf-8, utf-8-sig"),
            (["good.txt", "--output-encoding", "utf-8-sig", "--format", "jsonl"], "is for csv"),
            (["good.txt", "--output-encoding", "utf-8-sig", "--format", "table"], "is for csv"),
        ],
    )
    def test_wrong_usage(self, folder: Path, args: list[str], message: str) -> None:
        before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
        result = call("extract", *args)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr
        assert len(lines(result.stderr)) == 1
        assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before

    @pytest.mark.parametrize("args", [["nonsense"], ["extract", "--nonsense"], ["extract", "x", "--n-process", "0"]])
    def test_wrong_usage_that_parsing_finds(self, args: list[str]) -> None:
        result = call(*args)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Error" in result.stderr


class TestInputs:
    @pytest.fixture(autouse=True)
    def inputs(self, folder: Path) -> None:
        (folder / "news").mkdir()
        (folder / "news" / "one.txt").write_text("“One,” said Ada Brink.", encoding="utf-8")
        (folder / "news" / "two.csv").write_text('id,text\nx,"“Two,” said Ada Brink."\n', encoding="utf-8")

    def test_a_directory(self) -> None:
        result = call("extract", "news")
        assert [(row["doc_id"], row["quote"]) for row in csv_rows(result.stdout)] == [("one", "One,"), ("x", "Two,")]
        assert "takes column 'text' for the articles" in result.stderr
        assert call("extract", "news", "--quiet").stderr == ""

    def test_a_directory_that_the_output_goes_to(self, folder: Path) -> None:
        for _ in range(2):
            assert call("extract", "news", "-o", "news/rows.csv").exit_code == 0
        assert len(read_csv(folder / "news" / "rows.csv")) == 2

    @pytest.mark.parametrize(
        ("args", "expected"),
        [
            (["news", "--glob", "*.txt"], ["One,"]),
            (["news/*.csv"], ["Two,"]),
            (["news/two.csv", "--text-column", "text", "--id-column", "id"], ["Two,"]),
            (["news/one.txt", "--from", "txt"], ["One,"]),
        ],
    )
    def test_choices(self, args: list[str], expected: list[str]) -> None:
        assert [row["quote"] for row in csv_rows(call("extract", *args).stdout)] == expected

    @pytest.mark.parametrize(("options", "expected"), [([], "Zoë"), (["--encoding", "cp1253"], "Zoλ")])
    def test_encodings(self, folder: Path, options: list[str], expected: str) -> None:
        (folder / "old.txt").write_bytes("“Late,” said Zoë Brink.".encode("windows-1252"))
        result = call("extract", "old.txt", "--format", "jsonl", *options)
        (row,) = map(json.loads, lines(result.stdout))
        assert expected in row["suffix"]
        assert row["encoding"] == (options[-1] if options else "windows-1252")

    @pytest.mark.parametrize("args", [["marks", "news"], ["speakers", "news"], ["explain", "news", "2"]])
    def test_other_commands_read_them_too(self, args: list[str]) -> None:
        result = call(*args, "--quiet") if args[0] != "explain" else call(*args)
        assert result.exit_code == 0
        assert "Two" in result.stdout or "Ada Brink" in result.stdout

    def test_nobody_of_that_name_is_said(self) -> None:
        call("extract", "news", "-o", "rows.csv", "--quiet")
        for command in (["extract", "news/one.txt"], ["convert", "rows.csv"]):
            result = call(*command, "--speaker", "Bo Lund", "--columns", "quote,")
            assert (result.exit_code, result.stdout, result.stderr) == (0, "quote\n", "no rows of Bo Lund\n")
        assert call("extract", "news/one.txt", "--speaker", "brink").stderr == ""

    def test_rows_are_proven_by_kept_texts(self, folder: Path) -> None:
        assert call("extract", "news", "-o", "rows.jsonl", "--keep-text", "texts").exit_code == 0
        assert len(list((folder / "texts").iterdir())) == 2
        result = call("check", "rows.jsonl", "--text", "texts")
        assert (result.exit_code, result.stderr) == (0, "2 of 2 rows stand verbatim in 2 texts\n")

    def test_rows_are_proven_by_the_articles(self) -> None:
        call("extract", "news", "-o", "rows.csv")
        assert call("check", "rows.csv", "--text", "news/one.txt", "--text", "news/two.csv").exit_code == 0
        assert call("check", "rows.csv", "--text", "news").exit_code == 0

    def test_a_row_that_is_not_verbatim_fails(self, folder: Path) -> None:
        call("extract", "news", "-o", "rows.csv", "--keep-text", "texts")
        rows = (folder / "rows.csv").read_text(encoding="utf-8")
        (folder / "rows.csv").write_text(rows.replace('"Two,"', '"Too,"'), encoding="utf-8")
        result = call("check", "rows.csv", "--text", "texts")
        assert result.exit_code == 1
        assert "row 2 (" in result.stderr
        assert "quote is 'Too,', but the text has 'Two,'" in result.stderr
        assert lines(result.stderr)[-1] == "1 of 2 rows stand verbatim in 2 texts"

    def test_a_row_whose_text_is_missing_fails(self) -> None:
        call("extract", "news", "-o", "rows.csv")
        result = call("check", "rows.csv", "--text", "news/one.txt")
        assert result.exit_code == 1
        assert "its text is not there" in result.stderr


class TestEvaluate:
    @pytest.fixture
    def gold(self, folder: Path) -> str:
        quotations = [
            {"start": ARTICLE.index(words), "end": ARTICLE.index(words) + len(words), "type": "speech", "speaker": name}
            for words, name in zip(QUOTES, ["Ada Brink", "Ada Brink", "Bo Lund"], strict=True)
        ]
        article = {"doc_id": "good", "text": ARTICLE, "quotations": quotations}
        (folder / "gold.jsonl").write_text(json.dumps(article) + "\n")
        return "gold.jsonl"

    def test_rows_found_now_and_rows_of_a_file_score_the_same(self, gold: str) -> None:
        names = [f"rows{extension}" for extension in EXTENSIONS]
        for name in names:
            call("extract", "good.txt", "-o", name)
        results = [call("evaluate", gold, *rows, "--json") for rows in ([], *([name] for name in names))]
        assert {result.exit_code for result in results} == {0}
        figures = [json.loads(result.stdout) for result in results]
        assert all(found == figures[0] for found in figures)
        assert (figures[0]["gold"], figures[0]["found"]) == (3, 1.0)

    @pytest.mark.parametrize("name", ["rows.jsonl", "rows", "rows.txt", "rows.json"])
    def test_rows_of_other_programs(self, folder: Path, gold: str, name: str) -> None:
        row = {"doc_id": "good", "start": 20, "end": 42, "speaker": "Brink"}
        (folder / name).write_text(json.dumps(row) + "\n")
        assert json.loads(call("evaluate", gold, name, "--json").stdout)["rows"] == 1

    def test_rows_with_too_few_fields(self, folder: Path, gold: str) -> None:
        (folder / "rows.csv").write_text("doc_id,start\ngood,3\n")
        result = call("evaluate", gold, "rows.csv")
        assert (result.exit_code, result.stderr) == (1, 'quotes: rows.csv, row 1: no "end"\n')

    def test_table_and_errors(self, gold: str) -> None:
        result = call("evaluate", gold, "--errors", "1")
        assert "precision" in result.stdout
        assert len(lines(result.stderr)) == 1
        assert "Bo Lund" in result.stderr

    @pytest.mark.parametrize(
        "args", [["none.jsonl"], ["good.txt"], ["gold.jsonl", "none.csv"], ["gold.jsonl", "good.txt"]]
    )
    @pytest.mark.usefixtures("gold")
    def test_unreadable_is_one_line(self, args: list[str]) -> None:
        result = call("evaluate", *args)
        assert (result.exit_code, result.stdout) == (1, "")
        assert len(lines(result.stderr)) == 1


class TestProgram:
    def test_version(self) -> None:
        assert call("--version").stdout == f"quotes {quotes.__version__}\n"

    @pytest.mark.parametrize("args", [["--help"], ["-h"], ["extract", "--help"], ["evaluate", "-h"], ["schema", "-h"]])
    def test_help(self, args: list[str]) -> None:
        result = call(*args)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: quotes ")

    def test_completion_is_kept(self) -> None:
        assert "--install-completion" in call("--help").stdout

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("--format xl", ["xlsx"]),
            ("--output-encoding utf-8-", ["utf-8-sig"]),
            ("--from ht", ["html"]),
            ("--form", ["--format"]),
        ],
    )
    def test_completion_offers_the_choices(self, words: str, expected: list[str]) -> None:
        words = f"quotes extract {words}"
        env = {"_QUOTES_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        assert call(env=env).stdout.split() == expected

    def test_module(self) -> None:
        command = [sys.executable, "-m", "quotes", "schema"]
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert json.loads(shown) == json.loads(call("schema").stdout)

    @pytest.mark.parametrize("args", [["extract", "good.txt"], ["schema"], ["--help"]], ids=lambda args: args[0])
    @POSIX
    def test_a_reader_that_goes_away_is_no_failure(self, args: list[str]) -> None:
        # The pipe has no reader from the start: surer than `head`, which may or may not be quick enough.
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "quotes", *args]
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")

    @POSIX
    @pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
    def test_interrupted(self, folder: Path, name: str, code: int) -> None:
        (folder / "rows.csv").write_text("before")
        stuck = "import time\nfrom quotes import batch\n"
        stuck += "batch.extract_all = lambda *_, **__: (time.sleep(1) for _ in range(60))"
        with program("extract", "good.txt", "-o", "rows.csv", code=stuck) as process:
            for _ in range(300):
                if list(folder.glob(".quotes-*")):
                    break
                time.sleep(0.05)
            process.send_signal(getattr(signal, name))
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (code, "", "")
        assert {path.name for path in folder.iterdir()} == {"good.txt", "rows.csv"}
        assert (folder / "rows.csv").read_text() == "before"

    @POSIX
    @pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
    def test_interrupted_with_processes_at_work(self, folder: Path, name: str, code: int) -> None:
        for i in range(5 * pipeline.BATCH):  # more than the pipes between the processes hold
            (folder / f"{i}.md").write_text(ARTICLE * 20)
        stuck = "import time\nfrom pathlib import Path\nfrom quotes import exporter\n"
        stuck += "exporter.FormatWriter.write = lambda *_: (Path('begun').touch(), time.sleep(60))"
        args = ("extract", ".", "-o", "rows.csv", "--n-process", "2", "--attributor", "rules")
        with program(*args, code=stuck, start_new_session=True) as process:
            try:
                for _ in range(600):
                    if (folder / "begun").exists():
                        break
                    time.sleep(0.05)
                process.send_signal(getattr(signal, name))
                out, err = process.communicate(timeout=10)
                with pytest.raises(ProcessLookupError):  # nobody is left
                    os.killpg(process.pid, 0)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        assert (process.returncode, out, err) == (code, "", "")
        assert not (folder / "rows.csv").exists()
        assert not list(folder.glob(".quotes-*"))


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


class TestSpeakers:
    def test_one_row_a_speaker(self) -> None:
        result = call("speakers", "good.txt")
        assert (result.exit_code, result.stderr) == (0, "")
        (row,) = csv_rows(result.stdout)
        assert (row["speaker"], row["quotations"], row["names"]) == ("Ada Brink", "3", "Ada Brink; Brink")
        assert row["title"] == "head of the harbour board"

    def test_as_jsonl(self) -> None:
        result = call("speakers", "good.txt", "--format", "jsonl")
        (row,) = [json.loads(line) for line in lines(result.stdout)]
        assert (row["speaker"], row["quotations"]) == ("Ada Brink", 3)

    @pytest.mark.parametrize("command", ["speakers", "marks"])
    def test_in_every_format_of_a_plain_table(self, folder: Path, command: str) -> None:
        table = "ledger" if command == "marks" else command
        found = []
        for name in ("csv", "tsv", "jsonl", "xlsx", "parquet", "md"):
            assert call(command, "good.txt", "-o", f"rows.{name}").exit_code == 0
            found.append(read_rows(folder / f"rows.{name}", table=table))
        assert found[0]
        assert all(rows == found[0] for rows in found)
        result = call(command, "good.txt", "-o", "rows.sqlite")
        assert (result.exit_code, len(lines(result.stderr))) == (2, 1)

    def test_as_a_table(self) -> None:
        assert "Ada Brink" in call("speakers", "good.txt", "--format", "table").stdout

    def test_no_quotations_no_rows(self, folder: Path) -> None:
        (folder / "dull.txt").write_text("Nothing was said.", encoding="utf-8")
        result = call("speakers", "dull.txt")
        assert (result.exit_code, csv_rows(result.stdout)) == (0, [])

    def test_what_cannot_be_read_is_told_and_the_rest_goes_on(self) -> None:
        result = call("speakers", "missing.txt", "good.txt")
        assert result.exit_code == 1
        assert len(lines(result.stderr)) == 1
        assert [row["speaker"] for row in csv_rows(result.stdout)] == ["Ada Brink"]


class TestExplain:
    def test_the_story_of_a_row(self) -> None:
        result = call("explain", "good.txt", "2")
        assert (result.exit_code, result.stderr) == (0, "")
        assert "quotation 2 of 3" in result.stdout
        assert "Speaker: Ada Brink" in result.stdout
        assert "“Brink” <- “Ada Brink” (paragraph 2)" in result.stdout

    @pytest.mark.parametrize("number", ["4", "0", "two"])
    def test_a_number_that_does_not_exist(self, number: str) -> None:
        result = call("explain", "good.txt", number)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Traceback" not in result.stderr

    def test_it_says_how_many_there_are(self) -> None:
        assert lines(call("explain", "good.txt", "4").stderr) == [
            "quotes: good.txt has only 3 quotations; there is no number 4"
        ]

    def test_no_quotations_at_all(self, folder: Path) -> None:
        (folder / "dull.txt").write_text("Nothing was said.", encoding="utf-8")
        result = call("explain", "dull.txt", "1")
        assert (result.exit_code, result.stdout) == (2, "")
        assert lines(result.stderr) == ["quotes: dull.txt has no quotation; there is no number 1"]

    def test_a_missing_file(self) -> None:
        result = call("explain", "missing.txt", "1")
        assert result.exit_code == 1
        assert len(lines(result.stderr)) == 1


def test_an_interruption_inside_a_failed_import_is_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: Any, **__: Any) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as interrupt:
            raise ImportError("cannot load") from interrupt

    monkeypatch.setattr("quotes.documents.documents", load)
    assert call("extract", "good.txt").exit_code == 130
