"""What each reading of a mark costs, and that the right one is the cheapest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.costs import COST, Cost, close_cost, none_cost, open_cost
from quotes.marks import KINDS, Candidate, candidates

# Label, text with the mark between ⟨ and ⟩, the costs that add up.
OPEN = [
    ("an opener before a word", "said ⟨“⟩We", []),
    ("a straight mark before a word", 'said ⟨"⟩We', []),
    ("after a bracket", "(⟨“⟩We", []),
    ("after a dash", "—⟨“⟩We", []),
    ("before three dots", "said ⟨“⟩...and", []),
    ("a closer by form", "said ⟨”⟩We", [Cost.AGAINST_DIRECTION]),
    ("glued to a word", "said⟨“⟩We", [Cost.OPEN_AFTER_WORD]),
    ("glued to a number", "in 1990⟨“⟩We", [Cost.OPEN_AFTER_WORD]),
    ("glued to a comma", "said,⟨“⟩We", [Cost.OPEN_AFTER_PUNCTUATION]),
    ("after another mark", "said ”⟨“⟩We", [Cost.OPEN_AFTER_MARK]),
    ("before a space", "said ⟨“⟩ We", [Cost.OPEN_BEFORE_SPACE]),
    ("before a comma", "said ⟨“⟩, and", [Cost.OPEN_BEFORE_PUNCTUATION]),
    ("before a dash", "said ⟨“⟩—and", [Cost.OPEN_BEFORE_PUNCTUATION]),
    ("last in the paragraph", "said ⟨“⟩", [Cost.OPEN_AT_END]),
    ("a closer's place", "over.⟨”⟩ He", [Cost.AGAINST_DIRECTION, Cost.OPEN_AFTER_PUNCTUATION, Cost.OPEN_BEFORE_SPACE]),
    ("a space after two marks", "said ⟨“⟩‘ We", [Cost.OPEN_BEFORE_SPACE]),
    ("an elision", "get ⟨‘⟩em", [Cost.OPEN_ELIDED]),
    ("a decade", "the ⟨‘⟩90s", [Cost.OPEN_ELIDED]),
    ("a double mark before what could be an elision", "get ⟨“⟩em", []),
    ("corner brackets need no space", "雨⟨「⟩雨", []),
]
CLOSE = [
    ("after a comma", "over,⟨”⟩ he", "curly", []),
    ("after a word: a fragment", "farce⟨”⟩ and", "curly", [Cost.CLOSE_AFTER_WORD]),
    ("after a number", "in 1990⟨”⟩ and", "curly", [Cost.CLOSE_AFTER_WORD]),
    ("after a space", "over, ⟨”⟩ he", "curly", [Cost.CLOSE_AFTER_SPACE]),
    ("after a bracket", "over (⟨”⟩ he", "curly", [Cost.CLOSE_AFTER_SPACE]),
    ("first in the paragraph", "⟨”⟩ he", "curly", [Cost.CLOSE_AT_START]),
    ("glued to a word", "over,⟨”⟩he", "curly", [Cost.CLOSE_BEFORE_WORD]),
    ("glued to a number", "over,⟨”⟩2", "curly", [Cost.CLOSE_BEFORE_WORD]),
    ("glued to a sign", "over,⟨”⟩$2", "curly", [Cost.CLOSE_BEFORE_WORD]),
    ("before another mark", "over,⟨’⟩” he", "curly", [Cost.CLOSE_BEFORE_MARK]),
    ("an opener by form", "over,⟨“⟩ he", "curly", [Cost.AGAINST_DIRECTION]),
    ("another style", 'over,⟨"⟩ he', "curly", [Cost.OTHER_STYLE]),
    ("another style and a fragment", "farce⟨”⟩ and", "ascii", [Cost.OTHER_STYLE, Cost.CLOSE_AFTER_WORD]),
    ("high to the left after low", "over,⟨“⟩ he", "low", []),
    ("high to the right after low", "over,⟨”⟩ he", "low", []),
    ("corner brackets need no space", "雨⟨」⟩雨", "cjk", []),
]
NONE = [
    ("a prime", "12⟨″⟩ pipe", "prime", Cost.EMPTY),
    ("an empty pair's first", 'said ⟨"⟩" and', "empty-pair", Cost.EMPTY),
    ("an empty pair's second", 'said "⟨"⟩ and', "empty-pair", Cost.EMPTY),
    ("the first of a doubled opener", 'said ⟨"⟩"We', "doubled", Cost.DOUBLED),
    ("the second of a doubled opener", 'said "⟨"⟩We', "stray", Cost.STRAY),
    ("the second of a doubled closer", "over.”⟨”⟩ He", "doubled", Cost.DOUBLED),
    ("the first of a doubled closer", "over.⟨”⟩” He", "stray", Cost.STRAY),
    ("two marks that are not the same", "over.’⟨”⟩ He", "stray", Cost.STRAY),
    ("feet and inches", "6'2⟨\"⟩ tall", "inch", Cost.SURE),
    ("feet, a space and inches", "6' 2⟨\"⟩ tall", "inch", Cost.SURE),
    ("inches", '6⟨"⟩ pipe', "inch", Cost.INCH),
    ("curly inches", "6⟨”⟩ pipe", "inch", Cost.INCH),
    ("an entity after a number", "6⟨&quot;⟩ pipe", "stray", Cost.STRAY),
    ("a mark after a word", 'pipe⟨"⟩ and', "stray", Cost.STRAY),
    ("feet", "9⟨'⟩ wall", "foot", Cost.SURE),
    ("feet, then a full stop", "9⟨'⟩.", "foot", Cost.POSSESSIVE),
    ("a decade", "the ⟨’⟩90s", "decade", Cost.SURE),
    ("a decade without s", "the ⟨'⟩68 vintage", "decade", Cost.SURE),
    ("an elision", "get ⟨’⟩em", "elision", Cost.SURE),
    ("an elision in capitals", "GET ⟨'⟩EM", "elision", Cost.SURE),
    ("a word that only begins like one", "get ⟨’⟩embers", "stray", Cost.STRAY_SINGLE),
    ("an opener that opens nothing", "get ⟨‘⟩embers", "stray", Cost.STRAY_OPEN_SINGLE),
    ("a possessive", "workers⟨’⟩ pay", "possessive", Cost.POSSESSIVE),
    ("a possessive in capitals", "WORKERS⟨’⟩ PAY", "possessive", Cost.POSSESSIVE),
    ("a clipped word", "huntin⟨’⟩ all", "clipped", Cost.CLIPPED),
    ("a single mark after a full stop", "over.⟨’⟩ He", "stray", Cost.STRAY_SINGLE),
    ("a bullet", "⟨»⟩ First", "bullet", Cost.BULLET),
    ("a guillemet at the start of a word", "⟨»⟩First", "stray", Cost.STRAY),
    ("a guillemet elsewhere", "First ⟨»⟩ second", "stray", Cost.STRAY),
]

# Label, text with the mark, style of what is open before it ("" where nothing is), the cheapest reading.
CHEAPEST = [
    ("an opener opens", "said ⟨“⟩We go", "", "open"),
    ("a closer closes", "We go,⟨”⟩ he said", "curly", "close"),
    ("a straight mark opens", 'said ⟨"⟩We go', "", "open"),
    ("a straight mark closes", 'We go,⟨"⟩ he said', "ascii", "close"),
    ("a closer typed as an opener closes", "We go,⟨“⟩ he said", "curly", "close"),
    ("an opener typed as a closer opens", "said: ⟨”⟩We go", "", "open"),
    ("inches are no mark", '6⟨"⟩ pipe', "", "none"),
    ("a possessive is no mark", "the workers⟨’⟩ pay", "", "none"),
    ("a decade is no mark", "the ⟨’⟩90s", "", "none"),
    ("a bullet is no mark", "⟨»⟩ First", "", "none"),
]


def marked(text: str) -> tuple[str, Candidate]:
    """Return the text without ⟨ and ⟩, and the mark that stood between them."""
    before, rest = text.split("⟨")
    mark, after = rest.split("⟩")
    plain = before + mark + after
    return plain, next(c for c in candidates(plain, 0, len(plain)) if c.start == len(before))


def total(costs: list[Cost]) -> float:
    return pytest.approx(sum(COST[cost] for cost in costs))  # type: ignore[no-any-return]


@pytest.mark.parametrize(("text", "costs"), [pytest.param(*case[1:], id=case[0]) for case in OPEN])
def test_cost_of_opening(text: str, costs: list[Cost]) -> None:
    assert open_cost(*marked(text)) == total(costs)


@pytest.mark.parametrize(("text", "style", "costs"), [pytest.param(*case[1:], id=case[0]) for case in CLOSE])
def test_cost_of_closing(text: str, style: str, costs: list[Cost]) -> None:
    assert close_cost(marked(text)[1], style) == total(costs)


@pytest.mark.parametrize(("text", "rule", "cost"), [pytest.param(*case[1:], id=case[0]) for case in NONE])
def test_cost_of_being_no_mark(text: str, rule: str, cost: Cost) -> None:
    assert none_cost(*marked(text)) == (rule, COST[cost])


@pytest.mark.parametrize("number", ["6½", "3¼"])
def test_inches_with_a_fraction(number: str) -> None:
    assert none_cost(*marked(f'a {number}⟨"⟩ pipe')) == ("inch", COST[Cost.INCH])


@pytest.mark.parametrize(("text", "style", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CHEAPEST])
def test_the_right_reading_is_the_cheapest(text: str, style: str, expected: str) -> None:
    plain, mark = marked(text)
    prices = {"none": none_cost(plain, mark)[1], "open": open_cost(plain, mark)}
    if style:
        prices["close"] = close_cost(mark, style)
    assert min(prices, key=prices.__getitem__) == expected


@pytest.mark.parametrize("mark", ["»", "«"])
def test_a_guillemet_against_its_direction_costs_less_than_a_curly_mark(mark: str) -> None:
    plain, opener = marked("said ⟨»⟩We")
    assert 0 < open_cost(plain, opener) < COST[Cost.AGAINST_DIRECTION]
    _, closer = marked("go,⟨«⟩ he")
    assert 0 < close_cost(closer, "guillemet") < COST[Cost.AGAINST_DIRECTION]


def test_every_cost_has_a_value() -> None:
    assert set(COST) == set(Cost)
    assert all(value >= 0 for value in COST.values())


def test_no_two_costs_are_one() -> None:
    assert len(Cost.__members__) == len(list(Cost))


@given(
    st.text(st.sampled_from("ab5 .,(—'’"), max_size=6),
    st.sampled_from(sorted(KINDS)),
    st.text(st.sampled_from("ab5 .,(—'’"), max_size=6),
    st.sampled_from(sorted({kind.style for kind in KINDS.values()})),
)
def test_no_reading_is_a_reward(before: str, mark: str, after: str, style: str) -> None:
    text = before + mark + after
    for found in candidates(text, 0, len(text)):
        assert open_cost(text, found) >= 0
        assert close_cost(found, style) >= 0
        rule, price = none_cost(text, found)
        assert rule
        assert price >= 0
