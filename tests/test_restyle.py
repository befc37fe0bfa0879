"""Training articles in other reporting styles: the annotations move with their words."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import restyle as module
from training.restyle import FORMS, restyle

TEXT = "Night fell on Brin.\n\n“We shall all go home,” said Ana Pell.\n\nIra Moss said he “saw a light” there."


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def article() -> dict[str, Any]:
    first, second = span("We shall all go home,"), span("saw a light")
    return {
        "text": TEXT,
        "quotations": [
            {
                "start": first[0],
                "end": first[1],
                "source": [span("Ana Pell")],
                "cue": [span("said")],
                "boundary": "closed",
            },
            {
                "start": second[0],
                "end": second[1],
                "source": [span("he")],
                "cue": [span("Ira Moss said")],
                "boundary": "closed",
            },
        ],
        "attributions": [{"source": [span("Ira Moss")], "cue": [span("Night")], "content": [span("saw a light")]}],
    }


def words(made: dict[str, Any], pairs: list[list[int]]) -> list[str]:
    return [made["text"][s:e] for s, e in pairs]


@pytest.mark.parametrize("form", FORMS)
def test_each_form(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FORMS", (form,))
    monkeypatch.setattr(module, "SHARE", 1.0)
    made = restyle(article(), Random(1))
    assert made["text"] != TEXT
    first, second = made["quotations"]
    assert made["text"][first["start"] : first["end"]] == "We shall all go home"
    assert words(made, first["source"]) == ["Ana Pell"]
    assert len(first["cue"]) == ("V" in form)
    assert made["text"][second["start"] : second["end"]] == "saw a light"
    assert words(made, second["source"]) == ["he"]
    (kept,) = made["attributions"]
    assert words(made, kept["source"]) == ["Ira Moss"]


@given(st.integers())
def test_no_annotation_loses_its_words(seed: int) -> None:
    made = restyle(article(), Random(seed))
    assert [made["text"][q["start"] : q["end"]].rstrip(",") for q in made["quotations"]] == [
        "We shall all go home",
        "saw a light",
    ]


def test_a_paragraph_with_other_words_stays() -> None:
    changed = article()
    changed["quotations"] = changed["quotations"][1:]
    for seed in range(20):
        assert restyle(changed, Random(seed))["text"] == TEXT
