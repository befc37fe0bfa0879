"""The reporting verbs in all their forms."""

from __future__ import annotations

import pytest

from quotes.verbs import ADVERBS, BE, NOUN_VERBS, VERBS, Verb

USES = {"say", "manner", "call", "think", "document"}
FORMS = {"base", "third", "past", "gerund"}


def forms_of(word: str) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return what a word can be: lemma, form and the words that must follow."""
    return {(verb.lemma, verb.form, verb.rest) for verb in VERBS.get(word, ())}


@pytest.mark.parametrize(
    ("word", "lemma", "form"),
    [
        ("say", "say", "base"),
        ("says", "say", "third"),
        ("said", "say", "past"),
        ("saying", "say", "gerund"),
        ("told", "tell", "past"),
        ("wrote", "write", "past"),
        ("written", "write", "past"),
        ("begun", "begin", "past"),
        ("replies", "reply", "third"),
        ("sing", "sing", "base"),
        ("sung", "sing", "past"),
        ("singing", "sing", "gerund"),
        ("read", "read", "base"),
        ("sighed", "sigh", "past"),
    ],
)
def test_forms(word: str, lemma: str, form: str) -> None:
    assert (lemma, form, ()) in forms_of(word)


@pytest.mark.parametrize(
    ("word", "lemma", "form", "rest"),
    [
        ("points", "point out", "third", ("out",)),
        ("pointed", "point out", "past", ("out",)),
        ("puts", "put it", "third", ("it",)),
        ("hitting", "hit back", "gerund", ("back",)),
        ("accused", "accuse of", "past", ("of",)),
    ],
)
def test_forms_of_several_words(word: str, lemma: str, form: str, rest: tuple[str, ...]) -> None:
    assert (lemma, form, rest) in forms_of(word)


def test_a_first_word_alone_is_no_verb_of_several() -> None:
    assert all(verb.rest for verb in VERBS["points"])
    assert all(verb.rest for verb in VERBS["hit"])


def test_the_longest_verb_is_tried_first() -> None:
    for word, verbs in VERBS.items():
        lengths = [len(verb.rest) for verb in verbs]
        assert lengths == sorted(lengths, reverse=True), word
    assert [verb.lemma for verb in VERBS["accused"]][-1] == "accuse"


@pytest.mark.parametrize("word", ["walked", "met", "left", "is", "late", "mayor", ""])
def test_other_words_are_no_reporting_verbs(word: str) -> None:
    assert word not in VERBS


@pytest.mark.parametrize(
    ("word", "use"),
    [("said", "say"), ("sighed", "manner"), ("dubbed", "call"), ("believes", "think"), ("wrote", "say")],
)
def test_use(word: str, use: str) -> None:
    assert {verb.use for verb in VERBS[word]} == {use}


def test_every_verb_has_a_known_use_and_form() -> None:
    assert {verb.use for verbs in VERBS.values() for verb in verbs} <= USES
    assert {verb.form for verbs in VERBS.values() for verb in verbs} == FORMS


def test_every_verb_has_its_present_forms() -> None:
    made: dict[str, set[str]] = {}
    for verb in (verb for verbs in VERBS.values() for verb in verbs):
        made.setdefault(verb.lemma, set()).add(verb.form)
    assert {lemma: forms for lemma, forms in made.items() if not forms >= FORMS - {"past"}} == {}


def test_nouns_of_the_same_form_are_verbs_of_the_list() -> None:
    lemmas = {verb.lemma for verbs in VERBS.values() for verb in verbs}
    assert {"report", "claim", "charge"} <= NOUN_VERBS & lemmas
    assert "say" not in NOUN_VERBS


def test_adverbs_and_forms_of_be() -> None:
    assert {"later", "also", "monday"} <= ADVERBS
    assert {"was", "been"} <= BE
    assert "said" not in ADVERBS


def test_verbs_are_values() -> None:
    assert Verb("say", "say", "past", ()) in VERBS["said"]
