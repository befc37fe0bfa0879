"""Where bytes go: a file comes out whole or not at all, and what is no plain file is left what it is."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from quotes.errors import OutputError
from quotes.sinks import Sink, is_stdout

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, permissions and pipes of POSIX")


def put(path: Path | str, data: bytes = b"after") -> None:
    sink = Sink(str(path))
    sink.write(data)
    sink.commit()


def test_new_file(tmp_path: Path) -> None:
    put(tmp_path / "a.csv")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", b"after")]


def test_nothing_is_there_before_commit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    sink = Sink(str(path))
    sink.write(b"after")
    assert not path.exists()
    sink.discard()
    assert list(tmp_path.iterdir()) == []


def test_discard_twice_is_harmless(tmp_path: Path) -> None:
    sink = Sink(str(tmp_path / "a.csv"))
    sink.discard()
    sink.discard()


def test_longest_name(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 255)
    put(path)
    assert path.read_bytes() == b"after"


@POSIX
@pytest.mark.parametrize(("before", "after"), [(None, 0o640), (0o604, 0o604)])
def test_permissions_are_those_of_the_umask_or_the_old_file(tmp_path: Path, before: int | None, after: int) -> None:
    path = tmp_path / "a.csv"
    if before is not None:
        path.touch()
        path.chmod(before)
    umask = os.umask(0o027)
    try:
        put(path)
    finally:
        os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == after


@POSIX
@pytest.mark.parametrize("dangling", [False, True])
def test_link_stays_and_its_target_is_replaced(tmp_path: Path, dangling: bool) -> None:
    target, link = tmp_path / "elsewhere" / "real.csv", tmp_path / "link.csv"
    target.parent.mkdir()
    if not dangling:
        target.write_bytes(b"before")
    link.symlink_to(target)
    put(link)
    assert link.is_symlink()
    assert target.read_bytes() == b"after"


@POSIX
def test_pipe_is_written_in_place(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()
    put(path)
    reader.join(timeout=10)
    assert got == [b"after"]
    assert stat.S_ISFIFO(path.stat().st_mode)


@POSIX
def test_device_stays_a_device() -> None:
    put(os.devnull)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_full_disk_is_one_line() -> None:
    sink = Sink("/dev/full")
    with pytest.raises(OutputError, match=r"^/dev/full: cannot be written: No space left on device$"):
        sink.write(b"x" * 10**6)
    sink.discard()


@pytest.mark.parametrize("name", ["", "no/such/a.csv", "a/", "dir", "a\0b", "a" * 300 + "/b"])
def test_unwritable_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dir").mkdir()
    with pytest.raises(OutputError, match=r"cannot be written: .") as caught:
        Sink(name)
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["dir"]


@POSIX
def test_write_protected_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "access", lambda *_: False)  # so that it holds for root as well
    with pytest.raises(OutputError, match="write-protected"):
        Sink(str(path))
    assert path.read_bytes() == b"before"


@pytest.mark.parametrize(("path", "expected"), [("-", True), ("/dev/stdout", True), ("stdout", False), ("./-", False)])
def test_names_of_standard_output(path: str, expected: bool) -> None:
    assert is_stdout(path) is expected
