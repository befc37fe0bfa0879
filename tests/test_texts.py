"""Texts are kept under their hash, byte for byte, and found again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from quotes.errors import InputError, OutputError
from quotes.texts import TextStore, find, is_store

TEXT = "“One”\r\ntwo 🙂\n\u2028"


def test_the_file_has_the_hash_that_is_its_name(tmp_path: Path) -> None:
    path = TextStore(tmp_path / "new" / "texts").keep(TEXT)
    assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()
    assert find(path.parent, path.stem) == TEXT
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_text_is_written_once(tmp_path: Path) -> None:
    store = TextStore(tmp_path)
    before = store.keep(TEXT).stat().st_mtime_ns
    assert store.keep(TEXT).stat().st_mtime_ns == before


def test_lone_surrogates_come_back(tmp_path: Path) -> None:
    path = TextStore(tmp_path).keep("a\ud800b")
    assert find(tmp_path, path.stem) == "a\ud800b"


def test_what_is_not_kept(tmp_path: Path) -> None:
    assert find(tmp_path, "0" * 64) is None


def test_what_is_no_text_any_more(tmp_path: Path) -> None:
    (tmp_path / f"{'0' * 64}.txt").write_bytes(b"\xff")
    with pytest.raises(InputError, match="cannot be read"):
        find(tmp_path, "0" * 64)


def test_a_place_that_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be made a directory"):
        TextStore(tmp_path / "file")


def test_a_text_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    store = TextStore(tmp_path)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        store.keep(TEXT)
    assert list(tmp_path.iterdir()) == []


def test_a_store_holds_nothing_else(tmp_path: Path) -> None:
    assert not is_store(tmp_path)
    TextStore(tmp_path).keep(TEXT)
    assert is_store(tmp_path)
    (tmp_path / "news.txt").write_text("x")
    assert not is_store(tmp_path)
    assert not is_store(tmp_path / "news.txt")
