"""Each definition of the scorer by hand-computed cases, and what holds whatever the rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.evaluate import MEANINGS, Error, render, render_errors, score

TEXT = (
    "“It is late,” said Ana Pell, mayor of Brin. “Go home.” Her deputy, Ira Moss, called it “over”. "
    "The film “Late Again” ran. ‘Odd,’ he said. “One. Two. Three.”"
)


def at(words: str, **fields: Any) -> dict[str, Any]:
    """Return a row, or a gold quotation, on the first place where `words` stand in TEXT."""
    start = TEXT.index(words)
    return {"doc_id": "a", "start": start, "end": start + len(words), **fields}


def speech(words: str, speaker: str | None = "Ana Pell", **fields: Any) -> dict[str, Any]:
    """Return a gold quotation that is speech."""
    return at(words, type="speech", speaker=speaker, **fields)


def figures(gold: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, float | int]:
    return score([{"doc_id": "a", "text": TEXT, "quotations": gold}], rows)[0]


LATE, HOME, OVER, WORK = "It is late,", "Go home.", "over", "Late Again"
TEN = [speech(TEXT[i : i + 1]) | {"start": i, "end": i + 1} for i in (1, 4, 7, 8, 9, 14, 15, 19, 20, 21)]

CASES: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]], dict[str, float]]] = [
    (
        "a right row",
        [speech(LATE)],
        [at(LATE, speaker="Ana Pell", quote=LATE)],
        {"gold": 1, "found": 1, "recall": 1, "precision": 1, "f1": 1, "canonical": 1, "not_verbatim": 0, "rows": 1},
    ),
    ("a surname is right, not canonical", [speech(LATE)], [at(LATE, speaker="Pell")], {"recall": 1, "canonical": 0}),
    (
        "another name is as right",
        [speech(LATE, speaker_alt=["The Mayor’s Office"])],
        [at(LATE, speaker="Mayor’s Office")],
        {"recall": 1, "canonical": 1},
    ),
    ("final punctuation is trimmed", [speech(LATE)], [at("It is late", speaker="Ana Pell")], {"found": 1, "recall": 1}),
    ("marks are trimmed", [speech(LATE)], [at("“It is late,” ", speaker="Ana Pell")], {"found": 1, "recall": 1}),
    ("trimming is of gold too", [speech("“Go home.”")], [at(HOME, speaker="Ana Pell")], {"found": 1, "recall": 1}),
    (
        "a word less covers nothing",
        [speech(LATE)],
        [at("is late,", speaker="Ana Pell")],
        {"found": 0, "recall": 0, "precision": 0, "f1": 0},
    ),
    (
        "an abstention costs recall only",
        [speech(LATE), speech(HOME)],
        [at(LATE, speaker="Ana Pell"), at(HOME, speaker=None), at(WORK)],
        {"found": 1, "recall": 0.5, "precision": 1, "f1": 0.6667, "rows": 3},
    ),
    (
        "a wrong speaker costs both",
        [speech(LATE), speech(HOME)],
        [at(LATE, speaker="Ana Pell"), at(HOME, speaker="Ira Moss")],
        {"found": 1, "recall": 0.5, "precision": 0.5, "f1": 0.5},
    ),
    (
        "a row on no gold quotation costs precision",
        [speech(LATE)],
        [at(LATE, speaker="Ana Pell"), at("One. Two. Three.", speaker="Ana Pell")],
        {"recall": 1, "precision": 0.5},
    ),
    (
        "a row opened by a single mark is left out",
        [speech(LATE)],
        [at(LATE, speaker="Ana Pell"), at("Odd,", speaker="Ira Moss")],
        {"precision": 1, "rows": 2},
    ),
    (
        "unless gold lists it",
        [speech("Odd,", "Ira Moss")],
        [at("Odd,", speaker="Ana Pell")],
        {"gold": 1, "found": 1, "precision": 0},
    ),
    (
        "a skipped quotation is scored nowhere",
        [speech(LATE), speech("One. Two. Three.", skip=True)],
        [at(LATE, speaker="Ana Pell"), at("One. Two. Three.", speaker="Ira Moss"), at("Two.", speaker="Ira Moss")],
        {"gold": 1, "recall": 1, "precision": 1, "rows": 3},
    ),
    (
        "naming a speaker of what is no speech",
        [speech(LATE), at(WORK, type="work", speaker=None), at(OVER, type="scare")],
        [at(LATE, speaker="Ana Pell"), at(WORK, speaker="Ana Pell"), at(OVER)],
        {"gold": 1, "precision": 0.5, "named_non_speech": 0.5},
    ),
    (
        "no name is right for what is no speech",
        [at(OVER, type="scare", speaker="Ira Moss")],
        [at(OVER, speaker="Ira Moss")],
        {"gold": 0, "precision": 0, "named_non_speech": 1},
    ),
    (
        "speech of nobody: no part of gold, and no name is right for it",
        [speech(LATE), speech(HOME, None)],
        [at(LATE, speaker="Ana Pell"), at(HOME, speaker="Ira Moss")],
        {"gold": 1, "recall": 1, "precision": 0.5, "named_non_speech": 0},
    ),
    (
        "a title agrees from half of its words",
        [speech(LATE, title="mayor of Brin"), speech(HOME, title="mayor of Brin")],
        [at(LATE, speaker="Pell", title="Mayor"), at(HOME, speaker="Pell", title="deputy")],
        {"titled": 2, "title": 0.5, "title_invented": 0},
    ),
    (
        "a title counts on right rows only",
        [speech(LATE, title="mayor of Brin")],
        [at(LATE, speaker="Ira Moss", title="mayor of Brin")],
        {"titled": 0, "title": 0},
    ),
    (
        "a title where gold has none",
        [speech(LATE), speech(HOME)],
        [at(LATE, speaker="Pell", title="mayor"), at(HOME, speaker="Pell", title="")],
        {"titled": 0, "title_invented": 1},
    ),
    (
        "the least confident tenth is left out of at_90",
        TEN,
        [row | {"speaker": "Ira Moss" if i == 3 else "Pell", "confidence": i != 3} for i, row in enumerate(TEN)],
        {"precision": 0.9, "at_90": 1},
    ),
    (
        "of equal confidence, the last row is left out",
        TEN,
        [row | {"speaker": "Pell" if i else "Ira Moss", "confidence": 0.5} for i, row in enumerate(TEN)],
        {"precision": 0.9, "at_90": 0.8889},
    ),
    (
        "even where it is the only wrong one",
        TEN,
        [row | {"speaker": "Pell" if i < 9 else "Ira Moss", "confidence": 0.5} for i, row in enumerate(TEN)],
        {"precision": 0.9, "at_90": 1},
    ),
    (
        "no confidence is the least",
        TEN,
        [row | {"speaker": "Pell" if i else "Ira Moss", "confidence": i / 10 or None} for i, row in enumerate(TEN)],
        {"precision": 0.9, "at_90": 1},
    ),
    ("a tenth of one row is that row", [speech(LATE)], [at(LATE, speaker="Pell")], {"precision": 1, "at_90": 0}),
    (
        "of two gold quotations on the same words the later stands",
        [speech(LATE, "Ira Moss"), speech("It is late", "Ana Pell")],
        [at(LATE, speaker="Ana Pell")],
        {"gold": 1, "recall": 1},
    ),
    (
        "a row twice is counted twice",
        [speech(LATE)],
        [at(LATE, speaker="Ana Pell"), at(LATE, speaker="Ira Moss")],
        {"gold": 1, "found": 2, "recall": 1, "precision": 0.5, "rows": 2},
    ),
    (
        "words that the text does not have",
        [speech(LATE)],
        [at(LATE, speaker="Ana Pell", quote="it is late,")],
        {"recall": 1, "not_verbatim": 1},
    ),
    (
        "rows of other documents are not scored",
        [speech(LATE)],
        [at(LATE, speaker="Ana Pell") | {"doc_id": "b"}],
        {"recall": 0, "rows": 0},
    ),
    (
        "f1 comes from rounded figures",
        [speech(LATE), speech(HOME), speech("One. Two. Three.")],
        [at(LATE, speaker="Ana Pell")],
        {"recall": 0.3333, "precision": 1, "f1": 0.5},
    ),
    ("no rows", [speech(LATE)], [], dict.fromkeys(MEANINGS, 0) | {"gold": 1}),
    ("no gold", [], [], dict.fromkeys(MEANINGS, 0)),
]


@pytest.mark.parametrize(("gold", "rows", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_definition(gold: list[dict[str, Any]], rows: list[dict[str, Any]], expected: dict[str, float]) -> None:
    found = figures(gold, rows)
    assert {name: found[name] for name in expected} == expected


def test_figures_are_those_that_have_a_meaning() -> None:
    assert list(figures([], [])) == list(MEANINGS)


def test_errors_come_in_order_and_no_more_than_wanted() -> None:
    gold = [speech(LATE), speech(HOME), speech("One. Two. Three.")]
    article = {"doc_id": "a", "text": TEXT, "quotations": gold}
    rows = [at(HOME, speaker="Ira Moss"), at(LATE)]
    expected = [
        Error("a", "Ana Pell", "Ira Moss", HOME, "wrong speaker"),
        Error("a", "Ana Pell", None, LATE, "wrong speaker"),
        Error("a", "Ana Pell", None, "One. Two. Three.", "no row"),
    ]
    assert score([article], rows, errors=9)[1] == expected
    assert score([article], rows, errors=2)[1] == expected[:2]
    assert score([article], rows)[1] == []


@pytest.mark.parametrize("offsets", [(-1, 4), (0, len(TEXT) + 1)])
def test_rows_of_another_text_are_refused(offsets: tuple[int, int]) -> None:
    row = {"doc_id": "a", "start": offsets[0], "end": offsets[1]}
    with pytest.raises(InputError, match=r"a: .* lies outside the text"):
        figures([], [row])


def test_render_gives_every_figure_its_value_and_meaning() -> None:
    lines = render(figures([speech(LATE), speech(HOME)], [at(LATE, speaker="Pell")])).splitlines()
    assert len(lines) == len(MEANINGS)
    assert lines[0].split()[:2] == ["gold", "2"]
    assert lines[2].split()[:2] == ["recall", "0.5000"]
    assert all(line.endswith(meaning) for line, meaning in zip(lines, MEANINGS.values(), strict=True))
    assert len({line.index(meaning) for line, meaning in zip(lines, MEANINGS.values(), strict=True)}) == 1


def test_render_errors_keeps_each_on_a_line() -> None:
    errors = [Error("a", "Ana Pell", None, "It is\n  late", "no row"), Error("b", "Ana", "Ira", "No", "wrong speaker")]
    assert render_errors(errors).splitlines() == [
        "a | no row | Ana Pell | - | It is late",
        "b | wrong speaker | Ana | Ira | No",
    ]
    assert render_errors([]) == ""


SPANS = [
    speech(LATE),
    speech(HOME),
    speech("One. Two. Three.", "Ira Moss"),
    at(WORK, type="work"),
    at(OVER, type="scare"),
]
NAMES = st.sampled_from([None, "", "Ana Pell", "Pell", "Ira Moss", "the mayor"])
ROWS = st.lists(
    st.tuples(st.sampled_from(SPANS), NAMES, st.integers(0, 2), st.none() | st.floats(0, 1)),
    max_size=8,
    unique_by=lambda item: item[0]["start"],
).map(
    lambda items: [
        {"doc_id": "a", "start": span["start"] + shift, "end": span["end"], "speaker": name, "confidence": confidence}
        for span, name, shift, confidence in items
    ]
)
ARTICLE = {"doc_id": "a", "text": TEXT, "quotations": SPANS}


@given(ROWS)
def test_shares_are_shares_and_every_gold_quotation_is_right_or_an_error(rows: list[dict[str, Any]]) -> None:
    found, errors = score([ARTICLE], rows, errors=99)
    assert all(0 <= value <= 1 for value in found.values() if isinstance(value, float))
    assert found["recall"] <= found["found"]
    assert found["rows"] == len(rows)
    assert len(errors) == found["gold"] - round(found["recall"] * found["gold"])


@given(ROWS)
def test_nobody_named_is_nothing_right_and_nothing_wrong(rows: list[dict[str, Any]]) -> None:
    silent, _ = score([ARTICLE], [{**row, "speaker": None} for row in rows])
    assert silent["found"] == score([ARTICLE], rows)[0]["found"]
    assert (silent["recall"], silent["precision"], silent["at_90"], silent["named_non_speech"]) == (0, 0, 0, 0)


@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_figure_but_at_90(rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = random.sample(rows, len(rows))
    before, after = score([ARTICLE], rows)[0], score([ARTICLE], shuffled)[0]
    assert {**before, "at_90": None} == {**after, "at_90": None}


@given(ROWS)
def test_documents_are_scored_apart(rows: list[dict[str, Any]]) -> None:
    other = [{**row, "doc_id": "b"} for row in rows]
    both, _ = score([ARTICLE, {**ARTICLE, "doc_id": "b"}], [*other, *rows])
    one, _ = score([ARTICLE], rows)
    assert both["gold"] == 2 * one["gold"]
    assert both["recall"] == one["recall"]
    assert both["precision"] == one["precision"]
