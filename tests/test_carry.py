"""How a speaker goes on: in the same paragraph, in the next one, from the words that lead in."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes import carry, hits, rules
from tests.helpers import ARTICLES, cases, folded, words_of

Found = list[list[str | int | None] | None]


def found_in(text: str) -> Found:
    """Return for each quotation its rule, mention, cue and, where the speaker goes on, the quotation he comes from."""
    narrative, spans = folded(text)
    hits = carry.apply(narrative, spans, rules.apply(narrative, spans))
    found: Found = []
    for i in range(len(spans)):
        hit = hits.get(i)
        found.append(hit and [hit.rule, words_of(text, hit.mention), words_of(text, hit.cue), hit.carried_from])
    return found


@pytest.mark.parametrize(("text", "expected"), cases("carry", "same_paragraph"))
def test_within_a_paragraph(text: str, expected: Found) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("carry", "next_paragraph"))
def test_into_the_next_paragraph(text: str, expected: Found) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("carry", "lead_in"))
def test_from_a_paragraph_that_leads_in(text: str, expected: Found) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("carry", "nobody"))
def test_nobody_goes_on(text: str, expected: list[int]) -> None:
    """`expected` are the places of the quotations that must stay without a source."""
    found = found_in(text)
    told = [place for place, hit in enumerate(found) if hit is not None and hit[0] != hits.NAME]
    assert set(told) & set(expected) == set()


def test_what_the_rules_found_stays_as_it_is() -> None:
    text = "“It is late,” said Ana Pell. “We go home.”\n\n“Not at all,” said Ira Moss."
    narrative, spans = folded(text)
    given_hits = rules.apply(narrative, spans)
    before = dict(given_hits)
    found = carry.apply(narrative, spans, given_hits)
    assert given_hits == before
    assert {i: found[i] for i in before} == before
    assert len(found) == len(before) + 1


@given(ARTICLES)
def test_carried_hits_rest_on_one_that_is_not_themselves(text: str) -> None:
    narrative, spans = folded(text)
    told = rules.apply(narrative, spans)
    found = carry.apply(narrative, spans, told)
    assert told.items() <= found.items()
    for index, hit in found.items():
        assert spans[index].outer is None
        assert (hit.mention is None and hit.carried_from is None) == (hit.rule == hits.NAME)
        seen = {index}
        while hit.carried_from is not None:
            assert hit.carried_from not in seen
            seen.add(hit.carried_from)
            hit = found[hit.carried_from]
        assert len(seen) == 1 or hit.mention is not None
