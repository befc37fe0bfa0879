"""Imports go one way, and what is slow to import is imported late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "quotes"

LAYERS: tuple[set[str], ...] = (
    {"errors", "interrupts", "records"},
    {
        "boundaries",
        "encodings",
        "explain",
        "extras",
        "jsonl",
        "lexicon",
        "lookahead",
        "names_match",
        "paragraphs",
        "plain",
        "quotedspans",
        "schema",
        "tokenizer",
        "workers",
    },
    {"nicknames"},
    {"blocks", "clauses", "dictionary", "marks", "narrative", "scores", "speakertable"},
    {"costs", "edges", "referents", "windows", "wordclasses"},
    {"reader", "unclosed", "unopened"},
    {"kinds", "nameruns", "reading", "roles", "selection"},
    {"assembly", "names", "phrases"},
    {"openings", "verbs"},
    {"clauseroles", "mentions", "namefind", "subjects", "titleafter", "titlebefore"},
    {"titleclause"},
    {"cues", "described", "hits", "titles"},
    {"pronouns", "unspoken"},
    {"rules", "turns"},
    {"carry", "questions"},
    {"corefeatures", "decide"},
    {"confidence", "coreference", "places"},
    {"cast"},
    {"joint", "titling"},
    {"attributor", "segmenter", "speakers"},  # the stages
    {"table"},
    {"ledger", "pipeline", "verify"},
    {"readers"},
    {"documents", "formats", "frames", "inputs", "sinks", "terminal"},
    {"exporter", "texts"},
    {"__init__"},
    {"audit", "batch", "commands", "convert", "datapackage", "evaluate"},
    {"cli_options"},
    {"cli_check", "cli_convert", "cli_evaluate"},
    {"cli"},
    {"__main__"},
)
"""Where each module (or sub-package, with all that is in it) stands: it imports from earlier sets only.

A new module goes into the first set that comes after everything it imports.
"""

SLOW = {
    "docx",
    "ftfy",
    "lxml",
    "markdown_it",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pypdf",
    "rich",
    "spacy",
    "textacy",
    "thinc",
    "tokenizers",
    "trafilatura",
    "xlsxwriter",
}
SLOW_ALLOWED = {
    "pipeline": {"spacy"},  # nothing of it works without
    "tokenizer": {"spacy"},  # a subclass of spaCy's
}
"""Which modules may import a slow package as they load; others do it in the function that needs it."""

RANK = {module: rank for rank, layer in enumerate(LAYERS) for module in layer}
SOURCES = sorted(PACKAGE.rglob("*.py"))


class Import(NamedTuple):
    """One imported name: `quotes.records.Span`, with where it stands and whether it runs as the module loads."""

    name: str
    line: int
    at_load: bool


def module_of(source: Path) -> str:
    """Return the name in LAYERS of a source file: its own, or that of its sub-package."""
    return source.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST, package: str, at_load: bool = True) -> Iterator[Import]:
    """Yield every import under `tree`, those within functions and for type checkers too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, at_load) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package.split(".")[: len(package.split(".")) + 1 - node.level], node.module or ""])
            base = (base if node.level else node.module or "").strip(".")
            yield from (Import(f"{base}.{alias.name}", node.lineno, at_load) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (Import(arg.value, node.lineno, False) for arg in node.args if is_text(arg))
        later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or is_for_type_checkers(node)
        yield from imports(node, package, at_load and not later)


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def imports_of(source: Path) -> list[Import]:
    package = ".".join(("quotes", *source.relative_to(PACKAGE).parts[:-1]))
    return list(imports(ast.parse(source.read_text(encoding="utf-8")), package))


def target(name: str) -> str | None:
    """Return the module of ours that an imported name comes from, or None where it is not ours."""
    first, _, rest = name.partition(".")
    if first != "quotes":
        return None
    module = rest.partition(".")[0]
    is_module = (PACKAGE / f"{module}.py").exists() or (PACKAGE / module / "__init__.py").exists()
    return module if module and is_module else "__init__"


def test_every_module_has_a_place() -> None:
    assert {module_of(source) for source in SOURCES} == set(RANK), "place the module in LAYERS, or take it out"
    assert len(RANK) == sum(map(len, LAYERS)), "a module stands in two layers"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(PACKAGE)))
def test_imports_go_one_way(source: Path) -> None:
    module = module_of(source)
    ours = [(found, target(found.name)) for found in imports_of(source)]
    wrong = [
        f"line {found.line}: {module} imports {other}"
        for found, other in ours
        if other is not None and other != module and RANK.get(other, 0) >= RANK.get(module, len(LAYERS))
    ]
    assert not wrong


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(PACKAGE)))
def test_slow_packages_are_imported_where_they_are_used(source: Path) -> None:
    allowed = SLOW_ALLOWED.get(module_of(source), set())
    early = {found.name.partition(".")[0] for found in imports_of(source) if found.at_load}
    assert early & SLOW <= allowed


def test_command_line_loads_nothing_slow() -> None:
    code = "import sys, quotes.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "quotes.cli" in loaded
    assert not SLOW.intersection(loaded)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import spacy", [("spacy", True)]),
        ("from quotes import table", [("quotes.table", True)]),
        ("from . import table", [("quotes.table", True)]),
        ("from .table import COLUMNS", [("quotes.table.COLUMNS", True)]),
        ("def f():\n    from quotes.table import COLUMNS", [("quotes.table.COLUMNS", False)]),
        ("if TYPE_CHECKING:\n    import pandas as pd", [("pandas", False)]),
        ("try:\n    import rich\nexcept ImportError:\n    pass", [("rich", True)]),
        ("def f():\n    importlib.import_module('quotes.cli')", [("quotes.cli", False)]),
    ],
)
def test_the_walk_sees_imports(code: str, expected: list[tuple[str, bool]]) -> None:
    assert [(found.name, found.at_load) for found in imports(ast.parse(code), "quotes")] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("quotes.records.Span", "records"), ("quotes.__version__", "__init__"), ("quotes", "__init__"), ("json", None)],
)
def test_the_walk_knows_modules(name: str, expected: str | None) -> None:
    assert target(name) == expected
