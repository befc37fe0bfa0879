"""What a user names -> documents: files, directories, patterns, archives, tables, standard input.

Consumes names; produces documents with the text that offsets count in and what is known of each. What cannot be read is
told as one line that says what to do, and the rest goes on.
"""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path, PurePath
from typing import BinaryIO

from quotes import encodings
from quotes.errors import InputError, was_interrupted
from quotes.interrupts import was_seen
from quotes.readers import archives, tables
from quotes.readers.base import Article, File, Listener, Options, library
from quotes.readers.columns import OwnTableError
from quotes.readers.kinds import BY_EXTENSION, HEAD, KINDS, Kind, kind_of
from quotes.records import Document

STDIN = "-"
STDIN_ID = "stdin"
"""`doc_id` of what comes from standard input."""
EMPTY = "is empty; there is nothing to read in it"
LONG_NUMBER = 9
"""Digits from which a number names an article by itself; a shorter one gets the file's name before it."""
SAVED_WITH_PAGE = "_files"
"""End of the name of the directory that browsers put a saved page's pictures, scripts and frames in."""
DATA_PACKAGE = "datapackage.json"
"""Name of the file that describes tables (Frictionless); no article, though it is JSON."""


def documents(
    names: Iterable[str], listener: Listener, options: Options | None = None, passed_over: Iterable[str | None] = ()
) -> Iterator[Document]:
    """Yield the documents of everything that is named, in order.

    A name is a path, a directory (its files, in order of their paths), a pattern such as `news/**/*.html`, or `-` for
    standard input. What cannot be read is told to `listener`. `passed_over` are paths that are not read where they turn
    up in a directory: outputs of this very run.

    That two documents go by one `doc_id` is only a note: rows tell them apart by `source`.
    """
    options = options or Options()
    skipped = {Path(path).resolve() for path in passed_over if path}
    seen: dict[str, str | None] = {}
    for name in names:
        try:
            for file in files_of(name, listener, options):
                if file.source and name != file.source and Path(file.source).resolve() in skipped:
                    continue
                for document in read_file(file, listener, options):
                    for warning in document.warnings:
                        listener.result(f"{show(file.name)}: {warning}")
                    if document.doc_id in seen:
                        first = seen[document.doc_id]
                        listener.note(f"{file.name}: has the doc_id of {first}; the rows differ in source")
                    seen.setdefault(document.doc_id, document.source)
                    yield document
        except InputError as error:
            listener.error(error)


def read(path: str | os.PathLike[str], options: Options | None = None) -> Document:
    """Return the one article in the file at `path`; `doc_id` is its stem, `source` the path as given.

    Raises InputError where there is no such file, it cannot be read, or it holds several articles.
    """
    listener = _Raising()
    found = list(documents([os.fspath(path)], listener, options))
    if len(found) != 1:
        raise InputError(f"{show(os.fspath(path))}: holds {len(found)} articles rather than one")
    return found[0]


class _Raising:
    """A listener that raises the first error."""

    def error(self, words: object) -> None:
        raise InputError(str(words))

    def unexpected(self, error: Exception, where: str = "") -> None:
        raise error

    def result(self, words: str) -> None:
        pass

    def note(self, words: str) -> None:
        pass


def count(names: Sequence[str]) -> int:
    """Return how many files `names` are, 0 where one of them may be many: a directory, a pattern, an archive, a table.

    For a progress bar only.
    """
    forms = {kind.form for name in names if (kind := BY_EXTENSION.get(PurePath(name).suffix.lower()))}
    if forms & {"archive", "table"} or any(glob.has_magic(name) or Path(name).is_dir() for name in names):
        return 0
    return len(names)


def files_of(name: str, listener: Listener, options: Options) -> Iterator[File]:
    """Yield the files that a name stands for; raises InputError where there are none."""
    if name == STDIN:
        yield File("standard input", STDIN_ID, _standard_input)
        return
    if not name:
        raise InputError("'': no such file; check the path")
    try:
        is_directory = stat.S_ISDIR(Path(name).stat().st_mode)
    except FileNotFoundError:
        yield from _of_pattern(name, listener, options)
        return
    except (OSError, ValueError):
        is_directory = False  # opening it says what is wrong
    if is_directory:
        yield from _of_directory(name, listener, options)
    else:
        yield _on_disk(name)


def read_file(file: File, listener: Listener, options: Options) -> Iterator[Document]:
    """Yield the documents in a file; what cannot be read is told to `listener`, with the file's name before it."""
    try:
        with file.open() as stream:
            kind = KINDS[options.kind] if options.kind else kind_of(file.name, stream.read(HEAD), _rewound(stream))
            stream.seek(0)
            if kind.form == "archive":
                if file.is_member:
                    raise InputError("is an archive inside an archive; unpack it first")
                yield from _of_archive(kind, file, stream, listener, options)
            elif kind.form == "table":
                for article in tables.read(stream, kind.name, show(file.name), options, listener):
                    yield _document(article, file, options)
            else:
                article = _article(kind, stream.read(), options)
                for passage in article.left_out:
                    listener.note(f"{show(file.name)}: left out as no part of the article, {passage}")
                yield _document(article, file, options)
    except InputError as error:
        if file.is_found and isinstance(error, OwnTableError):
            listener.note(f"{show(file.name)}: is a table of quotations, and passed over")
        else:
            listener.error(f"{show(file.name)}: {error}")
    except MemoryError:
        listener.error(f"{show(file.name)}: is too large for the memory of this machine; split it")
    except Exception as error:  # of any kind: the other files go on whatever a library trips over
        if was_seen() or was_interrupted(error):
            raise
        listener.unexpected(error, show(file.name))


