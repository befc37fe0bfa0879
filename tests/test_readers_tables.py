"""Tables of articles: each row an article, nothing shifted, what is broken told by its row."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import archives, jsonrows, rows, workbooks
from quotes.readers.base import Article, Options
from quotes.readers.columns import Columns, choose
from quotes.readers.rows import BROKEN_MAX
from quotes.readers.tables import read


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

    def test_a_first_line_for_excel_names_the_delimiter(self) -> None:
        articles, heard = take(b'sep=;\r\nid;text\r\n1;"a, b, c"\r\n2;d;e\r\n', text_column="text")
        assert [(a.key, a.text) for a in articles] == [("1", "a, b, c")]
        assert heard == ["error: t: row 2 (up to line 4) has 3 cells where the header has 2; it is not read"]

    def test_the_delimiter_is_the_one_that_parts_all_rows_alike(self) -> None:
        data = "text;place, as printed, in full\n" + '"one, ""two"";\nthree";Rome\n' * 3
        assert texts(data.encode(), text_column="text") == ['one, "two";\nthree'] * 3

    def test_where_no_delimiter_parts_rows_alike_the_header_tells(self) -> None:
        articles, heard = take(b"id;text\n1;a;b\n2;c\n", text_column="text")
        assert ([a.text for a in articles], len(heard)) == (["c"], 1)

    def test_a_long_article_does_not_hide_the_delimiter(self) -> None:
        data = 'id;text\n1;"' + "a, b\n" * 500 + '"\n'
        assert len(texts(data.encode())) == 1

    @pytest.mark.parametrize("encoding", [None, "utf-8"])
    def test_a_byte_order_mark_is_no_part_of_the_header(self, encoding: str | None) -> None:
        assert texts(b"\xef\xbb\xbftext,id\na,1\n", encoding=encoding, text_column="text") == ["a"]

    @pytest.mark.parametrize(("header", "name"), [("text,text,id", "text"), ("id,text,id", "id")])
    def test_two_columns_of_one_name_that_is_needed(self, header: str, name: str) -> None:
        with pytest.raises(InputError, match=f"^has two columns named '{name}'; rename one$"):
            take(f"{header}\na,b,c\n".encode())

    def test_two_columns_of_one_name_that_is_not_needed(self) -> None:
        assert texts(b"note,text,note\na,b,c\n") == ["b"]

    def test_an_encoding_that_changes_midway_is_told(self) -> None:
        data = b"id,text\n" + b"1,a\n" * (rows.HEAD // 4 + 9000) + b"2,\x93b\x94\n"
        with pytest.raises(InputError, match=r"is not utf-8 throughout \(after row \d{6}\)"):
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

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b'[\n  {"text": "a"},\n  {"text": "b"}\n]\n', "is one JSON array rather than one object a line; "),
            (b'\n[{"text": "a"}]', "is one JSON array rather than one object a line; "),
            (b'{\n  "text": "a"\n}\n', "is one JSON object over several lines rather than one a line; "),
        ],
    )
    def test_json_that_is_not_by_line_is_one_line(self, data: bytes, words: str) -> None:
        with pytest.raises(InputError, match=f"^{words}name it .json or give --from json$"):
            take(data, "jsonl")

    @pytest.mark.parametrize("cell", ['{"text": "a"}', '[["a"]]', '[{"picture": "a"}]', "true", "null", "[]"])
    def test_what_is_no_text_is_told_and_never_shown_as_python_has_it(self, cell: str) -> None:
        articles, heard = take(f'{{"text": {cell}}}\n{{"text": "b"}}\n'.encode(), "jsonl", text_column="text")
        assert [a.text for a in articles] == ["b"]
        assert heard == ["error: t: 1 rows hold no text, the first of them is row 1"]

    @pytest.mark.parametrize(
        ("authors", "expected"), [('[{"name": "Ann"}, {"name": "Bo"}]', "Ann, Bo"), ('{"id": [1]}', None)]
    )
    def test_objects_for_people(self, authors: str, expected: str | None) -> None:
        (article,), _ = take(f'{{"text": "a", "authors": {authors}}}'.encode(), "jsonl")
        assert article.byline == expected


class TestJson:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ('[{"id": 7, "text": "“a”"}, {"text": "b"}]', [("7", "“a”"), ("2", "b")]),
            ('{"status": "ok", "articles": [{"body": "a"}, {"body": "b"}]}', [("1", "a"), ("2", "b")]),
            ('{"pages": 3, "content": [{"title": "x", "text": "a"}]}', [("1", "a")]),
            ('{"id": "x", "text": "a", "authors": [{"name": "Ann"}]}', [("x", "a")]),
            ('{"title": "x", "content": [{"text": "a"}, {"text": "b"}]}', [("1", "a\n\nb")]),
            ('{"title": "x", "content": ["a", "b"]}', [("1", "a\n\nb")]),
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_forms(self, data: str, expected: list[tuple[str, str]], encoding: str) -> None:
        articles, _ = take(data.encode(encoding), "json")
        assert [(a.key, a.text) for a in articles] == expected

    def test_the_column_that_is_asked_for_tells_the_article(self) -> None:
        assert texts(b'{"lead": "a", "links": [{"text": "b"}]}', "json", text_column="lead") == ["a"]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ("", "holds no rows"),
            ("[]", "holds no rows"),
            ("{}", "holds no rows"),
            ("7", "holds no JSON object"),
            ('[{"text": "a"},', "is not JSON "),
            ("[" * 99_999, "is not JSON that can be read"),
            ('{"text": "a"}\n{"text": "b"}', "is JSON Lines rather than JSON; name it .jsonl or give --from jsonl"),
            ('{"a": [{"x": 1}], "b": [{"x": 1}]}', r"holds several lists of objects \(a, b\)"),
        ],
    )
    def test_what_is_none(self, data: str, words: str) -> None:
        with pytest.raises(InputError, match=f"^{words}"):
            take(data.encode(), "json")

    def test_what_is_no_object_is_told(self) -> None:
        articles, heard = take(b'[{"text": "a"}, 7]', "json", text_column="text")
        assert [a.text for a in articles] == ["a"]
        assert heard == ["error: t: row 2 is no JSON object; it is not read"]

    def test_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(jsonrows, "JSON_MAX", 20)
        assert texts(b'[{"text": "123456"}]', "json") == ["123456"]
        with pytest.raises(InputError, match="MB of JSON; save it as JSON Lines"):
            take(b'[{"text": "1234567"}]', "json")


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

    def test_lists_are_paragraphs(self) -> None:
        data = self.written(pd.DataFrame({"text": [["a", "b"]], "when": [pd.Timestamp("2026-01-02")], "raw": [b"x"]}))
        (article,), _ = take(data, "parquet")
        assert article.text == "a\n\nb"
        assert take(data, "parquet", text_column="raw")[0] == []

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
        assert heard == ["result: t: takes sheet 'b' of 2; not read: 'a'"]

    def test_the_first_sheet_whose_columns_can_be_chosen(self) -> None:
        notes, news = pd.DataFrame({"n": [1], "m": [2]}), pd.DataFrame({"body": ["a"]})
        articles, heard = take(self.written(notes=notes, news=news, more=news, empty=pd.DataFrame()), "xlsx")
        assert [a.text for a in articles] == ["a"]
        assert heard[0] == "result: t: takes sheet 'news' of 3; not read: 'notes', 'more'"

    def test_no_sheet_has_such_columns(self) -> None:
        data = self.written(a=pd.DataFrame({"n": [1], "m": [2]}), b=pd.DataFrame({"o": [1], "p": [2]}))
        with pytest.raises(InputError, match=r"with --text-column: 'a' has n, m; 'b' has o, p$"):
            take(data, "xlsx")

    def test_a_workbook_of_quotations_is_one_whatever_its_other_sheets_hold(self) -> None:
        rows = pd.DataFrame({"quote_id": ["1"], "text_sha256": ["2"]})
        with pytest.raises(InputError, match="is a table of quotations"):
            take(self.written(quotations=rows, speakers=pd.DataFrame({"text": ["a"]})), "xlsx")

    def test_two_columns_of_one_name(self) -> None:
        data = self.written(a=pd.DataFrame([["a", "b"]], columns=["text", "text"]))
        with pytest.raises(InputError, match=r"^has two columns named 'text'; rename one$"):
            take(data, "xlsx")

    def test_blank_lines_are_no_rows_and_no_header(self) -> None:
        import openpyxl

        book, stream = openpyxl.Workbook(), io.BytesIO()
        for line in ([], [], ["id", "text", None], [7, "a", None], [], [8.0, "b", None]):
            book.active.append(line)
        book.save(stream)
        articles, heard = take(stream.getvalue(), "xlsx", text_column="text")
        assert ([(a.key, a.text) for a in articles], heard) == ([("7", "a"), ("8", "b")], [])

    @pytest.mark.parametrize("data", [b"PK\x03\x04", b"", b"x" * 99])
    def test_damaged(self, data: bytes) -> None:
        pytest.importorskip("openpyxl")
        with pytest.raises(InputError, match="cannot be read as an Excel workbook"):
            take(data, "xlsx")

    def test_a_bomb_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbooks, "UNPACKED_MAX", 100)
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
        (["text", "body"], {"text": "x", "body": LONG}, Columns("body", None, {}, guessed=True)),
        (["text", "body"], {"text": "x" * 100, "body": LONG}, Columns("text", None, {}, guessed=True)),
        (["text", "body"], {"text": LONG, "body": LONG * 9}, Columns("text", None, {}, guessed=True)),
        (["text", "other"], {"text": "x", "other": LONG}, Columns("text", None, {}, guessed=True)),
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
