"""What every reader of a kind of file shares: the article that it gives, and how it asks for a library.

Imports nothing that takes long; a reader's library is imported when the first file of its kind is read.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

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


def library(module: str, extra: str, kind: str) -> Any:
    """Return the imported `module`, which the package's `extra` brings; `kind` is what messages call the files.

    Raises InputError where it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise InputError(
            f"reading {kind} takes a library that is not installed: pip install 'quotes[{extra}]'"
        ) from None