def show(name: str) -> str:
    """Return a path as a message can print it: on one line, whatever characters it holds."""
    return name if name.isprintable() and name else ascii(name)


def _article(kind: Kind, data: bytes, options: Options) -> Article:
    if not data.strip():
        raise InputError(EMPTY)
    reader = import_module(f"quotes.readers.{kind.module}")
    if kind.form == "text":
        decoded = encodings.decode(data, encoding=options.encoding)
        made: Article = reader.read(_repaired(decoded.text, options))
        return replace(made, encoding=decoded.encoding, warnings=decoded.warnings())
    found: Article = reader.read(data, options) if kind.form == "page" else reader.read(data)
    return replace(found, text=_repaired(found.text, options))


def _document(article: Article, file: File, options: Options) -> Document:
    text, key, source = article.text, file.stem, file.source
    if article.key is not None:
        text = _repaired(text, options)
        is_number = article.key.isdigit() and len(article.key) < LONG_NUMBER
        key = f"{file.stem}-{article.key}" if is_number else article.key
        source = f"{source}#{article.key}" if source else None
    if not text.strip():
        raise InputError(EMPTY)
    return Document(
        text=text,
        doc_id=key,
        source=source,
        headline=article.headline,
        byline=article.byline,
        published=article.published,
        warnings=article.warnings,
        url=article.url,
        site=article.site,
        encoding=article.encoding,
    )


def _repaired(text: str, options: Options) -> str:
    """Return `text`, with what was decoded wrongly before put right where that is wanted; marks stay as they are."""
    if not options.fix_mojibake:
        return text
    ftfy = library("ftfy", "repair", "with --fix-mojibake")
    config = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
    )
    return str(ftfy.fix_text(text, config))


def _of_archive(kind: Kind, file: File, stream: BinaryIO, listener: Listener, options: Options) -> Iterator[Document]:
    if kind.name == "gz":
        inner = archives.unpacked(file, stream)
        yield from read_file(inner, listener, options)
        return
    for member in archives.members_of_zip(file, stream, listener, lambda path: _is_wanted(path, options)):
        yield from read_file(member, listener, options)


def _of_pattern(name: str, listener: Listener, options: Options) -> Iterator[File]:
    # Not Path.glob, which takes no absolute pattern.
    found = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207
    if not found:
        if glob.has_magic(name):
            raise InputError(f"{show(name)}: no file fits this pattern; check the path")
        raise InputError(f"{show(name)}: no such file; check the path")
    for path in found:
        if not Path(path).is_dir() and not any(map(_is_part_of_page, Path(path).parents)):
            yield _on_disk(path)


def _of_directory(name: str, listener: Listener, options: Options) -> Iterator[File]:
    top = Path(name)
    found = False

    def failed(error: OSError) -> None:
        listener.error(f"{show(str(error.filename))}: cannot be opened: {error.strerror or error}")

    for folder, subfolders, names in os.walk(top, onerror=failed):
        subfolders[:] = sorted(
            sub for sub in subfolders if not sub.startswith(".") and not _is_part_of_page(Path(folder) / sub)
        )
        for file_name in sorted(names):
            path = Path(folder) / file_name
            if file_name.startswith("."):
                continue
            if _is_wanted(path.relative_to(top).as_posix(), options):
                found = True
                yield replace(_on_disk(str(path)), is_found=True)
            else:
                listener.note(f"{path}: is passed over")
    if not found:
        what = f"fits {options.glob!r}" if options.glob else "is of a kind that can be read"
        raise InputError(f"{show(name)}: no file in this directory {what}")


def _is_part_of_page(folder: Path) -> bool:
    """Whether a directory holds the pictures and frames of a page that was saved beside it."""
    if not folder.name.endswith(SAVED_WITH_PAGE):
        return False
    stem = folder.name.removesuffix(SAVED_WITH_PAGE)
    return any(folder.with_name(stem + extension).exists() for extension in KINDS["html"].extensions)


def _is_wanted(path: str, options: Options) -> bool:
    """Whether a file found in a directory or an archive is to be read."""
    if options.glob is not None:
        return fnmatch(path, options.glob) or fnmatch(PurePath(path).name, options.glob)
    return PurePath(path).suffix.lower() in BY_EXTENSION and PurePath(path).name != DATA_PACKAGE


def _on_disk(name: str) -> File:
    def open_it() -> BinaryIO:
        try:
            return Path(name).open("rb")
        except FileNotFoundError:
            raise InputError("no such file; check the path") from None
        except PermissionError:
            raise InputError("permission denied; make the file readable") from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise InputError(f"cannot be read: {reason}") from None

    return File(name, Path(name).stem or name, open_it, source=name)


def _standard_input() -> BinaryIO:
    try:
        return io.BytesIO(sys.stdin.buffer.read())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from None


def _rewound(stream: BinaryIO) -> io.BufferedIOBase:
    stream.seek(0)
    return stream  # type: ignore[return-value]  # every stream of ours is one
