"""A row is proven word for word, or what is wrong with it is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quotes import extract
from quotes.table import text_sha256
from quotes.verify import Proof, check
from tests.rows import GOLD, article_rows, flat

TEXT = "Ada Holt is the harbour master.\n\n“We leave at dawn,” said Ms. Holt. 🙂 “It is late,” she added."


def problems(rows: list[dict[str, Any]], texts: dict[str, str] | None = None) -> list[str]:
    proof = Proof()
    known = {text_sha256(TEXT): TEXT} if texts is None else texts
    found = list(check(rows, known.get, proof))
    assert proof.proven == proof.rows - len(found)
    return [f"{problem.row}: {problem.words}" for problem in found]


def changed(**fields: Any) -> list[dict[str, Any]]:
    first, second = extract(TEXT)
    return [first, {**second, **fields}]


def test_rows_as_found_are_proven() -> None:
    rows = extract(TEXT)
    proof = Proof()
    assert list(check(rows, {text_sha256(TEXT): TEXT}.get, proof)) == []
    assert str(proof) == "2 of 2 rows stand verbatim in 1 texts"


def test_the_flat_form_is_proven_too() -> None:
    assert problems([{k: v for k, v in row.items() if not isinstance(v, list)} for row in extract(TEXT)]) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"quote": "It is late."}, "quote is 'It is late.', but the text has 'It is late,'"),
        ({"start": 0, "quote_id": None}, "quote is 'It is late,', but the text has 'Ada Holt is the harbour"),
        ({"end": 10_000}, "quote lies outside the text"),
        ({"start": -1}, "quote lies outside the text"),
        ({"start": "5"}, "quote lacks its words or its offsets"),
        ({"quote": None}, "quote lacks its words or its offsets"),
        ({"mention": "he"}, "mention is 'he', but the text has 'she'"),
        ({"mention_start": None}, "mention lacks its words or its offsets"),
        ({"cue": "said"}, "cue is 'said', but the text has 'added'"),
        ({"quote_id": "0" * 16}, "its quote_id is not that of this place"),
        ({"prefix": "x"}, "before it the text has not 'x', but "),
        ({"prefix": ""}, "before it the text has not '', but "),
        ({"prefix": "“"}, "before it the text has not '“', but "),
        ({"suffix": "x"}, "after it the text has not 'x', but '” she added.'"),
        ({"suffix": None}, "after it the text has not '', but '” she added.'"),
        ({"open_mark": "'"}, 'before it stands no "\'"'),
        ({"close_mark": "»"}, "after it stands no '»'"),
        ({"open_mark": ""}, "it has no opening mark, which 'closed' has"),
        ({"close_mark": ""}, "its closing mark is '', which does not go with 'closed'"),
        ({"boundary": "unclosed"}, "its closing mark is '”', which does not go with 'unclosed'"),
        ({"boundary": "open"}, "its boundary is 'open'; it must be one of closed, mismatched, continued, unclosed"),
        ({"type": "speech"}, "its type is 'speech'; it must be one of direct,"),
        ({"speaker_type": None}, "its speaker_type is 'None'; it must be one of person,"),
        ({"paragraph": 1}, "it stands in paragraph 2, not 1"),
        ({"confidence": 1.01}, "its confidence is 1.01, which is not between 0 and 1"),
        ({"confidence": None}, "its confidence is None, which is not between 0 and 1"),
        ({"title": "mayor"}, "its title 'mayor' stands nowhere in the text"),
        ({"title": "harbour"}, "its title 'harbour' is none of its titles"),
        ({"titles": [], "title": "arbour"}, "its title 'arbour' stands nowhere in the text"),
        ({"affiliation": "the harbour"}, "its affiliation 'the harbour' is none of its affiliations"),
        ({"speaker": "Bo Lund"}, "its speaker 'Bo Lund' stands nowhere in the text"),
        ({"speaker": "Ada Hol"}, "its speaker 'Ada Hol' stands nowhere in the text"),
        ({"speaker": "Ada"}, "its speaker 'Ada' is none of its names"),
        ({"names": []}, "its speaker 'Ada Holt' is none of its names"),
        ({"names": ["Ada"]}, "names has an entry that is not what `quotes schema` says"),
        ({"continues": "0f"}, "its continues is '0f', which is no quote_id: 16 hex digits"),
        ({"continues": "0" * 16}, "its continues names 0000000000000000, which is no row of its text"),
        ({"outer": "0" * 16}, "its outer names 0000000000000000, which is no row of its text"),
        ({"titles": [{"text": "mayor", "start": 0, "end": 5}]}, "titles is 'mayor', but the text has 'Ada H'"),
        ({"text_sha256": "0" * 64}, "its text is not there to check it against"),
        ({"text_sha256": None}, "its text is not there to check it against"),
        ({"text_sha256": "../../etc/passwd"}, "its text is not there to check it against"),
    ],
)
def test_what_is_wrong_is_said(fields: dict[str, Any], message: str) -> None:
    (found,) = problems(changed(**fields))
    assert found.startswith(f"2: {message}")


def test_who_speaks_may_be_any_form_that_the_row_lists() -> None:
    assert problems(changed(speaker="Holt")) == []
    rows = [{k: v for k, v in row.items() if not isinstance(v, list)} for row in changed(speaker="Ada")]
    assert problems(rows) == []  # its words stand in the text, and more a flat row does not tell


def test_rows_that_others_name() -> None:
    first, second = extract(TEXT)
    assert problems([first, {**second, "continues": first["quote_id"]}]) == []
    (found,) = problems([{**first, "continues": second["quote_id"]}, second])
    assert found == f"1: its continues names {second['quote_id']}, which does not stand before it"
    (found,) = problems([first, {**second, "outer": first["quote_id"]}])
    assert found == f"2: its outer names {first['quote_id']}, which does not stand around it"
    # Of a part of the rows it cannot be said whether there is such a row.
    assert problems([{**second, "continues": "0" * 16}]) == []
    (found,) = problems([{**second, "continues": "me"}])
    assert "16 hex digits" in found


def test_fields_that_are_not_there_are_not_asked_for() -> None:
    names = ("quote", "start", "end", "text_sha256")
    assert problems([{name: row[name] for name in names} for row in extract(TEXT)]) == []


def test_an_entry_of_a_list_stands_in_its_paragraph() -> None:
    first, _ = extract(TEXT)
    names = [{**first["names"][0], "paragraph": 7}, *first["names"][1:]]
    assert "in paragraph 7, which is another's" in problems([{**first, "names": names}])[0]


@pytest.mark.parametrize("part", [slice(None), slice(None, None, 2)])
def test_all_that_the_pipeline_writes_is_proven(part: slice) -> None:
    articles = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    texts = {text_sha256(text): text for text in articles}
    nested = article_rows()
    for rows in (nested, [row for row in nested if row["level"] == 1], [flat(row) for row in nested]):
        assert problems(rows[part], texts) == []


def test_a_text_that_was_changed_proves_nothing() -> None:
    assert problems(extract(TEXT), {text_sha256(TEXT): TEXT + " "}) == [
        f"{n}: the text is not the one that it was found in (its SHA-256 differs)" for n in (1, 2)
    ]
