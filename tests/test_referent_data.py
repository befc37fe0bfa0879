"""Training examples of whom mentions stand for: where our annotations put the answer, as positions in a window."""

from __future__ import annotations

from typing import Any

import pytest

from quotes.records import Span
from quotes.referents import STAND_INS
from quotes.windows import View
from tests.test_windows import tokenizer
from training.referent_data import Annotated, Referent, ReferentExample, annotated, referent_examples

TEXT = (
    "Ana Pell met a nurse. Brin Council slept.\n\n“We shall all go home now,” she said. Then he left.\n\n"
    "“It is late,” Pell told her. “Ira Moss,” she added, “was a ‘good’ man.”\n\nIra Moss slept."
)


def at(words: str, nth: int = 0) -> Span:
    """Return where `words` stand for the `nth` time, counted from 0."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


PELL, MOSS, NURSE = at("Ana Pell"), at("Ira Moss", 1), at("a nurse")
HOME, LATE, NAMED = at("We shall all go home now,"), at("It is late,"), at("Ira Moss,")
SHE, HE, HER = at("she"), at("he left"), at("her")
MAN = at("was a ‘good’ man.")


def pair(span: Span) -> list[int]:
    return [span.start, span.end]


def told(*mentions: tuple[Span, Span | None]) -> dict[str, Any]:
    return {"doc_id": "a", "mentions": [[*pair(m), name and pair(name)] for m, name in mentions]}


def speakers(*quotations: tuple[int, str, Span | None]) -> dict[str, Any]:
    entries = [[start, kind, name and pair(name), None, None] for start, kind, name in quotations]
    return {"doc_id": "a", "quotations": entries}


def article(mentions: dict[str, Any] | None = None, quotations: dict[str, Any] | None = None) -> Annotated:
    return annotated({"text": TEXT}, mentions or told(), quotations)


def meant(found: Annotated) -> list[tuple[str, str | None]]:
    """Return the words of each mention and the fullest name of whom it means."""
    return [(span.of(TEXT), name and name.fullest.span.of(TEXT)) for span, name in found.mentions]


def test_mentions_in_order_with_whom_they_mean() -> None:
    found = article(told((HER, NURSE), (SHE, PELL), (at("he", 3), None)))
    assert meant(found) == [("she", "Ana Pell"), ("he", None), ("her", "a nurse")]
    assert found.quotations == frozenset()


def test_people_are_those_with_a_name() -> None:
    assert [[span.of(TEXT) for span in spans] for spans in article().people] == [["Ana Pell", "Pell"], ["Ira Moss"]]


def test_a_quotation_of_somebody_only_described() -> None:
    assert meant(article(quotations=speakers((LATE.start, "s", NURSE)))) == [(LATE.of(TEXT), "a nurse")]


def test_quotations_stand_beside_mentions() -> None:
    found = article(told((SHE, PELL)), speakers((HOME.start, "s", PELL), (LATE.start, "s", at("Pell", 1))))
    assert meant(found) == [(HOME.of(TEXT), "Ana Pell"), ("she", "Ana Pell"), (LATE.of(TEXT), "Ana Pell")]
    assert found.quotations == {HOME, LATE}


@pytest.mark.parametrize("kind", ["q", "w", "o"])
def test_what_nobody_says_stands_for_nobody(kind: str) -> None:
    found = article(quotations=speakers((NAMED.start, kind, None), (LATE.start, "s", None)))
    assert meant(found) == [(LATE.of(TEXT), None), (NAMED.of(TEXT), None)]


@pytest.mark.parametrize(
    "entry",
    [
        (HOME.start, "s", at("Brin Council")),
        (HOME.start + 1, "s", PELL),
        (at("good").start, "s", PELL),
        (HOME.start, "s", at("slept")),
    ],
    ids=["a body", "no quotation", "inside another", "somebody unknown"],
)
def test_quotations_that_are_not_learned(entry: tuple[int, str, Span | None]) -> None:
    found = article(quotations=speakers(entry))
    assert (found.mentions, found.quotations) == ([], frozenset())


def test_a_speaker_whom_only_a_quotation_names_in_full_is_found_by_name() -> None:
    found = article(quotations=speakers((HOME.start, "s", at("Ira Moss"))))
    assert meant(found) == [(HOME.of(TEXT), "Ira Moss")]


def examples(found: Annotated, shift: int = 0) -> list[ReferentExample]:
    return list(referent_examples(found, View(tokenizer()), shift))


def words(example: ReferentExample, positions: list[int]) -> list[str]:
    tokens = example.window.tokens
    return [TEXT[tokens.starts[i] : tokens.ends[i]] for i in positions]


def answers(found: Annotated) -> list[tuple[str, list[str]]]:
    """Return the words of each mention asked about, and the tokens that are right; none where nobody is."""
    return [
        (asked.mention.of(TEXT), words(example, [i for i in asked.right if i != asked.place]))
        for example in examples(found)
        for asked in example.referents
    ]


def test_right_is_each_token_that_names_whom_it_stands_for() -> None:
    found = article(told((SHE, PELL), (HER, NURSE)), speakers((HOME.start, "s", PELL)))
    assert answers(found) == [
        (HOME.of(TEXT), ["Ana Pell", "Pell"]),
        ("she", ["Ana Pell", "Pell"]),
        ("her", ["a", "nurse"]),
    ]


def asked_of(example: ReferentExample, mention: Span) -> Referent:
    (found,) = [asked for asked in example.referents if asked.mention == mention]
    return found


def test_who_is_not_named_in_the_window_is_nobody() -> None:
    (example,) = examples(article(told((SHE, None), (HER, MOSS))))  # Moss is named behind the window
    for mention in (SHE, HER):
        asked = asked_of(example, mention)
        assert asked.right == [asked.place]
        assert words(example, [asked.place]) == [mention.of(TEXT)]


def test_a_mention_is_no_answer_to_itself() -> None:
    (example,) = examples(article(told((NURSE, NURSE))))
    (asked,) = example.referents
    assert asked.right == [asked.place]


def test_a_quotation_is_asked_at_its_placeholder() -> None:
    (example,) = examples(article(quotations=speakers((HOME.start, "s", PELL))))
    (asked,) = example.referents
    assert example.window.tokens.ids[asked.place] == tokenizer().token_to_id("[MASK]")
    assert words(example, [asked.place]) == [HOME.of(TEXT)]


def test_the_answer_lies_in_the_narrative_outside_the_mention() -> None:
    (example,) = examples(article(told((NURSE, PELL), (HER, NURSE))))
    tokens = example.window.tokens
    for asked in example.referents:
        open_to = {i for i, can in enumerate(asked.allowed) if can} - {asked.place}
        outside = {i for i, told in enumerate(tokens.is_narrative) if told}
        inside = {i for i in outside if asked.mention.overlaps(Span(tokens.starts[i], tokens.ends[i]))}
        assert open_to == outside - inside
        assert asked.allowed[asked.place]
        assert set(asked.right) <= open_to | {asked.place}
    assert words(example, [asked_of(example, NURSE).place]) == ["nurse"]


def test_names_are_stand_ins_that_a_shift_changes_and_answers_are_not() -> None:
    found = article(told((SHE, PELL), (HER, PELL)))
    (plain,), (shifted,) = examples(found), examples(found, 5)
    assert plain.referents == shifted.referents
    for example, stand_in in ((plain, STAND_INS[0]), (shifted, STAND_INS[5])):
        right = asked_of(example, HER).right
        assert {tokenizer().id_to_token(example.window.tokens.ids[i]) for i in right} == {stand_in}


def test_a_mention_in_no_narrative_is_not_asked() -> None:
    assert examples(article(told((at("We shall"), PELL)))) == []


def test_nothing_told_no_examples() -> None:
    assert examples(article()) == []


def test_each_mention_is_asked_in_one_window() -> None:
    text = (
        f"Then she woke {'and woke ' * 55}.\n\nNight {'and night ' * 20}fell.\n\nThen they slept {'and slept ' * 70}."
    )
    starts = [text.index(word) for word in ("she", "they")]
    found = annotated({"text": text}, {"mentions": [[start, start + 3, None] for start in starts]}, None)
    first, second = examples(found)
    assert [[asked.mention.start for asked in example.referents] for example in (first, second)] == [
        [s] for s in starts
    ]
    assert starts[0] in second.window.tokens.starts  # as context
