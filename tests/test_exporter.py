"""What is written can be read back, exactly; what a spreadsheet would run is guarded, reversibly."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.errors import InputError, OutputError, UsageError
from quotes.exporter import BATCH, FORMATS, format_of, guard, open_output, read_csv, read_jsonl, unguard
from quotes.formats.base import Format
from quotes.schema import FLAT
from tests.rows import FORMULA_STARTS, ROWS, TRICKY, a_row, flat, written


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exporter")


class TestGuard:
    @pytest.mark.parametrize("start", FORMULA_STARTS)
    def test_formulas_are_guarded(self, start: str) -> None:
        assert guard(f"{start}1+1") == f"'{start}1+1"
        assert guard(f"  {start}1+1") == f"'  {start}1+1"

    @pytest.mark.parametrize("cell", ["", "a", "a=1", "'", "'tis", "''", "“-", "3-2", " a"])
    def test_other_cells_stay(self, cell: str) -> None:
        assert guard(cell) == cell

    @given(st.text() | TRICKY)
    @example("'=1")
    @example("''=1")
    @example("'")
    def test_unguard_undoes_guard(self, cell: str) -> None:
        assert unguard(guard(cell)) == cell

    @given(st.text() | TRICKY)
    def test_no_guarded_cell_is_a_formula(self, cell: str) -> None:
        assert not guard(cell).startswith(tuple(FORMULA_STARTS))


class TestCsv:
    @given(rows=ROWS, guarded=st.booleans(), encoding=st.sampled_from(["utf-8", "utf-8-sig"]))
    def test_comes_back_exactly(self, scratch: Path, rows: list[dict[str, Any]], guarded: bool, encoding: str) -> None:
        path = scratch / "rows.csv"
        path.write_bytes(written(rows, guarded=guarded, encoding=encoding))
        assert read_csv(path, guarded=guarded) == [flat(row) for row in rows]

    @given(rows=ROWS)
    def test_pandas_and_csv_read_the_same_cells(self, rows: list[dict[str, Any]]) -> None:
        data = written(rows, guarded=False)
        by_pandas = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
        by_csv = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
        assert by_pandas.to_dict("records") == by_csv
        assert [row["quote"] for row in by_csv] == [row["quote"] for row in rows]

    def test_no_rows_still_have_a_header(self) -> None:
        assert written([]).decode() == ",".join(column.name for column in FLAT) + "\n"

    def test_one_header_over_all_batches(self, tmp_path: Path) -> None:
        rows = [a_row(start=i) for i in range(2 * BATCH + 1)]
        path = tmp_path / "rows.csv"
        path.write_bytes(written(rows))
        assert [row["start"] for row in read_csv(path)] == list(range(2 * BATCH + 1))

    @pytest.mark.parametrize("cell", ["a\rb", "\r", "a\r\nb", 'a\r"b'])
    def test_carriage_returns_stay_in_their_cell(self, tmp_path: Path, cell: str) -> None:
        path = tmp_path / "rows.csv"
        path.write_bytes(written([a_row(quote=cell), a_row()], guarded=False))
        assert [row["quote"] for row in read_csv(path, guarded=False)] == [cell, "x"]
        assert path.read_bytes().startswith(b"quote_id,doc_id,")

    def test_lines_end_in_a_newline_alone(self) -> None:
        assert b"\r" not in written([a_row()])

    def test_signature_on_request(self) -> None:
        assert written([a_row()], encoding="utf-8-sig") == b"\xef\xbb\xbf" + written([a_row()])

    def test_formulas_are_guarded_unless_told(self) -> None:
        row = a_row(quote="=HYPERLINK(1)")
        assert b"'=HYPERLINK" in written([row])
        assert b"'=HYPERLINK" not in written([row], guarded=False)

    def test_lone_surrogates_become_escapes(self) -> None:
        assert rb"a\ud800b" in written([a_row(quote="a\ud800b")])

    def test_a_quotation_longer_than_the_csv_module_likes(self, tmp_path: Path) -> None:
        limit = csv.field_size_limit()
        path = tmp_path / "rows.csv"
        path.write_bytes(written([a_row(quote="x" * 200_000)]))
        assert len(read_csv(path)[0]["quote"]) == 200_000
        assert csv.field_size_limit() == limit

    def test_columns_of_others_are_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.csv"
        header, line = written([a_row()]).decode().splitlines()
        path.write_text(f"{header},note\n{line},=ours\n", encoding="utf-8")
        assert read_csv(path) == [{**flat(a_row()), "note": "=ours"}]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "no column 'quote_id'"),
            (b"a,b\n1,2\n", "no column 'quote_id'"),
            (written([a_row()]).replace(b",3,", b",three,"), "line 2"),
            (written([a_row()]).replace(b"True", b"perhaps"), "line 2"),
            (written([]) + b"x,y\n", "line 2"),
            (b"\xff\xfe", "cannot be read"),
        ],
        ids=["empty", "other-table", "no-number", "no-flag", "short-row", "no-text"],
    )
    def test_what_is_no_such_table_is_said(self, tmp_path: Path, content: bytes, message: str) -> None:
        path = tmp_path / "rows.csv"
        path.write_bytes(content)
        with pytest.raises(InputError, match=message):
            read_csv(path)

    def test_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="No such file"):
            read_csv(tmp_path / "none.csv")


class TestJsonl:
    @given(rows=ROWS)
    def test_comes_back_exactly(self, scratch: Path, rows: list[dict[str, Any]]) -> None:
        path = scratch / "rows.jsonl"
        path.write_bytes(written(rows, "jsonl"))
        assert read_jsonl(path) == rows

    def test_one_readable_object_a_line(self) -> None:
        data = written([a_row(quote="naïve\n\u2028"), a_row()], "jsonl")
        assert len(data.splitlines()) == data.count(b"\n") == 2
        assert "naïve".encode() in data

    def test_lone_surrogates_are_escaped(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.jsonl"
        path.write_bytes(written([a_row(quote="a\ud800b")], "jsonl"))
        assert read_jsonl(path)[0]["quote"] == "a\ud800b"


class TestOpenOutput:
    @pytest.mark.parametrize(
        ("name", "format"), [("a.csv", "csv"), ("a.CSV", "csv"), ("a.b.jsonl", "jsonl"), ("a.ndjson", "jsonl")]
    )
    def test_format_by_extension(self, name: str, format: str) -> None:
        assert format_of(name) == format

    @pytest.mark.parametrize("name", ["a", "a.txt", ".csv", "csv"])
    def test_unknown_extensions_list_the_known(self, name: str) -> None:
        with pytest.raises(UsageError, match=r"\.csv, \.tsv, \.jsonl, "):
            format_of(name)

    def test_format_by_name_goes_first(self, tmp_path: Path) -> None:
        with open_output(tmp_path / "rows.csv", "jsonl") as output:
            output.write([a_row()])
        assert json.loads((tmp_path / "rows.csv").read_text("utf-8")) == a_row()

    def test_standard_output(self, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        for path in (None, "-", "/dev/stdout"):
            with open_output(path, "jsonl") as output:
                output.write([a_row()])
            assert json.loads(capfdbinary.readouterr().out) == a_row()

    @pytest.mark.parametrize(("format", "encoding"), [("xml", "utf-8"), ("csv", "latin-1")])
    def test_unknown_choices(self, tmp_path: Path, format: str, encoding: str) -> None:
        with pytest.raises(UsageError, match="unknown"), open_output(tmp_path / "rows.csv", format, encoding=encoding):
            pass
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt, SystemExit])
    def test_whole_or_not_at_all(self, tmp_path: Path, stop: type[BaseException]) -> None:
        path = tmp_path / "rows.csv"
        path.write_text("before")
        with pytest.raises(stop), open_output(path) as output:  # noqa: PT012  it is the block that stops
            output.write([a_row()] * (BATCH + 1))
            raise stop
        assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("rows.csv", "before")]

    def test_errors_of_the_block_are_not_blamed_on_the_output(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError), open_output(tmp_path / "rows.csv"):
            raise FileNotFoundError("a model, say")

    def test_a_format_is_two_functions_and_an_entry(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        count = Format("count", (".n",), lambda rows, *_: b"%d" % len(rows), lambda *_: [])
        monkeypatch.setitem(FORMATS, "count", count)
        with open_output(tmp_path / "n", "count") as output:
            output.write([a_row()])
            output.write([a_row()])
        assert (tmp_path / "n").read_text() == "2"

    @pytest.mark.parametrize("format", [name for name in FORMATS if name not in ("csv", "tsv")])
    def test_no_signature_but_in_csv_and_tsv(self, tmp_path: Path, format: str) -> None:
        with (
            pytest.raises(UsageError, match="--output-encoding is for csv and tsv"),
            open_output(tmp_path / "rows", format, encoding="utf-8-sig"),
        ):
            pass

    def test_unwritable(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="No such file"), open_output(tmp_path / "no" / "rows.csv"):
            pass
