"""Words with a capital that only begin a headline or a sentence."""

from __future__ import annotations

import pytest

from quotes.namefind import mention_at
from quotes.names import NameMention
from quotes.openings import is_plain_verb, without_headline_word, without_opening_verbs
from tests.helpers import folded, tokens_of


def mentions(text: str, *runs: tuple[int, int, int, int]) -> list[NameMention]:
    """Return the name mentions at (paragraph, sentence, first token, last token)."""
    narrative, _ = folded(text)
    return [mention_at(narrative.sentences[p][s].tokens, first, last, (p, s)) for p, s, first, last in runs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Weary Pell drops bid\n\nMayor Pell slept.", "Pell"),
        ("Ana Pell drops bid\n\nThen Ana slept.", "Ana Pell"),
    ],
)
def test_what_begins_a_headline(text: str, expected: str) -> None:
    first, later = mentions(text, (0, 0, 0, 1), (1, 0, 0, 1))
    found = without_headline_word(folded(text)[0], first, [later])
    assert found.span.of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Pell woke. Citing Pell, we slept.", ["Ana Pell", "Pell"]),
        ("Irving Pell woke. Irving Pell, we slept.", ["Irving Pell", "Irving Pell"]),
    ],
)
def test_a_verb_that_opens_a_sentence(text: str, expected: list[str]) -> None:
    found = without_opening_verbs(folded(text)[0], mentions(text, (0, 0, 0, 1), (0, 1, 0, 1)))
    assert [m.span.of(text) for m in found] == expected
    assert [m.words[-1] for m in found] == ["pell", "pell"]
    assert (found[-1].first, found[-1].starts_sentence) == ((1, False) if expected[-1] == "Pell" else (0, True))


def test_verbs_in_lower_case_by_their_form() -> None:
    assert [t.text for t in tokens_of("We slept and walked, Walked was Brin.") if is_plain_verb(t)] == [
        "slept",
        "walked",
        "was",
    ]
