"""Extracted texts kept beside the rows, each under its SHA-256: what the offsets of rows count in.

Consumes texts; produces files `HASH.txt` in UTF-8, and the texts again by their hashes.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from quotes.errors import InputError, OutputError
from quotes.sinks import Sink
from quotes.table import text_sha256

EXTENSION = ".txt"
_NAME = re.compile(rf"[0-9a-f]{{64}}{re.escape(EXTENSION)}")


class TextStore:
    """A directory of texts. A text that is there already is not written again."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """Make the directory where it is missing. Raises OutputError where that cannot be."""
        self._folder = Path(folder)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: cannot be made a directory: {error.strerror or error}") from error

    def keep(self, text: str) -> Path:
        """Write `text` and return its file, which comes out whole or not at all. Raises OutputError."""
        target = self._folder / f"{text_sha256(text)}{EXTENSION}"
        if target.exists():
            return target
        sink = Sink(str(target))
        try:
            # Bytes, not text: line ends stay as they are. A lone surrogate is written as its hash counts it.
            sink.write(text.encode("utf-8", errors="surrogatepass"))
            sink.commit()
        except BaseException:
            sink.discard()
            raise
        return target


def is_store(folder: str | os.PathLike[str]) -> bool:
    """Whether `folder` is a directory of nothing but kept texts."""
    path = Path(folder)
    return path.is_dir() and any(path.iterdir()) and all(_NAME.fullmatch(file.name) for file in path.iterdir())


def find(folder: str | os.PathLike[str], sha: str) -> str | None:
    """Return the text that `folder` keeps under the hash `sha`, None where it keeps none.

    Whether it still has that hash is for the caller to check. Raises InputError where the file cannot be read.
    """
    path = Path(folder) / f"{sha}{EXTENSION}"
    try:
        return path.read_bytes().decode("utf-8", errors="surrogatepass")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
