"""Spans of the corpus files."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.records import Span


def hull(pieces: Sequence[Sequence[int]]) -> Span | None:
    """Return the stretch from the first to the last of `pieces`."""
    return Span(min(p[0] for p in pieces), max(p[1] for p in pieces)) if pieces else None
