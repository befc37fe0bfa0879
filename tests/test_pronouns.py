"""Whom each pronoun can stand for, by what the article says and never by what a given name sounds like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import namefind, names, pronouns
from tests.helpers import ARTICLES, cases, folded

GIVEN_NAMES = ["Mary", "John", "Ana", "Ira", "Fatima", "Omar", "Kim", "Odile", "Ruth", "Peter"]

TEMPLATES = [
    "{a} Pell thanked {b} Moss. “It is late,” she said.",
    "{a} Pell thanked {b} Moss. “It is late,” he said.",
    "{a} Pell walked home.\n\n{b} Moss slept. “It is late,” she said.\n\n“We go home,” he added.",
    "Mr. {a} Pell thanked {b} Moss. “It is late,” she said. “We go home,” he added.",
    "{a} Pell lost her hat. {b} Moss slept. “It is late,” he said.",
    "“It is late,” {a} Pell told {b} Moss, a nurse. Then she walked home with his dog.",
]


def standing(text: str) -> list[list[str | float]]:
    """Return for each pronoun that can stand for somebody: its word, then the names with their shares, best first."""
    narrative, _ = folded(text)
    found = pronouns.walk(narrative, names.join(namefind.find(narrative))).found
    return [
        [text[start:].split()[0].strip(",.”"), *(x for n, share in ranking for x in (n.fullest.span.of(text), share))]
        for start, ranking in sorted(found.items())
    ]


def best(text: str) -> list[list[str]]:
    """Return each pronoun that can stand for somebody, and whom it does."""
    return [[str(word), str(ranking[0])] for word, *ranking in standing(text) if str(word).lower() != "the"]


@pytest.mark.parametrize(("text", "expected"), cases("pronouns", "best"))
def test_whom_a_pronoun_stands_for(text: str, expected: list[list[str]]) -> None:
    assert best(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("pronouns", "only"))
def test_whom_a_pronoun_can_stand_for(text: str, expected: list[list[str]]) -> None:
    """`expected` names everybody that the text's last pronoun can mean, whatever the shares."""
    narrative, _ = folded(text)
    found = pronouns.walk(narrative, names.join(namefind.find(narrative))).found
    ranking = found[max(found)] if found else []
    assert sorted(name.fullest.span.of(text) for name, _ in ranking) == sorted(expected)


@pytest.mark.parametrize("template", TEMPLATES)
def test_swapped_given_names_change_nothing(template: str) -> None:
    def by_surname(a: str, b: str) -> list[list[str | float]]:
        made = standing(template.format(a=a, b=b))
        return [[x.split()[-1] if isinstance(x, str) else round(x, 9) for x in entry] for entry in made]

    assert by_surname("Mary", "John") == by_surname("John", "Mary") != []


@given(st.sampled_from(TEMPLATES), st.lists(st.sampled_from(GIVEN_NAMES), min_size=4, max_size=4, unique=True))
def test_no_given_name_changes_anything(template: str, given_names: list[str]) -> None:
    a, b, c, d = given_names
    first = [[word, name.split()[-1]] for word, name in best(template.format(a=a, b=b))]
    second = [[word, name.split()[-1]] for word, name in best(template.format(a=c, b=d))]
    assert first == second


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        ("Ana Pell lost her hat.", "Ana Pell", "f"),
        ("Ira Moss lost his hat.", "Ira Moss", "m"),
        ("Ana Pell walked home. The lamp burned her.", "Ana Pell", "f"),
        ("Ana Pell walked home.", "Ana Pell", None),
        ("Her dog followed Ira Moss.", "Ira Moss", None),
        ("Ana Pell and Ira Moss lost his hat.", "Ana Pell", None),
        ("Ana Pell lost her hat and his hat.", "Ana Pell", None),
        ("Ana Pell lost her hat, her coat, her bag and his lamp.", "Ana Pell", "f"),
        ("Ana Pell walked home. Brin Council lost her.", "Ana Pell", "f"),
        ("Brin Council lost her hat.", "Brin Council", None),
        ("Then Ms. Pell lost his hat.", "Pell", None),
    ],
)
def test_pronouns_that_can_mean_nobody_else_are_tied(text: str, person: str, expected: str | None) -> None:
    narrative, _ = folded(text)
    registry = names.join(namefind.find(narrative))
    pronouns.walk(narrative, registry)
    (tied,) = [name.tied for name in registry if name.fullest.span.of(text) == person]
    assert tied == expected


def test_two_that_fit_are_ambiguous() -> None:
    ((_, first, share, second, other),) = standing("Ana Pell and Ira Moss slept in Brin Hospital, she said.")
    assert {first, second} == {"Ana Pell", "Ira Moss"}
    assert isinstance(share, float)
    assert isinstance(other, float)
    assert share + other == pytest.approx(1.0)


def test_a_person_is_forgotten_in_time() -> None:
    text = "Ana Pell walked home." + "\n\nLamps failed all night." * 30 + "\n\n“It is late,” she said."
    assert standing(text) == []


@given(ARTICLES)
def test_shares_are_shares(text: str) -> None:
    narrative, _ = folded(text)
    registry = names.join(namefind.find(narrative))
    for start, ranking in pronouns.walk(narrative, registry).found.items():
        assert text[start : start + 1].isalpha()
        shares = [share for _, share in ranking]
        assert sum(shares) == pytest.approx(1.0)
        assert shares == sorted(shares, reverse=True)
        assert all(0.0 <= share <= 1.0 for share in shares)
        assert len({id(name) for name, _ in ranking}) == len(ranking)
        assert all(any(name is known for known in registry) for name, _ in ranking)
