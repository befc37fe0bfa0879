"""Whatever is named becomes documents; what cannot be read is one line, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from quotes import documents as module
from quotes.documents import count, documents, read, show
from quotes.errors import InputError
from quotes.readers.base import Article, Options
from quotes.records import Document

TEXT = "One “word”\r\nand\ranother\n\u2028\x0b\x0c\x85 end"


class Heard:
    """A listener that remembers what it was told."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.results: list[str] = []
        self.notes: list[str] = []

    def error(self, words: object) -> None:
        self.errors.append(str(words))

    def unexpected(self, error: Exception, where: str = "") -> None:
        self.errors.append(f"{where}: unexpected {type(error).__name__}")

    def result(self, words: str) -> None:
        self.results.append(words)

    def note(self, words: str) -> None:
        self.notes.append(words)


def put(folder: Path, data: bytes, name: str = "news.txt") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def take(*names: object, **options: object) -> tuple[list[Document], Heard]:
    heard = Heard()
    return list(documents(map(str, names), heard, Options(**options))), heard  # type: ignore[arg-type]


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


class TestOneFile:
    def test_text_is_the_files_own(self, tmp_path: Path) -> None:
        document = read(put(tmp_path, TEXT.encode()))
        assert (document.text, document.encoding) == (TEXT, "utf-8")

    def test_names(self, tmp_path: Path) -> None:
        path = put(tmp_path, b"x", "a.b.txt")
        assert (read(path).doc_id, read(path).source) == ("a.b", path)
        assert read(Path(path)).source == path

    @pytest.mark.parametrize("name", ["plain", ".hidden"])
    def test_names_without_an_extension(self, tmp_path: Path, name: str) -> None:
        assert read(put(tmp_path, b"x", name)).doc_id == name

    def test_relative_path_stays_as_given(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        put(tmp_path, b"x")
        assert read("./news.txt").source == "./news.txt"

    def test_marks_alone_are_a_document(self, tmp_path: Path) -> None:
        assert read(put(tmp_path, '""“”'.encode())).text == '""“”'

    @pytest.mark.parametrize("data", [b"", b" \n\t\n ", "\ufeff".encode(), "\u3000\n".encode()])
    def test_nothing_is_no_document(self, tmp_path: Path, data: bytes) -> None:
        with pytest.raises(InputError, match=r"news\.txt: is empty"):
            read(put(tmp_path, data))

    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no such file"):
            read(tmp_path / "none.txt")

    def test_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        path = put(tmp_path, b"x")
        monkeypatch.setattr(Path, "open", refuse)  # so that it holds for root as well
        with pytest.raises(InputError, match="permission denied"):
            read(path)

    @pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000, "a\nb.txt"])
    def test_impossible_names_are_one_line(self, name: str) -> None:
        with pytest.raises(InputError) as caught:
            read(name)
        assert str(caught.value).isprintable()

    def test_several_articles_are_not_one(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="holds 2 articles rather than one"):
            read(put(tmp_path, b"id,text\n1,a\n2,b\n", "news.csv"))

    def test_memory_that_does_not_suffice_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise MemoryError

        monkeypatch.setattr(module, "_article", refuse)
        found, heard = take(put(tmp_path, b"x"))
        assert (found, len(heard.errors)) == ([], 1)
        assert "too large" in heard.errors[0]

    def test_what_a_library_trips_over_is_told_and_the_rest_goes_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def trip(kind: object, data: bytes, options: object) -> Article:
            if data == b"bad":
                raise RuntimeError("boom")
            return Article(data.decode())

        monkeypatch.setattr(module, "_article", trip)
        bad = put(tmp_path, b"bad", "bad.txt")
        found, heard = take(bad, put(tmp_path, b"good"))
        assert ([d.text for d in found], heard.errors) == (["good"], [f"{bad}: unexpected RuntimeError"])

    @pytest.mark.parametrize(
        ("name", "shown"), [("a b.txt", "a b.txt"), ("a\nb", r"'a\nb'"), ("\x1b[31m", r"'\x1b[31m'")]
    )
    def test_names_are_shown_on_one_line(self, name: str, shown: str) -> None:
        assert show(name) == shown


