"""Two who say something together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from quotes import joint
from quotes.attributor import attribute
from quotes.cast import Cast
from quotes.speakers import resolve
from tests.helpers import ARTICLES, folded


def speakers_of(text: str) -> list[str | None]:
    """Return the speaker of each quotation, by the rules."""
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans, abstain=False)
    cast = Cast(narrative, attributions)
    made = resolve(cast, joint.with_both(cast, attributions))
    return [m.speaker and m.speaker.name for m in made]


BOTH, FIRST, LAST = "Ana Pell and Ira Moss", "Ana Pell", "Ira Moss"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“We leave now,” Ana Pell and Ira Moss said.", BOTH, id="before the verb"),
        pytest.param("“We leave now,” said Ana Pell and Ira Moss.", BOTH, id="behind the verb"),
        pytest.param("“We leave now,” said Reps. Ana Pell and Ira Moss in a letter.", BOTH, id="a title for both"),
        pytest.param("Ana Pell and Ira Moss later said: “We leave.”", BOTH, id="adverb"),
        pytest.param("According to Ana Pell and Ira Moss, “it is late”.", BOTH, id="according to"),
        pytest.param("“We leave now,” said Ana Pell and Ira Moss laughed.", FIRST, id="the other does something else"),
        pytest.param("Kim Orr met Ana Pell and Ira Moss said: “We leave now.”", LAST, id="one is whom somebody met"),
        pytest.param("“We leave now,” said Ana Pell. Ana Pell and Ira Moss slept.", FIRST, id="elsewhere"),
    ],
)
def test_who_says_it(text: str, expected: str) -> None:
    assert speakers_of(text) == [expected]


def test_the_fullest_names_of_the_two_stand_for_both() -> None:
    text = "Ana Pell and Ira Moss slept.\n\n“We leave now,” Pell and Moss said. “Go,” said Moss."
    assert speakers_of(text) == [BOTH, LAST]


def test_two_of_three_are_not_taken_for_all() -> None:
    assert speakers_of("Kim Orr, Ana Pell and Ira Moss said: “We leave now.”") != [BOTH]


def test_the_mention_is_both_names() -> None:
    text = "“We leave now,” Ana Pell and Ira Moss said."
    narrative, spans = folded(text)
    cast = Cast(narrative, attributions := attribute(narrative, spans, abstain=False))
    (made,) = joint.with_both(cast, attributions)
    assert made.mention is not None
    assert made.mention.of(text) == BOTH


@settings(max_examples=50)
@given(ARTICLES)
def test_mentions_grow_and_nothing_else_changes(text: str) -> None:
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans)
    made = joint.with_both(Cast(narrative, attributions), attributions)
    for old, new in zip(attributions, made, strict=True):
        assert (old.rule, old.cue, old.carried_from) == (new.rule, new.cue, new.carried_from)
        assert old.mention is new.mention or (old.mention and new.mention and new.mention.contains(old.mention))
