"""Who stands where: by name, beside a description, behind a statement, and under what the reader points to."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.cast import Cast
from quotes.names import Name
from quotes.records import Span
from quotes.referents import Referents
from tests.helpers import ARTICLES, cases, folded

Expected = dict[str, str | None]
"""Of a mention, by its words where they stand last, the fullest name."""


def cast_of(text: str) -> Cast:
    return Cast(folded(text)[0])


def last(text: str, words: str) -> Span:
    start = text.rindex(words)
    return Span(start, start + len(words))


def told(cast: Cast, name: Name | None) -> str | None:
    return None if name is None else cast.words_of(name)


def entry(cast: Cast, words: str) -> Name:
    """Return the person, body or description that is given as `words`."""
    (found,) = [name for name in cast.everybody if cast.words_of(name) == words]
    return found


@pytest.mark.parametrize(("text", "expected"), cases("places", "named"))
def test_whom_a_mention_names(text: str, expected: Expected) -> None:
    cast = cast_of(text)
    assert {words: told(cast, cast.places.named(last(text, words))) for words in expected} == expected


@pytest.mark.parametrize(("text", "expected"), cases("places", "apposed"))
def test_who_stands_beside_a_description(text: str, expected: Expected) -> None:
    cast = cast_of(text)
    assert {words: told(cast, cast.places.apposed(last(text, words))) for words in expected} == expected


@pytest.mark.parametrize(
    ("text", "surname", "expected"),
    [
        ("Ana Pell met Ira Pell and Ira Moss.", "pell", ["Ana Pell", "Ira Pell"]),
        ("Ana Pell met Ira Moss.", "ana", []),
        ("Then Pell met Ira Moss.", "pell", []),
        ("Ira Moss Jr. slept.", "moss", ["Ira Moss Jr."]),
        ("Ana Brin met the Bank of Brin.", "brin", ["Ana Brin"]),
        ("Ana Pell slept.", "quill", []),
    ],
    ids=["two", "a given name", "never named in full", "a suffix", "a body", "nobody"],
)
def test_bearers(text: str, surname: str, expected: list[str]) -> None:
    cast = cast_of(text)
    assert [cast.words_of(name) for name in cast.places.bearers(surname)] == expected


@pytest.mark.parametrize(("text", "expected"), cases("places", "issuer"))
def test_who_issued_a_statement(text: str, expected: Expected) -> None:
    cast = cast_of(text)
    found = {}
    for words in expected:
        mention = last(text, words)
        found[words] = told(cast, cast.places.issuer(mention, cast.paragraph(mention.start), (), cast.walk))
    assert found == expected


@pytest.mark.parametrize(
    "start", ["Ana Pell thanked Ira Moss. “It is late,” read a statement.", "Ana Pell read a statement: “It is late.”"]
)
@pytest.mark.parametrize("speaker", ["Ana Pell", "Ira Moss"])
def test_who_speaks_in_a_statement_issued_it(start: str, speaker: str) -> None:
    text = f"{start}\n\nIra Moss slept.\n\n“We go,” the statement said."
    cast = cast_of(text)
    spoken = [(text.index("“It"), 0, entry(cast, speaker))]
    assert told(cast, cast.places.issuer(last(text, "the statement"), 2, spoken, cast.walk)) == speaker


def test_who_speaks_before_a_statement_did_not_issue_it() -> None:
    text = "“It is late,” said Ira Moss. Then a statement came.\n\n“We go,” the statement said."
    cast = cast_of(text)
    spoken = [(0, 0, entry(cast, "Ira Moss"))]
    assert cast.places.issuer(last(text, "the statement"), 1, spoken, cast.walk) is None


def shares(text: str, *pointed: tuple[str, float]) -> Expected | dict[str, float]:
    """Return the share of everybody, by name, where the reader points to words where they stand last."""
    cast = cast_of(text)
    found = cast.places.shares(Referents(tuple((last(text, words), share) for words, share in pointed), 0.1))
    return {cast.words_of(name): found[id(name)] for name in cast.everybody if id(name) in found}


@pytest.mark.parametrize(
    ("text", "pointed", "expected"),
    [
        ("Ana Pell met Ira Moss.", [("Ana", 0.3), ("Pell", 0.4), ("Moss", 0.2)], {"Ana Pell": 0.7, "Ira Moss": 0.2}),
        ("Ana Pell slept. Then Moss met Pell.", [("Ana Pell", 0.5), ("Pell", 0.25)], {"Ana Pell": 0.75}),
        ("Then a nurse met Ana Pell.", [("nurse", 0.6), ("Pell", 0.1)], {"Ana Pell": 0.1, "a nurse": 0.6}),
        ("Then Ana Pell slept.", [("slept", 0.9)], {}),
        ("Then a lawyer for Ana Pell slept.", [("lawyer", 0.5)], {"a lawyer for Ana Pell": 0.5}),
        ("Then a lawyer for Ana Pell slept.", [("Pell", 0.5)], {"Ana Pell": 0.5}),
        ("Then Ana Pell and Ira Moss slept.", [("Pell", 0.5), ("and", 0.25)], {"Ana Pell": 0.5}),
        ("Ana Pell slept.", [], {}),
    ],
    ids=["two names", "two mentions", "a description", "nobody", "who is described", "a name in it", "a pair", "none"],
)
def test_shares(text: str, pointed: list[tuple[str, float]], expected: dict[str, float]) -> None:
    assert shares(text, *pointed) == pytest.approx(expected)


@given(ARTICLES, st.lists(st.floats(0.0, 0.1), min_size=8, max_size=8))
@settings(max_examples=100)
def test_shares_are_of_whom_the_words_are(text: str, given_shares: list[float]) -> None:
    cast = cast_of(text)
    words = [Span(*match.span()) for match in re.finditer(r"\w+", text)]
    read = Referents(tuple(zip(words, given_shares, strict=False)), 0.0)
    found = cast.places.shares(read)
    known = {id(name): [m.span for m in name.mentions] for name in cast.everybody}
    assert sum(found.values()) <= sum(share for _, share in read.named) + 1e-9
    for key, share in found.items():
        over = [s for span, s in read.named if any(span.overlaps(mention) for mention in known[key])]
        assert share <= sum(over) + 1e-9
    named = [m.span for name in cast.names for m in name.mentions]
    least = sum(share for span, share in read.named if any(span.overlaps(mention) for mention in named))
    assert sum(found.values()) >= least - 1e-9


@given(ARTICLES)
@settings(max_examples=60)
def test_each_mention_of_a_name_names_it(text: str) -> None:
    cast = cast_of(text)
    for name in cast.names:
        assert all(cast.places.named(mention.span) is name for mention in name.mentions)
