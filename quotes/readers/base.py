"""What every reader of a kind of file shares: what it is given, what it gives, and how it asks for a library.

Imports nothing that takes long; a reader's library is imported when the first file of its kind is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from quotes import extras
from quotes.errors import InputError


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader gets out of a file: the text that offsets count in, and what the file says of it."""

    text: str
    headline: str | None = None
    byline: str | None = None
    published: str | None = None
    """The publication date as the file states it."""
    url: str | None = None
    site: str | None = None
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    """What a reader of the rows should know, one line each."""
    left_out: tuple[str, ...] = ()
    """Passages with quotation marks that stand beside the article, each behind the name of the rule that says so."""
    key: str | None = None
    """What a collection calls the article; None where it is the only one of its file, or has no name."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller says of the files."""

    kind: str | None = None
    """Name of the kind that all files are, whatever their names and contents; None: each as it shows."""
    encoding: str | None = None
    """Encoding that all text is in; None: each as it shows."""
    fix_mojibake: bool = False
    """Whether text that was decoded wrongly somewhere before is repaired."""
    text_column: str | None = None
    """Column of a table that holds the articles; None: the obvious one."""
    id_column: str | None = None
    """Column of a table that names the articles; None: the obvious one, or the row's number."""
    glob: str | None = None
    """Pattern that files of a directory or an archive must fit; None: every kind that can be read."""


@dataclass(frozen=True, slots=True)
class File:
    """Something to read: a file, a member of an archive, standard input."""

    name: str
    """What messages call it; its extension tells its kind."""
    stem: str
    """Name of a document in it."""
    open: Callable[[], BinaryIO]
    """Opens it for reading from its start; raises OSError or InputError."""
    source: str | None = None
    """What rows give as `source`; None for standard input."""
    is_member: bool = False
    """Whether it lies inside an archive."""
    is_found: bool = False
    """Whether it was found in a directory rather than named."""


class Listener(Protocol):
    """Is told what comes up while files are read; `terminal.Messages` is one."""

    def error(self, words: object) -> None:
        """Hear what could not be read."""

    def unexpected(self, error: Exception, where: str = "") -> None:
        """Hear of an error that nobody foresaw, and where it came up."""

    def result(self, words: str) -> None:
        """Hear what a user should know, such as what was guessed."""

    def note(self, words: str) -> None:
        """Hear what is only of interest to who asked for more."""


def library(module: str, extra: str, kind: str) -> Any:
    """Return the imported `module`, which the package's `extra` brings; `kind` is what messages call the files.

    Raises InputError where it is not installed.
    """
    return extras.library(module, extra, f"reading {kind}", InputError)
