"""A library that is not installed is one line that says which extra brings it."""

from __future__ import annotations

import json

import pytest

from quotes.errors import InputError, OutputError, QuotesError
from quotes.extras import library


def test_what_is_installed() -> None:
    assert library("json", "all", "reading", InputError) is json


@pytest.mark.parametrize("error", [InputError, OutputError])
def test_what_is_missing(error: type[QuotesError]) -> None:
    with pytest.raises(
        error, match=r"^reading maps takes a library that is not installed: pip install 'quotes\[maps\]'$"
    ):
        library("no_such_library", "maps", "reading maps", error)
