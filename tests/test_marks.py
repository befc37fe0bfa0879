"""Which characters could be quotation marks, and what stands beside them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.marks import KINDS, MARK, candidates, char_class, is_apostrophe, scan

TEXTS = st.lists(st.one_of(st.sampled_from(sorted(KINDS)), st.sampled_from("aZé5 .,—([$"), st.characters())).map(
    "".join
)

FOUND = [
    ("straight and curly", '"a" “b”', ['"', '"', "“", "”"]),
    ("two single marks are one double mark", "''a''", ["''", "''"]),
    ("three at the end: single, then double", "'a'''", ["'", "'", "''"]),
    ("three at the start: double, then single", "'''a''", ["''", "'", "''"]),
    ("three at the end before a word", "a'''b", ["''", "'"]),
    ("two grave accents", "``a`", ["``", "`"]),
    ("entities", "&ldquo;a&rdquo;&#39;&#x201C;", ["&ldquo;", "&rdquo;", "&#39;", "&#x201C;"]),
    ("other entities", "&amp;&lt;&ldquo &ldquo", []),
    ("brackets and guillemets", "«a» ‹b› 「c」『d』", ["«", "»", "‹", "›", "「", "」", "『", "』"]),
    ("primes", "5′ 6″", ["′", "″"]),
    ("no marks", "(a) <b> [c] * ~", []),
]

CLASSES = [
    ("word", "aZéßжあ雨"),
    ("digit", "059²٣"),
    ("space", " \t\n\xa0\u2003\u3000\u200b\ufeff\u200e\u200f\u2060"),
    ("bracket", "([{<¿¡"),
    ("punctuation", ".,!?;:…)]}>%。、，！？：；"),
    ("dash", "-–—―_/|=+~*•·"),
    ("starter", "$£€¥#@&"),
    ("other", "^§©\U0001f600"),
]

# Text; then for each mark: what stands on its left, on the left of the run of marks, on its right, right of the run.
NEIGHBOURS = [
    ("alone", '"', [("edge", "edge", "edge", "edge")]),
    ("around a word", 'a "b" c', [("space", "space", "word", "word"), ("word", "word", "space", "space")]),
    ("at the edges", "“b”", [("edge", "edge", "word", "word"), ("word", "word", "edge", "edge")]),
    ("glued", "now,”said", [("punctuation", "punctuation", "word", "word")]),
    ("after a number", '6" ', [("digit", "digit", "space", "space")]),
    ("after a bracket", "(“$5", [("bracket", "bracket", "starter", "starter")]),
    ("beside dashes", "—“—", [("dash", "dash", "dash", "dash")]),
    ("one full stop after it", "a”.", [("word", "word", "punctuation", "punctuation")]),
    ("three full stops after it", " “...a", [("space", "space", "starter", "starter")]),
    (
        "two marks",
        "a.’” b",
        [("punctuation", "punctuation", "mark", "space"), ("mark", "punctuation", "space", "space")],
    ),
    (
        "three marks",
        " “‘’a",
        [("space", "space", "mark", "word"), ("mark", "space", "mark", "word"), ("mark", "space", "word", "word")],
    ),
    ("an entity", "a&quot;b", [("word", "word", "word", "word")]),
]

IN_WORDS = [
    ("n’t", "don’t", 1),
    ("a straight one", "don't", 1),
    ("the wrong mark", "don‘t won´t can`t", 3),
    ("an entity", "don&rsquo;t don&#39;t", 2),
    ("between digits", "6'2 tall", 1),
    ("a prime between digits", "6′2 tall", 1),
    ("a low mark", "a‚b", 0),
    ("two in a word", "o’er’s", 2),
    ("a possessive", "workers’ pay", 0),
    ("an elision", "the ’90s ’em", 0),
    ("beside an underscore", "a_’b", 0),
    ("a double mark", "a“b a”b", 0),
    ("two single marks", "a''b", 0),
]


def params(table: list[tuple[str, str, object]]) -> list[object]:
    return [pytest.param(*case[1:], id=case[0]) for case in table]


@pytest.mark.parametrize("mark", sorted(KINDS))
def test_every_mark_of_the_list_is_found_whole(mark: str) -> None:
    match = MARK.match(mark)
    assert match is not None
    assert match.group() == mark


@pytest.mark.parametrize("family", sorted({kind.family for kind in KINDS.values()} - {"prime"}))
def test_every_family_can_open_and_close(family: str) -> None:
    directions = {kind.direction for kind in KINDS.values() if kind.family == family}
    assert directions >= {"open", "close"}


def test_directions_are_those_that_the_costs_know() -> None:
    assert {kind.direction for kind in KINDS.values()} == {"open", "close", "either"}


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ('"', ("double", "either", "ascii")),
        ("“", ("double", "open", "curly")),
        ("’", ("single", "close", "curly")),
        ("»", ("guillemet", "close", "guillemet")),
        ("„", ("double", "open", "low")),
        ("&#8221;", ("double", "close", "entity")),
    ],
)
def test_kinds(mark: str, kind: tuple[str, str, str]) -> None:
    assert KINDS[mark] == kind


@pytest.mark.parametrize(("text", "expected"), params(FOUND))
def test_marks_of_a_text(text: str, expected: list[str]) -> None:
    assert [mark.text for mark in candidates(text, 0, len(text))] == expected


@pytest.mark.parametrize(("expected", "char"), [(name, char) for name, chars in CLASSES for char in chars])
def test_classes_of_characters(expected: str, char: str) -> None:
    assert char_class(char) == expected


@pytest.mark.parametrize(("text", "expected"), params(NEIGHBOURS))
def test_what_stands_beside_a_mark(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = candidates(text, 0, len(text))
    assert [(m.left, m.left_past, m.right, m.right_past) for m in found] == expected


@pytest.mark.parametrize(("text", "count"), params(IN_WORDS))
def test_apostrophes_inside_words(text: str, count: int) -> None:
    assert sum(map(is_apostrophe, candidates(text, 0, len(text)))) == count


def test_what_lies_outside_the_paragraph_is_no_evidence() -> None:
    (inside,) = candidates("a“b”c", 3, 4)
    assert inside[:3] == (3, 4, "”")
    assert (inside.left, inside.right) == ("edge", "edge")


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
@example("'a'''", 0, 5)
def test_candidates_are_the_marks_in_order(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    found = candidates(text, start, end)
    assert [(m.start, m.end) for m in found] == [match.span() for match in MARK.finditer(text, start, end)]
    assert all(text[m.start : m.end] == m.text and KINDS[m.text] == m.kind for m in found)


def test_marks_are_read_as_they_are_asked_for() -> None:
    text = "“a” " * 1000
    marks = scan(text, 0, len(text))
    assert next(marks) == candidates(text, 0, len(text))[0]
    assert sum(1 for _ in marks) == 1999


@given(TEXTS)
def test_no_evidence_past_a_run_of_marks_is_a_mark(text: str) -> None:
    found = candidates(text, 0, len(text))
    assert "mark" not in {m.left_past for m in found} | {m.right_past for m in found}
    assert {m.start for m in found if m.left == "mark"} == {m.end for m in found if m.right == "mark"}
    assert all((m.left == "edge") == (m.start == 0) and (m.right == "edge") == (m.end == len(text)) for m in found)
