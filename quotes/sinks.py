"""Where bytes go: standard output, a pipe or device, or a file that comes out whole or not at all.

Consumes a path; produces something to write bytes to, then to commit or to discard.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from quotes.errors import OutputError

STDOUT_PATHS = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""Paths that mean standard output: opened by name, a file that it is redirected to would lose what it holds."""


class Sink:
    """Takes bytes for `path` (None: standard output).

    A regular file is written under another name beside its place, which it takes on `commit`, with the permissions
    of the file that was there. Through a symbolic link, the file that it leads to is replaced. Pipes and devices are
    written in place. Every method raises OutputError where the system refuses, and BrokenPipeError where the reader
    of a pipe is gone.
    """

    def __init__(self, path: str | None) -> None:
        """Open the sink."""
        self._name = path if path is not None else "standard output"
        self._target: Path | None = None
        self._temporary: Path | None = None
        self._mode: int | None = None
        with self._blaming():
            self._stream = self._open(path)

    def write(self, data: bytes) -> int:
        """Write `data` and return its length in bytes."""
        with self._blaming():
            return self._stream.write(data)

    def commit(self) -> None:
        """Bring what was written to its place."""
        with self._blaming():
            if self._stream is sys.stdout.buffer:
                self._stream.flush()
                return
            self._stream.close()
            if self._temporary and self._target:
                if self._mode is not None:
                    self._temporary.chmod(self._mode)
                self._temporary.replace(self._target)

    def discard(self) -> None:
        """Drop what was written, where it is not out of reach already; never raises."""
        with suppress(OSError):
            if self._stream is not sys.stdout.buffer:
                self._stream.close()
        if self._temporary:
            with suppress(OSError):
                self._temporary.unlink()

    def _open(self, path: str | None) -> BinaryIO:
        if path is None:
            return sys.stdout.buffer
        if is_special(path):
            return Path(path).open("wb")
        target = Path(os.path.realpath(path))
        if target.is_dir() or path.endswith(("/", os.sep)):
            raise IsADirectoryError(None, "it is a directory; name a file in it")
        if target.exists():
            if not os.access(target, os.W_OK):
                raise PermissionError(None, "the file is write-protected")
            self._mode = stat.S_IMODE(target.stat().st_mode)
        # A short name of our own rather than one made from the target's: that may be as long as names can be.
        self._temporary = target.with_name(f".quotes-{secrets.token_hex(6)}.tmp")
        self._target = target
        # "x" rather than `tempfile`, whose files are private: this one is to have what the umask gives.
        return self._temporary.open("xb")

    @contextmanager
    def _blaming(self) -> Iterator[None]:
        """Name the sink in what the system complains of."""
        try:
            yield
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise OutputError(f"{self._name}: cannot be written: {reason}") from error


def is_stdout(path: str) -> bool:
    """Whether `path` is a name of standard output."""
    return path in STDOUT_PATHS


def is_special(path: str) -> bool:
    """Whether `path` is a pipe or a device."""
    place = Path(path)
    if place.absolute().is_relative_to("/dev") or place.absolute().is_relative_to("/proc"):
        return True
    return place.exists() and not place.is_file() and not place.is_dir()