class TestEncodings:
    def test_the_choice_is_in_the_document(self, tmp_path: Path) -> None:
        document = read(put(tmp_path, b"He said \x93no\x94."))
        assert (document.text, document.encoding) == ("He said “no”.", "windows-1252")

    def test_the_callers_word_overrides(self, tmp_path: Path) -> None:
        document = read(put(tmp_path, "é".encode()), Options(encoding="latin-1"))
        assert (document.text, document.encoding) == ("Ã©", "latin-1")

    def test_damage_is_told(self, tmp_path: Path) -> None:
        (document,), heard = take(put(tmp_path, "“Yes,” he said. “No.”".encode()[:-1]))
        assert heard.results == [f"{document.source}: {document.warnings[0]}"]

    def test_mojibake_is_repaired_only_on_request(self, tmp_path: Path) -> None:
        broken = "“Yes,” said Zoë. It’s &amp; ﬁne".encode().decode("cp1252", "ignore")
        path = put(tmp_path, broken.encode())
        assert read(path).text == broken
        pytest.importorskip("ftfy")
        assert read(
            put(tmp_path, "He said â€œnoâ€\x9d – ﬁne &amp; “well”.".encode()), Options(fix_mojibake=True)
        ).text == ("He said “no” – ﬁne &amp; “well”.")


