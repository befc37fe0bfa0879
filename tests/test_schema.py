"""The row schema says what rows are, and the JSON Schema made of it says the same."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from quotes import extract
from quotes.schema import COLUMNS, FLAT, json_schema

TEXT = (
    "Ada Brink, head of the harbour board, spoke first.\n\n"
    '"We said ‘never again’ and we meant it," Brink said. "It is late\n\n'
    '"and it is cold.\n\n'
    "A so-called \"plan\" followed. 'No,' said he.\n"
)
FLAT_NAMES = (
    "quote_id doc_id source quote start end open_mark close_mark boundary continues type speaker speaker_type mention "
    "mention_start mention_end title affiliation cue cue_start cue_end method evidence confidence needs_review "
    "review_reason paragraph prefix suffix headline byline published text_sha256 "
    "url site"
)
VALIDATOR = Draft202012Validator(json_schema())


def row() -> dict[str, Any]:
    return dict(extract(TEXT)[0])


def test_flat_form_has_the_fields_of_the_design_in_order() -> None:
    assert [column.name for column in FLAT] == FLAT_NAMES.split()


def test_names_are_unique_and_described() -> None:
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert all(column.description for column in COLUMNS)


def test_only_nested_fields_hold_lists() -> None:
    assert not [column.name for column in FLAT if column.type == "list"]
    assert all(column.item for column in COLUMNS if column.type == "list")


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("nested", [False, True])
def test_rows_are_valid(nested: bool) -> None:
    rows = extract(TEXT, nested=nested)
    assert rows
    for found in rows:
        VALIDATOR.validate(found)


@pytest.mark.parametrize(
    "change",
    [
        {"start": -1},
        {"confidence": 1.5},
        {"boundary": "open"},
        {"speaker": ""},
        {"quote": None},
        {"needs_review": "yes"},
        {"titles": [{"text": "Minister"}]},
        {"surprise": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_schema_refuses_what_no_row_is(change: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid({**row(), **change})


@pytest.mark.parametrize("name", [column.name for column in COLUMNS])
def test_schema_refuses_a_row_that_lacks_a_field(name: str) -> None:
    assert not VALIDATOR.is_valid({key: value for key, value in row().items() if key != name})
