"""Word lists as plain text, one entry a line, and the loader that validates them.

A list's header (lines that start with `#`) says what belongs in it and, in `# columns:`, how many tab-separated
fields an entry has. A list's name is its file name without the ending; rows name it where a list decided.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from quotes.errors import LexiconError


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the entries of list `name`, each as its fields, in file order.

    Raises LexiconError where the file has no header, an entry twice, or a wrong number of fields.
    """
    try:
        text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LexiconError(f"no word list named {name!r}; reinstall the package") from None
    lines = text.splitlines()
    if not lines or not lines[0].startswith("# "):
        raise LexiconError(f"{name}.txt: the first line must say what belongs in the list")
    columns = next((line for line in lines if line.startswith("# columns: ")), "# columns: entry")
    width = len(columns.removeprefix("# columns: ").split(", "))
    entries: list[tuple[str, ...]] = []
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        fields = tuple(line.split("\t"))
        if len(fields) != width or any(field != field.strip() for field in fields):
            raise LexiconError(f"{name}.txt:{number}: expected {width} tab-separated fields without outer spaces")
        if fields in seen:
            raise LexiconError(f"{name}.txt:{number}: {line!r} stands in the list twice")
        seen.add(fields)
        entries.append(fields)
    return tuple(entries)


@cache
def words(name: str) -> frozenset[str]:
    """Return the first field of every entry of list `name`."""
    return frozenset(entry[0] for entry in table(name))