class TestStandardInput:
    def read(self, monkeypatch: pytest.MonkeyPatch, data: bytes, **options: object) -> tuple[list[Document], Heard]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return take("-", **options)

    def test_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        (document,), _ = self.read(monkeypatch, TEXT.encode())
        assert (document.text, document.doc_id, document.source) == (TEXT, "stdin", None)

    def test_what_is_no_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found, heard = self.read(monkeypatch, b"\0\xff")
        assert (found, len(heard.errors)) == ([], 1)
        assert heard.errors[0].startswith("standard input: is ")

    def test_its_content_tells_its_kind(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found, _ = self.read(monkeypatch, zipped({"a.txt": b"one", "b.txt": b"two"}))
        assert [d.text for d in found] == ["one", "two"]

    def test_a_kind_that_nothing_tells_can_be_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found, _ = self.read(monkeypatch, b"id,text\n7,one\n", kind="csv")
        assert [(d.doc_id, d.text, d.source) for d in found] == [("stdin-7", "one", None)]


class TestDirectories:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in ("b.txt", "a.txt", "sub/c.txt", "sub/d.md", ".hidden.txt", ".git/x.txt", "picture.png"):
            put(tmp_path, name.encode(), f"news/{name}")
        put(tmp_path, b"frame", "news/page_files/frame.txt")
        put(tmp_path, b"kept", "news/other_files/kept.txt")
        put(tmp_path, b"", "news/page.htm")
        return tmp_path / "news"

    def names(self, found: list[Document], folder: Path) -> list[str]:
        return [Path(d.source or "").relative_to(folder).as_posix() for d in found]

    def test_every_kind_in_order_of_paths(self, folder: Path) -> None:
        found, heard = take(folder)
        assert self.names(found, folder) == ["a.txt", "b.txt", "other_files/kept.txt", "sub/c.txt", "sub/d.md"]
        assert heard.errors == [f"{folder / 'page.htm'}: is empty; there is nothing to read in it"]
        assert heard.notes == [f"{folder / 'picture.png'}: is passed over"]

    def test_what_belongs_to_a_saved_page_is_no_article(self, folder: Path) -> None:
        _, heard = take(folder, glob="frame.*")
        assert heard.errors == [f"{folder}: no file in this directory fits 'frame.*'"]

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [("a.*", ["a.txt"]), ("sub/*", ["sub/c.txt", "sub/d.md"]), ("*.md", ["sub/d.md"])],
    )
    def test_patterns(self, folder: Path, pattern: str, expected: list[str]) -> None:
        found, _ = take(folder, glob=pattern)
        assert self.names(found, folder) == expected

    def test_nothing_in_it(self, tmp_path: Path) -> None:
        found, heard = take(tmp_path)
        assert (found, heard.errors) == ([], [f"{tmp_path}: no file in this directory is of a kind that can be read"])

    def test_outputs_of_this_run_are_no_inputs(self, tmp_path: Path) -> None:
        put(tmp_path, b"x", "a.txt")
        rows = put(tmp_path, b"quote_id,text_sha256\n1,2\n", "rows.csv")
        heard = Heard()
        found = list(documents([str(tmp_path)], heard, passed_over=[rows, None]))
        assert ([d.doc_id for d in found], heard.errors) == (["a"], [])

    def test_tables_of_quotations_are_passed_over(self, tmp_path: Path) -> None:
        put(tmp_path, b"x", "a.txt")
        put(tmp_path, b"{}", "datapackage.json")
        rows = put(tmp_path, b"quote_id,text_sha256,quote\n1,2,3\n", "rows.csv")
        for options in ({}, {"text_column": "body"}):
            found, heard = take(tmp_path, **options)
            assert ([d.doc_id for d in found], heard.errors) == (["a"], [])
            assert f"{rows}: is a table of quotations, and passed over" in heard.notes
        found, heard = take(rows)
        assert (found, heard.errors) == (
            [],
            [f"{rows}: is a table of quotations, not of articles; quotes convert reads it"],
        )

    def test_quoted_patterns(self, folder: Path) -> None:
        found, _ = take(folder / "**" / "*.txt")
        assert self.names(found, folder) == ["a.txt", "b.txt", "other_files/kept.txt", "sub/c.txt"]
        _, heard = take(folder / "*.rst")
        assert heard.errors == [f"{folder / '*.rst'}: no file fits this pattern; check the path"]

    def test_a_name_that_looks_like_a_pattern(self, tmp_path: Path) -> None:
        (document,), _ = take(put(tmp_path, b"x", "news [1].txt"))
        assert document.doc_id == "news [1]"

    def test_the_same_name_twice_is_a_note(self, tmp_path: Path) -> None:
        first, second = put(tmp_path, b"x", "a/n.txt"), put(tmp_path, b"y", "b/n.txt")
        found, heard = take(first, second)
        assert len(found) == 2
        assert heard.notes == [f"{second}: has the doc_id of {first}; the rows differ in source"]

    @pytest.mark.parametrize(
        ("names", "expected"),
        [(["a.txt", "b.html"], 2), (["a.csv"], 0), (["a.zip", "b.txt"], 0), (["*.txt"], 0), (["."], 0)],
    )
    def test_how_many_files_there_are(self, names: list[str], expected: int) -> None:
        assert count(names) == expected


