"""Who is behind each mention: a name in full, a described person, nobody; and what a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given, settings

from quotes.attributor import attribute
from quotes.cast import Cast
from quotes.confidence import rate
from quotes.narrative import fold
from quotes.records import ABSTAINED, Attribution, Candidate, QuotedSpan, Resolution, Span, SpeakerType
from quotes.referents import Referents
from quotes.scores import score
from quotes.speakers import confirmed, resolve, unclear
from tests.helpers import ARTICLES, cases, folded, read


def speakers_of(text: str) -> list[str | None]:
    return [resolution.speaker and resolution.speaker.name for resolution in read(text).resolutions]


def last_of(text: str) -> Resolution:
    return read(text).resolutions[-1]


@pytest.mark.parametrize(("text", "expected"), cases("speakers", "names"))
def test_names(text: str, expected: list[str | None]) -> None:
    assert speakers_of(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("speakers", "descriptions"))
def test_descriptions(text: str, expected: list[str | None]) -> None:
    assert speakers_of(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("speakers", "pronouns"))
def test_pronouns(text: str, expected: list[str | None]) -> None:
    assert speakers_of(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("speakers", "types"))
def test_type_of_the_speaker(text: str, expected: str) -> None:
    speaker = last_of(text).speaker
    assert speaker is not None
    assert speaker.type == expected


@pytest.mark.parametrize(("text", "expected"), cases("speakers", "titles"))
def test_title_and_affiliation_of_the_speaker(text: str, expected: list[list[str]]) -> None:
    speaker = last_of(text).speaker
    assert speaker is not None
    found = [[phrase.span.of(text) for phrase in phrases] for phrases in (speaker.titles, speaker.affiliations)]
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), cases("speakers", "rules"))
def test_rule_that_ties_the_mention(text: str, expected: list[str]) -> None:
    assert [resolution.rule for resolution in read(text).resolutions] == expected


@pytest.mark.parametrize(
    ("first", "second"), [("Mary", "John"), ("John", "Mary"), ("Fatima", "Omar"), ("Kim", "Odile"), ("Peter", "Ruth")]
)
def test_no_given_name_decides_between_two_people(first: str, second: str) -> None:
    text = f"{first} Pell thanked {second} Moss. “It is late,” she said. “We go,” Moss said. “No,” he said."
    assert [name and name.split()[-1] for name in speakers_of(text)] == [
        name and name.split()[-1] for name in speakers_of(text.replace(first, "Ana").replace(second, "Ira"))
    ]


def test_the_name_stands_where_the_article_gives_it_in_full() -> None:
    text = "“It is late,” said Pell.\n\nAna Pell, a nurse, walked home."
    speaker = last_of(text).speaker
    assert speaker is not None
    assert speaker.name_span.start == text.index("Ana Pell")
    assert speaker.name_span.of(text) == speaker.name


def test_two_mentions_of_one_person_are_one_speaker() -> None:
    first, second = read("“It is late,” said Ana Pell. “No,” said Ira Moss. “Go,” said Pell.").resolutions[::2]
    assert first.speaker == second.speaker


def test_a_pronoun_that_fits_two_offers_both() -> None:
    made = last_of("Ana Pell laughed and Ira Moss laughed. “It is late,” she said.")
    assert made.speaker is not None
    other, share = made.alternatives[0]
    assert {made.speaker.name, other} == {"Ana Pell", "Ira Moss"}
    assert 0.1 < share < made.score


@pytest.mark.parametrize("mention", ["Marsh", "Mrs. Marsh"])
def test_a_surname_of_two_people_says_so(mention: str) -> None:
    made = last_of(f"Bill Marsh walked home. Hilda Marsh laughed. “It is late,” said {mention}.")
    assert made.speaker is not None
    ((other, share),) = made.alternatives
    assert {made.speaker.name, other} == {"Bill Marsh", "Hilda Marsh"}
    assert made.score + share == pytest.approx(1.0)
    assert other in " ".join(made.review)


def test_a_given_name_settles_a_surname_of_two_people() -> None:
    made = last_of("Bill Marsh walked home. Hilda Marsh laughed. “It is late,” said Bill Marsh.")
    assert made.speaker is not None
    assert (made.speaker.name, made.alternatives, made.review) == ("Bill Marsh", (), ())


def test_a_clear_pronoun_is_not_ambiguous() -> None:
    made = last_of("Ms. Pell thanked Mr. Moss. “It is late,” she said.")
    assert made.speaker is not None
    assert made.speaker.name == "Pell"
    assert made.score > 0.8
    assert not any("could also be" in reason for reason in made.review)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("“It is late,” he said.", "nobody fits “he” well enough"),
        ("“It is late,” I said.", "nobody fits “i”"),
    ],
)
def test_reasons_to_look(text: str, reason: str) -> None:
    assert last_of(text).review == (reason,)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("“It is late,” said Ana Pell.\n\n“We go home.”", ("carried on from the paragraph before", "low confidence")),
        ("“It is late,” said Ana Pell.", ()),
        ("“No,” said Ana Pell. “We go.”", ()),
        ("“Late” lamps.", ()),
    ],
)
def test_reasons_to_look_at_a_row(text: str, reasons: tuple[str, ...]) -> None:
    reading = read(text)
    rated = rate(text, reading.spans, reading.attributions, reading.resolutions)
    assert rated[-1].review == reasons


def resolved(text: str, *attributions: Attribution) -> tuple[Resolution, ...]:
    return resolve(Cast(folded(text)[0], attributions), attributions)


def test_one_mention_means_one_person() -> None:
    first, second = read("Ana Pell, a nurse, spoke. “It is late,” she said. “We go.”").resolutions
    assert first == second


def test_a_source_held_back_is_offered_by_its_full_name() -> None:
    text = "Ana Pell walked home.\n\nThen Pell spoke.\n\n“It is late and we go home.”"
    reading = read(text)
    (held,) = reading.attributions[0].alternatives
    (made,) = reading.resolutions
    assert made.speaker is None
    assert made.rule == "no-mention"
    assert made.alternatives == (("Ana Pell", round(held.score * score("surname"), 4)),)


def test_a_mention_inside_a_quotation_finds_its_name() -> None:
    text = "Ana Pell walked home.\n\n“PELL: It is late.”"
    assert speakers_of(text) == ["Ana Pell"]


def test_no_attributions_no_resolutions() -> None:
    assert resolve(Cast(fold("", (), ())), ()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "“It is late,” said Ana Pell.",
        "Ana Pell slept. “It is late,” said Pell.",
        "“It is late,” said a nurse.",
    ],
)
def test_a_tie_by_name_has_the_score_of_its_rule(text: str) -> None:
    made = last_of(text)
    assert made.score == score(made.rule)


@given(ARTICLES)
@settings(max_examples=250)
def test_whatever_the_text(text: str) -> None:
    reading = read(text)
    assert len(reading.resolutions) == len(reading.attributions) == len(reading.spans)
    for attribution, made in zip(reading.attributions, reading.resolutions, strict=True):
        assert 0.0 <= made.score <= 1.0
        assert all(0.0 <= share <= 1.0 for _, share in made.alternatives)
        assert len(made.review) == len(set(made.review))
        if attribution.mention is None and attribution.carried_from is None:
            assert made.speaker is None
        if made.speaker is not None:
            assert made.speaker.type in get_args(SpeakerType)
            assert made.speaker.name == made.speaker.name_span.of(text) != ""
            for phrase in (*made.speaker.titles, *made.speaker.affiliations):
                assert 0 <= phrase.span.start < phrase.span.end <= len(text)
        origin = attribution.carried_from
        if origin is not None and origin < len(reading.resolutions):
            before = reading.resolutions[origin].speaker
            assert made.speaker is None or before is None or made.speaker.name == before.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ira Moss, owner of the Brin Herald, who “never slept,” left.", "Ira Moss"),
        ("Ira Moss laughed. Ana Pell met Moss, who “never slept.”", "Ira Moss"),
        ("Ira Moss met Ana Pell, now a nurse, who “never slept.”", "Ana Pell"),
        ("Ira Moss laughed. We met a clerk who “never slept.”", "a clerk"),
        ("Ira Moss, of Brin, who “never slept,” left.", "Ira Moss"),
        ("Ira Moss met Ana Pell, 44, a nurse who “never slept.”", "Ana Pell"),
        ("Those in Brin, perhaps, who “never slept,” left.", None),
    ],
)
def test_who_goes_back_to_a_person_of_its_sentence(text: str, expected: str | None) -> None:
    narrative, _ = folded(text)
    start = text.index("who")
    attributions = [Attribution("reader", 0.9, Span(start, start + 3))]
    (made,) = resolve(Cast(narrative, attributions), attributions)
    assert (made.speaker and made.speaker.name) == expected
    assert made.review == (() if expected else ("nobody fits “who”",))


@pytest.mark.parametrize("space", ["\xa0", "  "])
def test_a_name_is_one_whatever_the_white_space_in_it(space: str) -> None:
    reading = read(f"“It is late,” said Ada{space}Holt.\n\n“No,” said Holt.")
    assert [r.speaker.name for r in reading.resolutions if r.speaker] == ["Ada Holt", "Ada Holt"]


def pointing(text: str, *named: tuple[str, float]) -> Referents:
    """Return an answer of the reader that points to the first place of each of these names."""
    spans = [(Span(text.index(name), text.index(name) + len(name)), share) for name, share in named]
    return Referents(tuple(sorted(spans)), 1 - sum(share for _, share in named))


@pytest.mark.parametrize("name", ["Ana Pell", "Ira Moss"])
def test_whom_the_reader_points_to_counts(name: str) -> None:
    text = "Ana Pell met Ira Moss.\n\nThe bus came. “It is late,” she said."
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans, abstain=False)
    cast = Cast(narrative, attributions)
    (mention,) = unclear(cast, spans, attributions)
    (made,) = resolve(cast, attributions, {mention: pointing(text, (name, 0.97))})
    assert made.speaker is not None
    assert made.speaker.name == name


def test_the_reader_is_asked_for_what_does_not_tell_by_itself() -> None:
    text = "Ana Pell met Ira Moss and Kit Dahl.\n\n“No,” she said.\n\n“Go,” said the mayor of Brin.\n\n“Stay,” it said."
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans, abstain=False)
    asked = unclear(Cast(narrative, attributions), spans, attributions)
    assert [span.of(text) for span in asked] == ["she", "the mayor of Brin", "it"]


@pytest.mark.parametrize(
    ("top", "share", "expected"),
    [
        ("A former mayor", 0.95, ("Ana Pell", "description-named-later")),
        ("A former mayor", 0.6, ("A former mayor", "description")),
        ("A friend", 0.95, ("A friend", "description")),
    ],
)
def test_who_is_described_at_the_top_and_named_later(top: str, share: float, expected: tuple[str, str]) -> None:
    text = f"{top} said the plan was “a sham.”\n\n“We go home,” Ana Pell said."
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans, abstain=False)
    cast = Cast(narrative, attributions)
    asked = unclear(cast, spans, attributions)
    assert [span.of(text) for span in asked] == ([top] if "mayor" in top else [])
    made = resolve(cast, attributions, {span: pointing(text, ("Ana Pell", share)) for span in asked})[0]
    assert (made.speaker and made.speaker.name, made.rule) == expected


def held_back(text: str) -> tuple[Cast, Sequence[QuotedSpan], tuple[Attribution, ...]]:
    """Return an article's cast and spans, with its one source held back as too unsure."""
    narrative, spans = folded(text)
    start = text.index("Ana Pell")
    first = Candidate(Span(start, start + len("Ana Pell")), 0.45, "cue-before")
    attributions = (Attribution(ABSTAINED, 0.5, alternatives=(first,)),)
    return Cast(narrative, attributions), spans, attributions


