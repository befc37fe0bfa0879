"""Every format gives back the rows that it was given, and keeps text what it is."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import InputError, OutputError, UsageError
from quotes.exporter import EXTENSIONS, FORMATS, FormatWriter, Options, open_output, read_rows
from quotes.formats import excel
from quotes.schema import COLUMNS, FLAT, LEDGER, SPEAKERS, TABLES
from quotes.speakertable import speaker_rows
from tests.rows import ANY_TEXT, FORMULA_STARTS, ROWS, a_row, article_rows, cells, held, written

PLAIN = [name for name, made in FORMATS.items() if not made.needs]
FLAT_FORMATS = [name for name, made in FORMATS.items() if not made.lists]
NESTED_FORMATS = [name for name, made in FORMATS.items() if made.lists]


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


def back(rows: list[dict[str, Any]], format: str, folder: Path, **options: Any) -> list[dict[str, Any]]:
    """Return rows written in a format and read again."""
    path = folder / f"rows.{format}"
    path.write_bytes(written(rows, format, **options))
    return read_rows(path, format, table=options.get("table", "quotations"))


class TestRoundTrip:
    @pytest.mark.parametrize("format", FORMATS)
    def test_rows_of_our_articles(self, tmp_path: Path, format: str) -> None:
        rows = article_rows()
        assert len(rows) > 200
        assert any(row["steps"] and row["alternatives"] for row in rows)
        assert back(rows, format, tmp_path) == held(rows, format)

    @pytest.mark.parametrize("format", FORMATS)
    @given(rows=ROWS)
    @settings(max_examples=60)
    def test_any_rows(self, scratch: Path, format: str, rows: list[dict[str, Any]]) -> None:
        found, expected = back(rows, format, scratch), held(rows, format)
        assert found == expected
        kinds = [[{name: type(row[name]) for name in row} for row in table] for table in (found, expected)]
        assert kinds[0] == kinds[1]

    @pytest.mark.parametrize("format", FORMATS)
    @given(text=ANY_TEXT.filter(bool))
    @settings(max_examples=200)
    def test_any_text(self, scratch: Path, format: str, text: str) -> None:
        rows = [a_row(quote=text, speaker=text, prefix="", titles=[])]
        assert back(rows, format, scratch) == held(rows, format)

    @pytest.mark.parametrize("format", FORMATS)
    def test_no_rows(self, tmp_path: Path, format: str) -> None:
        assert back([], format, tmp_path) == []

    @pytest.mark.parametrize("format", FORMATS)
    def test_null_is_not_the_empty_string(self, tmp_path: Path, format: str) -> None:
        (row,) = back([a_row(speaker=None, prefix="", close_mark="")], format, tmp_path)
        assert (row["speaker"], row["prefix"], row["close_mark"]) == (None, "", "")

    @pytest.mark.parametrize("format", FORMATS)
    def test_lone_surrogates_come_back_or_as_an_escape(self, tmp_path: Path, format: str) -> None:
        (row,) = back([a_row(quote="a\ud800b", names=[])], format, tmp_path)
        assert row["quote"] == ("a\ud800b" if format in ("jsonl", "jsonld") else r"a\ud800b")

    @pytest.mark.parametrize("format", [name for name, made in FORMATS.items() if not made.batch])
    def test_what_does_not_stream_is_written_at_once(self, format: str) -> None:
        stream = io.BytesIO()
        writer = FormatWriter(stream, FORMATS[format], Options(columns=FLAT))
        writer.write([a_row(), a_row()])
        assert stream.getvalue() == b""
        writer.finish()
        assert stream.getvalue()

    @pytest.mark.parametrize("format", ["csv", "tsv", "jsonl", "md"])
    def test_what_streams_comes_as_it_is_found(self, format: str) -> None:
        stream = io.BytesIO()
        writer = FormatWriter(stream, FORMATS[format], Options(columns=FLAT))
        writer.write([a_row(quote="early")] * 500)
        assert stream.getvalue().count(b"early") == 500

    @pytest.mark.parametrize("format", FORMATS)
    @pytest.mark.parametrize("order", [("end", "doc_id", "start", "quote", "speaker", "quote_id")])
    def test_some_columns_in_the_order_asked_for(self, tmp_path: Path, format: str, order: tuple[str, ...]) -> None:
        if format == "sqlite":
            order = (*order, *(name for name in FORMATS["sqlite"].needs if name not in order))
        columns = tuple(next(c for c in COLUMNS if c.name == name) for name in order)
        rows = [{name: row[name] for name in order} for row in article_rows()[:20]]
        found = back(rows, format, tmp_path, columns=columns)
        assert found == rows
        assert list(found[0]) == list(order)

    @pytest.mark.parametrize("format", PLAIN)
    @pytest.mark.parametrize("table", ["speakers", "ledger"])
    @given(data=st.data())
    @settings(max_examples=20)
    def test_other_tables(self, scratch: Path, format: str, table: str, data: st.DataObject) -> None:
        rows = data.draw(st.lists(st.fixed_dictionaries({c.name: cells(c) for c in TABLES[table]}), max_size=3))
        assert back(rows, format, scratch, table=table) == rows

    @pytest.mark.parametrize("format", [name for name, made in FORMATS.items() if made.needs])
    def test_formats_of_quotations_refuse_other_tables(self, tmp_path: Path, format: str) -> None:
        with (
            pytest.raises(UsageError, match=r"is for quotations, not for ledger; use one of csv, "),
            open_output(tmp_path / "rows", format, table="ledger"),
        ):
            pass


class TestOpenOutput:
    @pytest.mark.parametrize("extension", EXTENSIONS)
    def test_by_extension(self, tmp_path: Path, extension: str) -> None:
        path = tmp_path / f"rows{extension}"
        with open_output(path) as output:
            output.write([a_row()])
        assert read_rows(path) == held([a_row()], EXTENSIONS[extension])

    @pytest.mark.parametrize("format", FLAT_FORMATS)
    def test_lists_are_refused_by_flat_formats(self, tmp_path: Path, format: str) -> None:
        columns = tuple(c for c in COLUMNS if c.name in ("quote", "titles"))
        with (
            pytest.raises(UsageError, match=r"cannot hold 'titles', .* use one of jsonl, parquet, sqlite, jsonld"),
            open_output(tmp_path / "rows", format, columns=columns),
        ):
            pass

    @pytest.mark.parametrize("format", ["sqlite", "jsonld"])
    def test_what_a_format_needs_is_said(self, tmp_path: Path, format: str) -> None:
        columns = tuple(c for c in COLUMNS if c.name in ("quote", "doc_id"))
        with (
            pytest.raises(UsageError, match=rf"{format} cannot do without the column 'quote_id'"),
            open_output(tmp_path / "rows", format, columns=columns),
        ):
            pass
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("format", "module", "extra"),
        [("xlsx", "xlsxwriter", "excel"), ("parquet", "pyarrow", "parquet")],
    )
    def test_a_missing_library_is_named_before_work_begins(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, module: str, extra: str
    ) -> None:
        monkeypatch.setitem(sys.modules, module, None)
        with (
            pytest.raises(OutputError, match=rf"pip install 'quotes\[{extra}\]'"),
            open_output(tmp_path / f"a.{format}"),
        ):
            pytest.fail("it was opened")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("format", "module", "extra"),
        [("xlsx", "openpyxl", "excel"), ("parquet", "pyarrow.parquet", "parquet")],
    )
    def test_a_missing_library_to_read_with(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, module: str, extra: str
    ) -> None:
        path = tmp_path / f"rows.{format}"
        path.write_bytes(written([a_row()], format))
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(InputError, match=rf"^reading {format} takes .* pip install 'quotes\[{extra}\]'$"):
            read_rows(path)

    @pytest.mark.parametrize("format", ["xlsx", "parquet", "sqlite"])
    def test_a_terminal_is_no_place_for_bytes(self, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        with pytest.raises(UsageError, match=f"a terminal cannot show {format}"), open_output(None, format):
            pass

    @pytest.mark.parametrize("format", ["xlsx", "parquet", "sqlite"])
    def test_into_a_pipe(self, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, format: str) -> None:
        with open_output(None, format) as output:
            output.write([a_row()])
        (tmp_path / "rows").write_bytes(capfdbinary.readouterr().out)
        assert read_rows(tmp_path / "rows", format) == held([a_row()], format)


@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.parametrize("cell", ["a\rb", "a,\rb", "a\t\rb", "\r"])
def test_a_bare_return_stays_in_its_cell(tmp_path: Path, format: str, cell: str) -> None:
    assert back([a_row(quote=cell)], format, tmp_path, guarded=False)[0]["quote"] == cell


class TestReadRows:
    @pytest.mark.parametrize("format", FORMATS)
    @pytest.mark.parametrize("content", [b"", b"\0\1\2\xff", b"{}", b"a,b\n1,2\n", b"| a |\n| --- |\n"])
    def test_what_is_no_such_file_is_one_line(self, tmp_path: Path, format: str, content: bytes) -> None:
        path = tmp_path / f"rows.{format}"
        path.write_bytes(content)
        if format == "jsonl" and content in (b"", b"{}"):
            return  # no rows, and a row without a field
        with pytest.raises(InputError) as caught:
            read_rows(path)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("format", FORMATS)
    def test_a_file_that_is_not_there(self, tmp_path: Path, format: str) -> None:
        with pytest.raises(InputError, match="No such file"):
            read_rows(tmp_path / f"none.{format}")
        assert list(tmp_path.iterdir()) == []

    def test_unknown_formats(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"\.parquet"):
            read_rows(tmp_path / "rows.txt")
        with pytest.raises(UsageError, match="jsonld"):
            read_rows(tmp_path / "rows.txt", "xml")

    @pytest.mark.parametrize("format", FLAT_FORMATS)
    def test_columns_of_others_are_kept_as_text(self, tmp_path: Path, format: str) -> None:
        note = COLUMNS[2].__class__("note, of ours", "string", "", nullable=True)
        rows = [a_row() | {note.name: "=1+1"}, a_row() | {note.name: None}]
        found = back(rows, format, tmp_path, columns=(*FLAT, note))
        assert [row["note, of ours"] for row in found] == ["=1+1", None]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"start,start\n1,2\n", "has the column 'start' twice"),
            (b"start,titles\n1,2\n", "its column 'titles'"),
            (b"start,end\n1,2,3\n", "line 2"),
            (b"start,end\n1\n", "line 2"),
            (b"start,end\n1,two\n", "line 2"),
        ],
    )
    def test_tables_that_are_not_ours(self, tmp_path: Path, content: bytes, message: str) -> None:
        (tmp_path / "rows.csv").write_bytes(content)
        with pytest.raises(InputError, match=message):
            read_rows(tmp_path / "rows.csv")


def a_book(rows: list[dict[str, Any]]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(rows, "xlsx")))


class TestExcel:
    @pytest.mark.parametrize("start", FORMULA_STARTS)
    def test_what_looks_like_a_formula_is_a_string(self, start: str) -> None:
        sheet = a_book([a_row(quote=f"{start}HYPERLINK(1)", speaker=f"{start}1", prefix=start)])["quotations"]
        cells = {head.value: cell for head, cell in zip(*sheet.iter_rows(), strict=True)}
        assert {cells[name].data_type for name in ("quote", "speaker", "prefix")} == {"s"}

    @pytest.mark.parametrize("text", ["https://example.org/a", "mailto:a@b.org", "007", "1e5", "TRUE", "#N/A"])
    def test_text_stays_text(self, text: str) -> None:
        book = a_book([a_row(quote=text, source=text)])
        sheet = book["quotations"]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == text} == {"s"}
        assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)

    def test_numbers_and_flags_are_numbers_and_flags(self) -> None:
        head, line = a_book([a_row()])["quotations"].iter_rows()
        kinds = {a.value: b.data_type for a, b in zip(head, line, strict=True)}
        assert (kinds["start"], kinds["confidence"], kinds["needs_review"]) == ("n", "n", "b")

    def test_a_sheet_to_work_with(self) -> None:
        sheet = a_book([a_row()])["quotations"]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:AI2"
        place = next(cell for cell in sheet[1] if cell.value == "quote").column_letter
        assert sheet[f"{place}2"].alignment.wrap_text
        assert sheet.column_dimensions[place].width > 50

    def test_speakers_on_a_sheet_of_their_own(self) -> None:
        rows = article_rows()[:40]
        lines = list(a_book(rows)["speakers"].iter_rows(values_only=True))
        assert lines[0] == tuple(column.name for column in SPEAKERS)
        flat = [{name: value for name, value in row.items() if name not in ("names", "titles")} for row in rows]
        expected = speaker_rows(rows)
        assert [line[2] for line in lines[1:]] == [row["speaker"] for row in expected]
        assert [line[4] for line in lines[1:]] == [row["names"] for row in expected]
        assert [row["names"] for row in speaker_rows(flat)] == [None] * len(expected)

    def test_no_speakers_where_the_columns_do_not_tell_them(self) -> None:
        columns = tuple(c for c in FLAT if c.name in ("quote", "start"))
        assert openpyxl.load_workbook(io.BytesIO(written([a_row()], "xlsx", columns=columns))).sheetnames == [
            "quotations"
        ]

    @pytest.mark.parametrize("text", ["x" * 32_768, "😀" * 16_384])
    def test_a_cell_that_is_too_long_is_an_error_that_names_it(self, text: str) -> None:
        with pytest.raises(OutputError, match=r"^row 2 \(doc_id x, start 7\): its 'quote' has 32,768 characters"):
            written([a_row(), a_row(quote=text, start=7)], "xlsx")

    def test_the_longest_cell(self, tmp_path: Path) -> None:
        assert back([a_row(quote="x" * 32_767)], "xlsx", tmp_path)[0]["quote"] == "x" * 32_767

    def test_what_xlsx_cannot_keep_is_an_error(self) -> None:
        with pytest.raises(OutputError, match=r"^row 1 .* has '_x005F_x000D_', which xlsx cannot keep"):
            written([a_row(quote="a_x005F_x000D_b")], "xlsx")

    def test_too_many_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(excel, "ROWS", 3)
        with pytest.raises(OutputError, match="holds 2 rows, and these are 3; write csv"):
            written([a_row()] * 3, "xlsx")

    def test_what_other_programs_save(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.active.append(["quote", "start", "end", "needs_review", "confidence", "title", "note"])
        book.active.append(["a_x000D_b", 3.0, "4", 1 == 1, 1, 7, None])
        book.active.append([None] * 7)
        book.save(tmp_path / "rows.xlsx")
        assert read_rows(tmp_path / "rows.xlsx") == [
            {"quote": "a\rb", "start": 3, "end": 4, "needs_review": True, "confidence": 1.0, "title": "7", "note": None}
        ]


class TestParquet:
    def test_types(self, tmp_path: Path) -> None:
        (tmp_path / "rows.parquet").write_bytes(written(article_rows(), "parquet"))
        schema = pyarrow.parquet.read_schema(tmp_path / "rows.parquet")
        assert schema.names == [column.name for column in COLUMNS]
        assert [str(schema.field(name).type) for name in ("quote", "start", "confidence", "needs_review")] == [
            "string",
            "int64",
            "double",
            "bool",
        ]
        assert str(schema.field("alternatives").type).startswith("list<element: struct<speaker: string not null, score")
        assert not schema.field("start").nullable
        assert schema.field("speaker").nullable
        assert schema.field("quote").metadata[b"description"].startswith(b"the words inside the marks")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "rows.sqlite").write_bytes(written(article_rows(), "sqlite"))
    with closing(sqlite3.connect(tmp_path / "rows.sqlite")) as found:
        yield found


class TestSqlite:
    def test_full_text_search(self, base: sqlite3.Connection) -> None:
        query = "SELECT q.quote FROM quotations q JOIN quotations_fts f ON f.rowid = q.id WHERE quotations_fts MATCH ?"
        found = {quote for (quote,) in base.execute(query, ['"period paper"'])}
        assert found == {row["quote"] for row in article_rows() if "period paper" in row["quote"]}
        assert found

    def test_the_index_is_one_that_datasette_finds(self, base: sqlite3.Connection) -> None:
        # The query by which Datasette looks for it.
        like = '%VIRTUAL TABLE%USING FTS%content="quotations"%'
        sql = f"SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE '{like}'"
        assert base.execute(sql).fetchall() == [("quotations_fts",)]

    def test_the_index_follows_edits(self, base: sqlite3.Connection) -> None:
        base.execute("UPDATE quotations SET speaker = 'Zebedee Quark' WHERE id = 1")
        base.execute("DELETE FROM quotations WHERE id = 2")
        found = base.execute("SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH 'quark'").fetchall()
        assert found == [(1,)]
        base.execute("INSERT INTO quotations_fts(quotations_fts) VALUES ('integrity-check')")

    def test_keys_hold(self, base: sqlite3.Connection) -> None:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keys = {
            (table, row[2], row[3])
            for table in ("quotations", "speakers")
            for row in base.execute(f"PRAGMA foreign_key_list({table})")
        }
        assert keys == {
            ("quotations", "documents", "document"),
            ("quotations", "speakers", "speaker_id"),
            ("speakers", "documents", "document"),
        }

    def test_documents_and_speakers(self, base: sqlite3.Connection) -> None:
        names = [name for (name,) in base.execute("SELECT doc_id FROM documents ORDER BY id")]
        assert names == list(dict.fromkeys(row["doc_id"] for row in article_rows()))
        wrong = (
            "SELECT count(*) FROM quotations q JOIN speakers s ON s.id = q.speaker_id "
            "WHERE q.speaker IS NOT s.speaker OR q.document <> s.document"
        )
        assert base.execute(wrong).fetchone() == (0,)
        expected = [(row["speaker"], row["quotations"]) for row in speaker_rows(article_rows())]
        assert base.execute("SELECT speaker, quotations FROM speakers ORDER BY id").fetchall() == expected

    def test_lists_are_json(self, base: sqlite3.Connection) -> None:
        (kinds,) = base.execute("SELECT group_concat(DISTINCT json_type(steps)) FROM quotations").fetchone()
        assert kinds == "array"

    def test_tables_say_what_their_columns_mean(self, base: sqlite3.Connection) -> None:
        (sql,) = base.execute("SELECT sql FROM sqlite_master WHERE name = 'quotations'").fetchone()
        assert '"quote" TEXT NOT NULL, -- the words inside the marks' in sql

    def test_a_name_that_is_taken(self) -> None:
        column = COLUMNS[0].__class__("ID", "string", "", nullable=True)
        with pytest.raises(OutputError, match="rename"):
            written([a_row(ID="x")], "sqlite", columns=(*COLUMNS, column))

    def test_another_database(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "other.db")) as other:
            other.execute("CREATE TABLE a (b)")
        with pytest.raises(InputError, match="has no view 'rows'"):
            read_rows(tmp_path / "other.db")


class TestMarkdown:
    def test_what_is_markup_is_escaped(self) -> None:
        columns = tuple(c for c in FLAT if c.name in ("quote", "speaker", "start"))
        rows = [a_row(quote="a|b\nc\\d", speaker="*Ada* <b>", start=1)]
        assert written(rows, "md", columns=columns).decode() == (
            "| quote | start | speaker |\n| --- | ---: | --- |\n| a\\|b<br>c\\\\d | 1 | \\*Ada\\* \\<b> |\n"
        )

    def test_text_around_the_table_is_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text("# Rows\n\n| quote | start |\n|---|--:|\n| a |  3 |\n\nEnd.\n")
        assert read_rows(tmp_path / "a.md") == [{"quote": "a", "start": 3}]


class TestWebAnnotation:
    def test_an_annotation(self) -> None:
        row = a_row(quote="It is late,", start=3, end=14, prefix="“", suffix="”", speaker="Ada Brink", source="a b.txt")
        made = json.loads(written([row], "jsonld"))
        assert made["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        assert (made["type"], made["total"], made["first"]["type"]) == ("AnnotationCollection", 1, "AnnotationPage")
        (found,) = made["first"]["items"]
        assert (found["id"], found["type"], found["motivation"]) == ("urn:quotes:x", "Annotation", "identifying")
        assert found["body"][0] == {
            "type": "TextualBody",
            "purpose": "identifying",
            "format": "text/plain",
            "value": "Ada Brink",
        }
        assert found["target"] == {
            "source": "a%20b.txt",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "It is late,", "prefix": "“", "suffix": "”"},
                {"type": "TextPositionSelector", "start": 3, "end": 14},
            ],
        }
        assert found["quotes:confidence"] == 0.5
        assert "quotes:title" not in found

    def test_what_the_model_requires(self) -> None:
        items = json.loads(written(article_rows(), "jsonld"))["first"]["items"]
        ids = [item["id"] for item in items]
        assert len(set(ids)) == len(ids) == len(article_rows())
        assert all(item["body"] and item["target"]["source"] for item in items)

    def test_our_terms_are_declared(self) -> None:
        made = json.loads(written([a_row()], "jsonld"))
        _, ours = made["@context"]
        assert ours["quotes"].startswith("urn:")
        listed = {f"quotes:{column.name}" for column in COLUMNS if column.type == "list"}
        assert {
            name for name, term in ours.items() if isinstance(term, dict) and term.get("@type") == "@json"
        } == listed

    def test_one_span_under_two_names_is_two_annotations(self) -> None:
        rows = [a_row(source="a.txt"), a_row(source="b.txt")]
        items = json.loads(written(rows, "jsonld"))["first"]["items"]
        assert [item["id"] for item in items] == ["urn:quotes:x", "urn:quotes:x:2"]

    @pytest.mark.parametrize(
        ("fields", "source"),
        [
            ({"url": "https://a.org/ä?q=1#x", "source": "a.txt"}, "https://a.org/%C3%A4?q=1#x"),
            ({"source": "/tmp/a: b.txt"}, "/tmp/a%3A%20b.txt"),
            ({"text_sha256": "0a"}, "urn:quotes:document:0a"),
        ],
    )
    def test_the_source_is_an_address(self, fields: dict[str, str], source: str) -> None:
        (item,) = json.loads(written([a_row(**fields)], "jsonld"))["first"]["items"]
        assert item["target"]["source"] == source

    def test_annotations_of_others(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonld").write_text('{"type": "AnnotationCollection"}')
        with pytest.raises(InputError, match="no collection of annotations that quotes wrote"):
            read_rows(tmp_path / "a.jsonld")


def test_every_format_is_in_one_group() -> None:
    assert set(FLAT_FORMATS) == {"csv", "tsv", "xlsx", "md"}
    assert set(NESTED_FORMATS) == {"jsonl", "parquet", "sqlite", "jsonld"}
    assert len(LEDGER) == len(TABLES["ledger"])