class TestArchives:
    def test_zip(self, tmp_path: Path) -> None:
        members = {
            "sub/a.txt": b"one",
            "b.md": b"two",
            "c.png": b"x",
            "__MACOSX/a.txt": b"x",
            ".DS_Store": b"x",
            "d/": b"",
        }
        path = put(tmp_path, zipped(members), "news.zip")
        found, heard = take(path)
        assert [(d.text, d.doc_id, d.source) for d in found] == [
            ("one", "a", f"{path}/sub/a.txt"),
            ("two", "b", f"{path}/b.md"),
        ]
        assert (heard.errors, heard.notes) == ([], [f"{path}/c.png: is passed over"])

    def test_gz(self, tmp_path: Path) -> None:
        path = put(tmp_path, gzip.compress(b"id,text\n1,one\n"), "news.csv.gz")
        (document,), _ = take(path)
        assert (document.text, document.doc_id, document.source) == ("one", "news-1", f"{path}#1")

    @pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt"])
    def test_paths_that_lead_outside(self, tmp_path: Path, name: str) -> None:
        path = put(tmp_path, zipped({name: b"bad", "good.txt": b"good"}), "news.zip")
        found, heard = take(path)
        assert [d.text for d in found] == ["good"]
        assert len(heard.errors) == 1
        assert "leads outside it" in heard.errors[0]

    @pytest.mark.parametrize(
        ("name", "data"), [("in.zip", zipped({"a.txt": b"x"})), ("in.txt.gz", gzip.compress(b"x"))]
    )
    def test_archives_in_archives(self, tmp_path: Path, name: str, data: bytes) -> None:
        path = put(tmp_path, zipped({name: data, "good.txt": b"good"}), "news.zip")
        found, heard = take(path)
        assert [d.text for d in found] == ["good"]
        assert heard.errors == [f"{path}/{name}: is an archive inside an archive; unpack it first"]

    def test_one_bad_member_is_one_line(self, tmp_path: Path) -> None:
        path = put(tmp_path, zipped({"bad.txt": b"\0\0", "good.txt": b"good"}), "news.zip")
        found, heard = take(path)
        assert [d.text for d in found] == ["good"]
        assert len(heard.errors) == 1
        assert heard.errors[0].startswith(f"{path}/bad.txt: is a binary file")

    def test_nothing_to_read_in_it(self, tmp_path: Path) -> None:
        path = put(tmp_path, zipped({"c.png": b"x"}), "news.zip")
        assert take(path)[1].errors == [f"{path}: holds no file of a kind that can be read"]


class TestTables:
    def test_csv(self, tmp_path: Path) -> None:
        data = "ID,Headline,Author,Date,URL,Body\n7,Late,Ann,2026-01-02,http://x.test/7,“No.”\n8,,,,,Two\n"
        path = put(tmp_path, data.encode(), "news.csv")
        found, heard = take(path)
        assert found == [
            Document("“No.”", "news-7", f"{path}#7", "Late", "Ann", "2026-01-02", url="http://x.test/7"),
            Document("Two", "news-8", f"{path}#8"),
        ]
        assert heard.results == [
            f"{path}: takes column 'Body' for the articles, their names in 'ID' (--text-column, --id-column)"
        ]

    def test_columns_on_request(self, tmp_path: Path) -> None:
        path = put(tmp_path, b"slug,lead,body\nx-1,one,two\n", "news.csv")
        (document,), heard = take(path, text_column="lead", id_column="body")
        assert (document.text, document.doc_id, heard.results) == ("one", "two", [])

    def test_jsonl(self, tmp_path: Path) -> None:
        rows = [{"doc_id": "x", "text": "“One.”"}, {"doc_id": "y", "text": "Two"}]
        found, _ = take(put(tmp_path, "\n".join(map(json.dumps, rows)).encode(), "news.jsonl"))
        assert [(d.doc_id, d.text) for d in found] == [("x", "“One.”"), ("y", "Two")]

    def test_json(self, tmp_path: Path) -> None:
        path = put(tmp_path, b'{"title": "Late", "body": ["One", "Two"]}', "news.json")
        (document,), _ = take(path)
        assert (document.text, document.headline, document.source) == ("One\n\nTwo", "Late", f"{path}#1")

    @pytest.mark.parametrize(
        ("module_name", "name", "words"), [("openpyxl", "a.xlsx", "Excel"), ("pyarrow", "a.parquet", "Parquet")]
    )
    def test_a_missing_library_is_told_with_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module_name: str, name: str, words: str
    ) -> None:
        data = {"a.xlsx": zipped({"xl/workbook.xml": b"x"}), "a.parquet": b"PAR1"}[name]
        monkeypatch.setitem(sys.modules, module_name, None)
        path = put(tmp_path, data, name)
        _, heard = take(path)
        assert len(heard.errors) == 1
        assert heard.errors[0].startswith(f"{path}: reading {words} takes a library that is not installed: pip install")
