"""Libraries that only an extra of the package brings, asked for when they are needed."""

from __future__ import annotations

import importlib
from typing import Any

from quotes.errors import QuotesError


def library(module: str, extra: str, doing: str, error: type[QuotesError]) -> Any:
    """Return the imported `module`, which the package's `extra` brings; `doing` says in messages what takes it.

    Raises `error` where it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise error(f"{doing} takes a library that is not installed: pip install 'quotes[{extra}]'") from None
