"""Archives give their members, within limits; nothing touches the disk."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.readers import archives
from quotes.readers.base import File


class Heard(list[str]):
    def error(self, words: object) -> None:
        self.append(str(words))

    result = note = error

    def unexpected(self, error: Exception, where: str = "") -> None:
        raise error


def archive(data: bytes, name: str = "a.zip") -> tuple[File, io.BytesIO]:
    return File(name, "a", lambda: io.BytesIO(data), source=name), io.BytesIO(data)


def zipped(data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        opened.writestr("in.txt", data)
    return stream.getvalue()


def member(data: bytes) -> bytes:
    members = archives.members_of_zip(*archive(data), Heard(), lambda path: True)
    found = next(members)
    with found.open() as stream:
        return stream.read()


def test_a_member() -> None:
    found = next(archives.members_of_zip(*archive(zipped(b"x")), Heard(), lambda path: True))
    assert (found.name, found.stem, found.source, found.is_member) == ("a.zip/in.txt", "in", "a.zip/in.txt", True)
    assert member(zipped(b"x")) == b"x"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_compression(method: int) -> None:
    assert member(zipped(b"x" * 99, method)) == b"x" * 99


def test_a_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "UNPACKED_MAX", 1000)
    with pytest.raises(InputError, match="unpacks to more than"):
        member(zipped(bytes(1001)))
    assert member(zipped(bytes(1000))) == bytes(1000)


def test_a_bomb_that_lies_about_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "UNPACKED_MAX", 1000)
    data = zipped(bytes(5000)).replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(InputError, match=r"unpacks to more|cannot be unpacked"):
        member(data)


def test_an_encrypted_member_is_said() -> None:
    data = bytearray(zipped(b"x"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="is encrypted"):
        member(bytes(data))


def test_a_damaged_member_is_said() -> None:
    data = zipped(b"x" * 50, zipfile.ZIP_STORED)
    with pytest.raises(InputError, match="cannot be unpacked"):
        member(data.replace(b"x" * 50, b"y" * 50))


def test_a_damaged_archive_is_said() -> None:
    with pytest.raises(InputError, match="is a damaged ZIP archive"):
        member(zipped(b"x")[:40])


def unpack(data: bytes) -> bytes:
    file = archives.unpacked(*archive(data, "sub/news.html.gz"))
    assert (file.name, file.stem, file.source) == ("sub/news.html.gz/news.html", "news", "sub/news.html.gz")
    with file.open() as stream:
        return stream.read()


def test_gzip() -> None:
    assert unpack(gzip.compress(b"x")) == b"x"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gzip.compress(b"x" * 99)[:-9], "is damaged gzip"),
        (b"\x1f\x8b\x08 nonsense", "is damaged gzip"),
        (gzip.compress(bytes(257) + b"ustar"), "is a tar archive"),
    ],
)
def test_damaged_gzip(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        unpack(data)


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "UNPACKED_MAX", 1000)
    with pytest.raises(InputError, match="unpacks to more than"):
        unpack(gzip.compress(bytes(1001)))


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    member(zipped(b"x"))
    assert list(tmp_path.iterdir()) == []