def test_a_source_held_back_is_named_where_the_reader_points_to_its_bearer() -> None:
    text = "Ana Pell spoke with Ira Moss of a “late” bus."
    cast, spans, attributions = held_back(text)
    (words,) = unclear(cast, spans, attributions)
    assert words == spans[0].words
    (made,) = confirmed(cast, spans, attributions, {words: pointing(text, ("Ana Pell", 0.95))})
    assert made.mention is not None
    assert made.mention.of(text) == "Ana Pell"
    assert made.rule == "cue-before+confirmed"


@pytest.mark.parametrize("answer", [("Ira Moss", 0.99), ("Ana Pell", 0.6)])
def test_a_source_held_back_stays_so_where_the_reader_points_elsewhere(answer: tuple[str, float]) -> None:
    text = "Ana Pell spoke with Ira Moss of a “late” bus."
    cast, spans, attributions = held_back(text)
    assert confirmed(cast, spans, attributions, {spans[0].words: pointing(text, answer)}) == attributions
    assert confirmed(cast, spans, attributions, {}) == attributions


def test_the_statement_is_whose_it_is() -> None:
    text = "In a statement, Brin Bank declared: “We refuse.” The statement added: “We shall go to court.”"
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans, abstain=False)
    made = resolve(Cast(narrative, attributions), attributions)
    assert [m.speaker and m.speaker.name for m in made] == ["Brin Bank", "Brin Bank"]
    assert made[1].rule == "issuer"
