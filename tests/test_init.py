"""What `import quotes` offers, and how little it loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

import quotes
from quotes import errors, exporter, frames, pipeline


def run(code: str) -> str:
    """Return what Python prints for `code` in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("name", "home"),
    [("extract", pipeline), ("load", pipeline), ("QuotesError", errors), ("read_rows", exporter), ("to_frame", frames)],
    ids=lambda value: str(value)[:12],
)
def test_public_names(name: str, home: object) -> None:
    assert getattr(quotes, name) is getattr(home, name)
    assert name in quotes.__all__


def test_every_public_name_is_there() -> None:
    assert all(hasattr(quotes, name) for name in quotes.__all__)
    assert len(set(quotes.__all__)) == len(quotes.__all__)


def test_import_star() -> None:
    names: dict[str, object] = {}
    exec("from quotes import *", names)
    assert names.keys() - {"__builtins__"} == set(quotes.__all__)


@pytest.mark.parametrize("name", ["extractor", "Pipeline", "_nothing", ""])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module 'quotes' has no attribute '{name}'"):
        getattr(quotes, name)


def test_an_unknown_name_cannot_be_imported() -> None:
    with pytest.raises(ImportError, match="extractor"):
        exec("from quotes import extractor")


def test_the_version_is_a_number_of_three_parts() -> None:
    assert [part.isdecimal() for part in quotes.__version__.split(".")] == [True] * 3


def test_importing_loads_no_stage_until_a_name_is_asked_for() -> None:
    code = "import sys, quotes; print(*sys.modules); quotes.QuotesError; print(*sys.modules)"
    before, after = (line.split() for line in run(code).splitlines())
    assert "quotes" in before
    assert not [name for name in before if name.startswith("quotes.") or name in ("spacy", "pandas", "typer", "rich")]
    assert "quotes.errors" in after
    assert "spacy" not in after
