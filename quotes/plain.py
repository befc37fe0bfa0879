"""Value types to JSON-like values and back: what the attributes of a spaCy span group can hold.

A value becomes a list of its fields in order (short, since a ledger has an entry for every apostrophe); the type's
own annotations say how to read it back.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from quotes.records import Ledger

T = TypeVar("T")


def write(value: Any) -> Any:
    """Return `value`, made of our value types, tuples and JSON scalars, as nested lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return [write(getattr(value, name)) for name in _names(type(value))]
    if isinstance(value, Ledger):
        return value.columns()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [write(item) for item in value]
    return value


def read(kind: type[T], value: Any) -> T:
    """Return the `kind` (a value type) that `write` made `value` of. Raises TypeError where it is no such thing."""
    try:
        made: T = _reader(kind)(value)  # type: ignore[arg-type]  # a type is hashable; the cache's signature hides it
    except ValueError as error:
        raise TypeError(f"not the fields of {kind.__name__}: {error}") from error
    return made


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return the function that reads a value of annotation `kind`, found once for each annotation."""
    if isinstance(kind, type) and is_dataclass(kind):
        make: Callable[..., Any] = kind
        hints = get_type_hints(kind)
        parts = tuple(_reader(hints[field.name]) for field in fields(kind))
        return lambda value: make(*(part(item) for part, item in zip(parts, value, strict=True)))
    if kind is Ledger:
        return Ledger.from_columns
    origin, args = get_origin(kind), get_args(kind)
    if origin is Sequence or (origin is tuple and args[1:] == (...,)):
        item_reader = _reader(args[0])
        return lambda value: tuple(item_reader(item) for item in value)
    if origin is tuple:
        readers = tuple(_reader(arg) for arg in args)
        return lambda value: tuple(part(item) for part, item in zip(readers, value, strict=True))
    if origin in (Union, types.UnionType) and type(None) in args:
        (inner,) = (arg for arg in args if arg is not type(None))
        present = _reader(inner)
        return lambda value: None if value is None else present(value)
    return lambda value: value
