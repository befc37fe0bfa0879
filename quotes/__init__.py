"""Find every quotation in a news article and say who said it.

`extract(text)` is the one-call door; `load()` gives the spaCy pipeline behind it. `read_rows(path)` reads what the
command line wrote, and `to_frame(rows)` makes a pandas data frame of either.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["QuotesError", "__version__", "extract", "load", "read_rows", "to_frame"]

if TYPE_CHECKING:
    from quotes.errors import QuotesError
    from quotes.exporter import read_rows
    from quotes.frames import to_frame
    from quotes.pipeline import extract, load

_HOME = {
    "QuotesError": "quotes.errors",
    "extract": "quotes.pipeline",
    "load": "quotes.pipeline",
    "read_rows": "quotes.exporter",
    "to_frame": "quotes.frames",
}


def __getattr__(name: str) -> Any:
    # Lazily, so that the command line's help does not wait for spaCy.
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
