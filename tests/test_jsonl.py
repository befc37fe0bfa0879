"""Reading gold articles and rows, and what is said of files that are neither."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.jsonl import read_gold, read_jsonl, read_rows

ARTICLE = {"doc_id": "a", "text": "“Go.”", "quotations": [{"start": 1, "end": 4, "type": "speech", "speaker": "Pell"}]}
ROW = {"doc_id": "a", "start": 1, "end": 4, "speaker": None, "title": None, "confidence": 0.5}


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_reads_what_was_written(tmp_path: Path) -> None:
    assert read_gold(write(tmp_path / "gold.jsonl", ARTICLE)) == [ARTICLE]
    assert read_rows(write(tmp_path / "rows.jsonl", ROW, ROW)) == [ROW, ROW]


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(ROW).encode() + b"\r\n\r\n \n" + json.dumps(ROW).encode())
    assert read_rows(path) == [ROW, ROW]


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    assert read_jsonl(write(tmp_path / "empty.jsonl")) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}\n{oops\n", "line 2: not JSON"),
        (b"[" * 100_000, "line 1: not JSON"),
        (b"[1]\n", "line 1: not a JSON object"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_files_that_are_no_jsonl(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read_jsonl(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_missing_file_and_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl: No such file"):
        read_jsonl(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match=r"Is a directory|Permission denied"):
        read_jsonl(tmp_path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"start": 1, "end": 4}, 'no "doc_id"'),
        ({**ROW, "start": "1"}, '"start" is "1"'),
        ({**ROW, "end": True}, '"end" is true'),
        ({**ROW, "end": None}, '"end" is null'),
        ({**ROW, "speaker": ["Pell"]}, '"speaker" is'),
        ({**ROW, "confidence": "high"}, '"confidence" is "high"'),
    ],
)
def test_rows_that_cannot_be_scored(tmp_path: Path, row: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=f"line 2: {message}"):
        read_rows(write(tmp_path / "rows.jsonl", ROW, row))


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (ROW, 'no "text"'),
        ({**ARTICLE, "quotations": None}, '"quotations" is null'),
        ({**ARTICLE, "quotations": [{"start": 1, "end": 2}]}, 'no "type"'),
        ({**ARTICLE, "quotations": ["“Go.”"]}, "not a JSON object"),
    ],
)
def test_articles_that_are_no_gold(tmp_path: Path, article: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=f"line 1: {message}"):
        read_gold(write(tmp_path / "gold.jsonl", article))
