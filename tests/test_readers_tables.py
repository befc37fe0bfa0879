"""Tables of articles: each row an article, nothing shifted, what is broken told by its row."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import archives, tables
from quotes.readers.base import Article, Options
from quotes.readers.columns import Columns, choose
from quotes.readers.tables import BROKEN_MAX, read


class Heard(list[str]):
    """A listener that remembers what it was told."""

    def error(self, words: object) -> None:
        self.append(f"error: {words}")

    def unexpected(self, error: Exception, where: str = "") -> None:
        raise error

    def result(self, words: str) -> None:
        self.append(f"result: {words}")

    def note(self, words: str) -> None:
        raise AssertionError(words)


def take(data: bytes, kind: str = "csv", **options: Any) -> tuple[list[Article], Heard]:
    heard = Heard()
    return list(read(io.BytesIO(data), kind, "t", Options(**options), heard)), heard


def texts(data: bytes, kind: str = "csv", **options: Any) -> list[str]:
    return [article.text for article in take(data, kind, **options)[0]]


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_delimiters(self, delimiter: str) -> None:
        data = 'id,text\n1,"one, “two”\n\nthree"\n'.replace("id,text\n1,", f"id{delimiter}text\n1{delimiter}")
        assert texts(data.encode()) == ["one, “two”\n\nthree"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
    def test_encodings(self, encoding: str) -> None:
        assert texts("id,text\n1,“One” – so\n".encode(encoding)) == ["“One” – so"]

    def test_line_ends_inside_cells_stay(self) -> None:
        assert texts(b'text,id\r\n"a\r\nb\nc\rd",1\r\n') == ["a\r\nb\nc\rd"]

    def test_cells_that_look_like_nothing_or_numbers_are_text(self) -> None:
        articles, _ = take(b"id,text\nNA,NA\n007,null\n")
        assert [(a.key, a.text) for a in articles] == [("NA", "NA"), ("007", "null")]

    def test_ragged_rows_are_told_and_the_others_read(self) -> None:
        articles, heard = take(b"id,text\n1,a\n2,b,c\n3\n4,d\n", text_column="text")
        assert [(a.key, a.text) for a in articles] == [("1", "a"), ("4", "d")]
        assert heard == [
            "error: t: row 2 (up to line 3) has 3 cells where the header has 2; it is not read",
            "error: t: row 3 (up to line 4) has 1 cell where the header has 2; it is not read",
        ]

    def test_a_cell_that_never_ends_is_told(self) -> None:
        articles, heard = take(b'id,text\n1,a\n2,"b\n3,c\n', text_column="text")
        assert [a.text for a in articles] == ["a"]
        assert heard == ["error: t: row 2 (up to line 4) is broken: unexpected end of data; it is not read"]

    def test_too_much_that_is_broken_ends_it(self) -> None:
        with pytest.raises(InputError, match=f"{BROKEN_MAX} rows are broken"):
            take(b"id,text\n1,a\n" + b"x\n" * BROKEN_MAX)

    def test_rows_without_text_are_counted(self) -> None:
        articles, heard = take(b"id,text\n1,\n2,a\n3, \n", text_column="text")
        assert [a.key for a in articles] == ["2"]
        assert heard == ["error: t: 2 rows hold no text, the first of them is row 1"]

    @pytest.mark.parametrize("data", [b"id,text\n", b"\n\n", b"id,text"])
    def test_no_rows(self, data: bytes) -> None:
        with pytest.raises(InputError, match="holds no rows"):
            take(data)

    def test_an_encoding_that_changes_midway_is_told(self) -> None:
        data = b"id,text\n" + b"1,a\n" * (tables.HEAD // 4 + 9000) + b"2,\x93b\x94\n"
        with pytest.raises(InputError, match="is not utf-8 throughout"):
            take(data)

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")), min_size=1))
    def test_any_text_comes_back(self, cells: list[str]) -> None:
        cells = [f"x{cell}" for cell in cells]
        frame = pd.DataFrame({"id": range(len(cells)), "text": cells})
        assert texts(frame.to_csv(index=False, lineterminator="\n").encode()) == cells


class TestJsonLines:
    def test_rows(self) -> None:
        articles, _ = take(
            '{"id": 7, "text": "“a”\\n\\nb", "authors": ["Ann", "Bo"]}\n\n{"text": "c"}\n'.encode(), "jsonl"
        )
        assert [(a.key, a.text, a.byline) for a in articles] == [("7", "“a”\n\nb", "Ann, Bo"), ("2", "c", None)]

    def test_broken_rows_are_told(self) -> None:
        articles, heard = take(b'{"text": "a"}\n{"text": \n[1]\n', "jsonl", text_column="text")
        assert [a.text for a in articles] == ["a"]
        assert len(heard) == 2
        assert heard[0].startswith("error: t: row 2 is not JSON: ")
        assert heard[1] == "error: t: row 3 is no JSON object; it is not read"


class TestParquet:
    def written(self, frame: pd.DataFrame) -> bytes:
        pytest.importorskip("pyarrow")
        stream = io.BytesIO()
        frame.to_parquet(stream)
        return stream.getvalue()

    def test_rows(self) -> None:
        data = self.written(pd.DataFrame({"id": [1.0, None], "text": ["“a” 🙂", "b"]}))
        articles, _ = take(data, "parquet")
        assert [(a.key, a.text) for a in articles] == [("1", "“a” 🙂"), ("2", "b")]

    @pytest.mark.parametrize("cut", [4, 100, -8, -1])
    def test_damaged(self, cut: int) -> None:
        with pytest.raises(InputError, match="cannot be read as Parquet"):
            take(self.written(pd.DataFrame({"text": ["a"] * 99}))[:cut], "parquet")


class TestExcel:
    def written(self, **sheets: pd.DataFrame) -> bytes:
        pytest.importorskip("openpyxl")
        stream = io.BytesIO()
        with pd.ExcelWriter(stream, engine="openpyxl") as writer:
            for name, frame in sheets.items():
                frame.to_excel(writer, sheet_name=name, index=False)
        return stream.getvalue()

    def test_rows(self) -> None:
        data = self.written(a=pd.DataFrame({"id": ["007", "x"], "text": ["“a”\n\nb 🙂", "NA"]}))
        articles, heard = take(data, "xlsx", text_column="text")
        assert [(a.key, a.text) for a in articles] == [("007", "“a”\n\nb 🙂"), ("x", "NA")]
        assert heard == []

    def test_the_sheet_that_has_the_column(self) -> None:
        data = self.written(a=pd.DataFrame({"n": [1]}), b=pd.DataFrame({"story": ["a"]}))
        articles, heard = take(data, "xlsx", text_column="story")
        assert [a.text for a in articles] == ["a"]
        assert heard == ["result: t: takes sheet 'b' of 2"]

    @pytest.mark.parametrize("data", [b"PK\x03\x04", b"", b"x" * 99])
    def test_damaged(self, data: bytes) -> None:
        pytest.importorskip("openpyxl")
        with pytest.raises(InputError, match="cannot be read as an Excel workbook"):
            take(data, "xlsx")

    def test_a_bomb_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "UNPACKED_MAX", 100)
        with pytest.raises(InputError, match=f"more than {archives.UNPACKED_MAX // 1_000_000} MB"):
            take(self.written(a=pd.DataFrame({"text": ["a"]})), "xlsx")


LONG = "word " * 60


@pytest.mark.parametrize(
    ("names", "row", "expected"),
    [
        (["id", "text"], {}, Columns("text", "id", {}, guessed=True)),
        (["Text", "ID"], {}, Columns("Text", "ID", {}, guessed=True)),
        (
            ["title", "article_text", "url"],
            {},
            Columns("article_text", "url", {"headline": "title", "url": "url"}, True),
        ),
        (["body", "text"], {}, Columns("text", None, {}, guessed=True)),
        (["foo", "bar"], {"foo": LONG, "bar": "x"}, Columns("foo", None, {}, guessed=True)),
        (["only"], {}, Columns("only", None, {}, guessed=True)),
    ],
)
def test_obvious_columns(names: list[str], row: dict[str, str], expected: Columns) -> None:
    assert choose(names, [row] if row else []) == expected


@pytest.mark.parametrize(
    ("names", "row", "options", "message"),
    [
        (["foo", "bar"], {"foo": LONG, "bar": LONG}, {}, "name it with --text-column: foo, bar"),
        (["foo", "bar"], {"foo": "a", "bar": "b"}, {}, "no column is obviously the text"),
        (["foo"], {}, {"text": "bar"}, "has no column 'bar' for --text-column; it has foo"),
        (["text"], {}, {"key": "bar"}, "has no column 'bar' for --id-column"),
        (["quote_id", "text_sha256", "text"], {}, {}, "table of quotations"),
        ([f"c{i}" for i in range(20)], {}, {}, r"c11, … \(20 in all\)"),
    ],
)
def test_columns_that_are_not_obvious(
    names: list[str], row: dict[str, str], options: dict[str, str], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        choose(names, [row], **options)
