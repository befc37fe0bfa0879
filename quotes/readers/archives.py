"""Archives -> the files in them. Nothing is ever written to disk.

Consumes an open archive; produces files. What an archive may do is limited: how large a member unpacks to, no archive
inside an archive, no path that leads outside.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from quotes.errors import InputError
from quotes.readers.base import File, Listener

UNPACKED_MAX = 200_000_000
"""Bytes that one member may unpack to."""
_TAR = (257, b"ustar")
"""Where and how a tar archive shows."""


def members_of_zip(
    archive: File, stream: BinaryIO, listener: Listener, is_wanted: Callable[[str], bool]
) -> Iterator[File]:
    """Yield the files in a ZIP archive, open as `stream`, whose path `is_wanted`.

    A path that leads outside is told to `listener`. Raises InputError where the archive itself is damaged, or holds
    nothing that is wanted.
    """
    try:
        with zipfile.ZipFile(stream) as opened:
            is_told = False
            for member in opened.infolist():
                path = PurePosixPath(member.filename.replace("\\", "/"))
                name = f"{archive.name}/{path}"
                if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
                    continue
                if ".." in path.parts or path.is_absolute() or ":" in path.parts[0]:
                    is_told = True
                    listener.error(f"{archive.name}: holds a path that leads outside it ({path}), which is not read")
                elif is_wanted(str(path)):
                    is_told = True
                    yield _member(opened, member, archive, name, path.stem)
                else:
                    listener.note(f"{name}: is passed over")
            if not is_told:
                raise InputError("holds no file of a kind that can be read")
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise InputError(f"is a damaged ZIP archive ({error}); get it anew") from None


def _member(opened: zipfile.ZipFile, member: zipfile.ZipInfo, archive: File, name: str, stem: str) -> File:
    def unpack() -> BinaryIO:
        if member.flag_bits & 1:
            raise InputError("is encrypted; unpack the archive first")
        if member.file_size > UNPACKED_MAX:
            raise InputError(too_large())
        try:
            with opened.open(member) as stream:
                return io.BytesIO(limited(stream))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise InputError(f"cannot be unpacked ({error}); get the archive anew") from None

    source = f"{archive.source}/{name.removeprefix(archive.name + '/')}" if archive.source else None
    return File(name, stem, unpack, source=source, is_member=True)


def unpacked(file: File, stream: BinaryIO) -> File:
    """Return the file that a gzip-compressed one, open as `stream`, holds.

    Raises InputError where it is damaged, unpacks to too much, or is an archive of several files.
    """
    path = PurePosixPath(file.name)
    inner = path.stem if path.suffix.lower() == ".gz" else path.name

    try:
        with gzip.open(stream) as unzipped:
            data = limited(unzipped)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"is damaged gzip ({error}); get it anew") from None
    if data[_TAR[0] :].startswith(_TAR[1]):
        raise InputError("is a tar archive; unpack it first")
    stem = PurePosixPath(inner).stem or file.stem
    return File(f"{file.name}/{inner}", stem, lambda: io.BytesIO(data), file.source, is_member=True)


def limited(stream: IO[bytes] | io.BufferedIOBase) -> bytes:
    """Return what `stream` holds, never more than a member may; raises InputError on more."""
    data = stream.read(UNPACKED_MAX + 1)
    if len(data) > UNPACKED_MAX:
        raise InputError(too_large())
    return data


def too_large() -> str:
    """Return what is said of a member that unpacks to too much."""
    return f"unpacks to more than {UNPACKED_MAX // 1_000_000} MB, which is no article; unpack it first if it is one"
