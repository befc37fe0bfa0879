"""The data package says what the file beside it holds."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from quotes.datapackage import open_package
from quotes.errors import UsageError
from quotes.exporter import open_output
from quotes.schema import FLAT
from tests.rows import article_rows

CASTS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"True": True, "False": False}.__getitem__,
}


def package(path: Path, **options: Any) -> dict[str, Any]:
    """Write rows and their package; return the package."""
    columns = options.get("columns")
    with open_package(str(path), **options), open_output(path, columns=columns) as output:
        names = [column.name for column in columns or FLAT]
        output.write([{name: row[name] for name in names} for row in article_rows()])
    return dict(json.loads((path.parent / "datapackage.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("extension", ["csv", "tsv"])
def test_the_file_keeps_to_its_description(tmp_path: Path, extension: str) -> None:
    (resource,) = package(tmp_path / f"Rows 1.{extension}")["resources"]
    assert (resource["name"], resource["path"]) == (f"rows-1.{extension}", f"Rows 1.{extension}")
    with (tmp_path / resource["path"]).open(encoding=resource["encoding"], newline="") as stream:
        head, *lines = csv.reader(stream, delimiter=resource["dialect"]["delimiter"])
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == head == [column.name for column in FLAT]
    assert len(lines) == len(article_rows())
    for line in lines:
        for field, cell in zip(fields, line, strict=True):
            rules = field.get("constraints", {})
            if cell in resource["schema"]["missingValues"]:
                assert not rules.get("required"), field["name"]
                continue
            value = CASTS[field["type"]](cell)
            assert value in rules.get("enum", [value])
            assert rules.get("minimum", 0) <= (value if field["type"] in ("integer", "number") else 0)
            assert field.get("trueValues", ["True"]) == ["True"]
    key = [head.index(name) for name in resource["schema"]["primaryKey"]]
    assert len({tuple(line[i] for i in key) for line in lines}) == len(lines)


def test_every_field_is_described(tmp_path: Path) -> None:
    (resource,) = package(tmp_path / "rows.csv")["resources"]
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert {column.name: column.description for column in FLAT} == {
        name: field["description"] for name, field in fields.items()
    }
    assert fields["type"]["constraints"] == {"enum": ["direct", "mixed", "scare", "work", "unknown"], "required": True}
    assert fields["confidence"]["constraints"] == {"minimum": 0, "maximum": 1, "required": True}
    assert "apostrophe" in resource["description"]


def test_only_the_columns_that_were_written(tmp_path: Path) -> None:
    columns = tuple(column for column in FLAT if column.name in ("quote", "start"))
    (resource,) = package(tmp_path / "rows.csv", columns=columns)["resources"]
    assert [field["name"] for field in resource["schema"]["fields"]] == ["quote", "start"]
    assert "primaryKey" not in resource["schema"]


def test_other_resources_stay(tmp_path: Path) -> None:
    package(tmp_path / "a.csv")
    package(tmp_path / "b.tsv")
    found = package(tmp_path / "a.csv")
    assert [resource["path"] for resource in found["resources"]] == ["b.tsv", "a.csv"]
    assert found["profile"] == "tabular-data-package"


@pytest.mark.parametrize("content", ["[]", "{}", "x", '{"resources": [1]}'])
def test_a_file_of_that_name_that_is_no_package_stays(tmp_path: Path, content: str) -> None:
    (tmp_path / "datapackage.json").write_text(content)
    with pytest.raises(UsageError, match="is no data package"):
        package(tmp_path / "rows.csv")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("datapackage.json", content)]


@pytest.mark.parametrize(
    ("path", "format"),
    [
        (None, "csv"),
        ("-", "csv"),
        ("a.jsonl", None),
        ("a.csv", "xlsx"),
        ("datapackage.json", "csv"),
        ("/dev/null", "csv"),
    ],
)
def test_only_beside_files_of_csv_and_tsv(path: str | None, format: str | None) -> None:
    with pytest.raises(UsageError, match="describes a file of csv or tsv"), open_package(path, format):
        pass


def test_none_where_the_table_fails_or_none_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), open_package(str(tmp_path / "rows.csv")):
        raise RuntimeError
    with open_package(str(tmp_path / "rows.xlsx"), wanted=False):
        pass
    assert list(tmp_path.iterdir()) == []
