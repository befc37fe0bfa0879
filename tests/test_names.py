"""Which mentions of an article are one person or body, and what its fullest name is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import paragraphs
from quotes.namefind import find
from quotes.names import Name, compatible, is_ordinary, join
from tests.helpers import ARTICLES, cases, folded

WORDS = st.sampled_from("ana ira a i pell moss marsh jr van".split())


def names_in(text: str) -> list[Name]:
    narrative, _ = folded(text)
    return join(find(narrative))


@pytest.mark.parametrize(("text", "expected"), cases("names", "joined"))
def test_mentions_that_are_one(text: str, expected: list[list[str]]) -> None:
    """Each name's fullest mention first, then all of its mentions in order."""
    found = [[n.fullest.span.of(text), *(m.span.of(text) for m in n.mentions)] for n in names_in(text)]
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), cases("names", "sections"))
def test_mentions_that_are_one_in_a_digest(text: str, expected: list[list[str]]) -> None:
    """Each name's fullest mention first, then all of its mentions in order."""
    narrative, _ = folded(text)
    names = join(find(narrative), paragraphs.sections(text, narrative.paragraphs))
    assert [[n.fullest.span.of(text), *(m.span.of(text) for m in n.mentions)] for n in names] == expected


@pytest.mark.parametrize(("text", "expected"), cases("names", "bodies"))
def test_bodies_and_persons(text: str, expected: dict[str, bool]) -> None:
    assert {n.fullest.span.of(text): n.is_body for n in names_in(text)} == expected


@pytest.mark.parametrize(("text", "expected"), cases("names", "pronoun"))
def test_pronoun_that_an_honorific_tells(text: str, expected: dict[str, str | None]) -> None:
    assert {n.fullest.span.of(text): n.pronoun for n in names_in(text)} == expected


def test_of_equal_names_the_earliest_is_the_fullest() -> None:
    (name,) = names_in("Ana Pell walked home. Later Ana Pell slept.")
    assert name.fullest.span.start == 0


@pytest.mark.parametrize("given_name", ["Ana", "Ira", "Mary", "John", "Kim"])
def test_a_given_name_tells_no_pronoun(given_name: str) -> None:
    (name,) = names_in(f"{given_name} Pell walked home.")
    assert name.pronoun is None


SHORTER = [
    ("pell", "ana pell", "a surname"),
    ("ana pell", "ana maria pell", "without the middle name"),
    ("a pell", "ana pell", "an initial"),
    ("ana pell", "a pell", "a name for an initial"),
    ("a m pell", "ana maria pell", "two initials"),
    ("ira moss", "ira moss jr", "without the suffix"),
    ("moss jr", "ira moss", "a suffix more"),
    ("kadhimi", "mustafa al kadhimi", "without the particle"),
    ("ana pell", "ana pell", "the same"),
]
OTHERS = [
    ("ana", "ana pell", "a given name alone"),
    ("pell", "ana moss", "another surname"),
    ("ira pell", "ana pell", "another given name"),
    ("i pell", "ana pell", "another initial"),
    ("amy pell", "ana pell", "another name with that initial"),
    ("maria ana pell", "ana maria pell", "given names the other way round"),
    ("ana maria pell", "ana pell", "more names than the full one has"),
    ("pell", "pell moss", "a surname as a given name"),
    ("", "ana pell", "nothing"),
    ("pell", "", "nothing to join"),
]


@pytest.mark.parametrize(("short", "full"), [pytest.param(*case[:2], id=case[2]) for case in SHORTER])
def test_compatible(short: str, full: str) -> None:
    assert compatible(short.split(), full.split())


@pytest.mark.parametrize(("short", "full"), [pytest.param(*case[:2], id=case[2]) for case in OTHERS])
def test_not_compatible(short: str, full: str) -> None:
    assert not compatible(short.split(), full.split())


@pytest.mark.parametrize(
    ("word", "expected"),
    [("senator", True), ("british", True), ("the", True), ("police", True), ("pell", False), ("brin", False)],
)
def test_ordinary_words(word: str, expected: bool) -> None:
    assert is_ordinary(word) is expected


def test_mentions_say_where_they_stand() -> None:
    text = "It rained. Mayor Ana Pell walked home.\n\nPell slept."
    found = find(folded(text)[0])
    assert [(m.span.of(text), m.sentence, m.first, m.last, m.run_first) for m in found] == [
        ("Ana Pell", (0, 1), 1, 2, 0),
        ("Pell", (1, 0), 0, 0, 0),
    ]
    assert [m.words for m in found] == [("ana", "pell"), ("pell",)]


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_name_is_compatible_with_itself(words: list[str]) -> None:
    assert compatible(words, words)


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=4))
def test_compatible_names_share_their_last_name(short: list[str], full: list[str]) -> None:
    last_names = [([word for word in words if word != "jr"] or words)[-1] for words in (short, full)]
    if compatible(short, full):
        assert last_names[0] == last_names[1]


@given(ARTICLES, st.sets(st.integers(0, 8)))
def test_each_mention_has_one_name_wherever_sections_begin(text: str, sections: set[int]) -> None:
    mentions = find(folded(text)[0])
    names = join(mentions, sorted(sections))
    assert sorted(m.span for n in names for m in n.mentions) == [m.span for m in mentions]
    assert all(compatible(m.words, n.fullest.words) or len(m.words) == 1 for n in names for m in n.mentions)


@given(ARTICLES)
def test_mentions_are_apart_and_each_has_one_name(text: str) -> None:
    narrative, spans = folded(text)
    mentions = find(narrative)
    for before, after in pairwise(mentions):
        assert before.span.end <= after.span.start
    for mention in mentions:
        assert mention.words
        assert 0 <= mention.run_first <= mention.first <= mention.last
        for span in spans:
            assert not mention.span.overlaps(span.words)
    names = join(mentions)
    assert sorted(m.span for n in names for m in n.mentions) == [m.span for m in mentions]
    starts = [n.mentions[0].span.start for n in names]
    assert starts == sorted(starts)
    for name in names:
        assert name.fullest in name.mentions
        assert all(len(m.words) <= len(name.fullest.words) for m in name.mentions)
