"""Training examples: where the corpus puts a source, as positions in a window."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from quotes.windows import View
from tests.test_windows import tokenizer
from training.reader_data import IGNORE, Example, examples
from training.spans import hull

TEXT = (
    "Ana Pell spoke.\n\n“We shall go home,” Pell said. The title was “Dusk” once.\n\n"
    "“And sleep,” she added.\n\nMoss said that the old harbour would never be open again."
)


def at(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def gold(words: str, source: str | None, cue: str | None = None, **fields: Any) -> dict[str, Any]:
    (start, end), *_ = at(words)
    pairs = {"source": at(source) if source else [], "cue": at(cue) if cue else []}
    return {
        "start": start,
        "end": end,
        "boundary": "closed",
        "attributed": source is not None,
        "type": "unknown",
        **pairs,
        **fields,
    }


ARTICLE = {
    "text": TEXT,
    "quotations": [
        gold("We shall go home,", "Pell said"[:4], "said"),
        gold("Dusk", None),
        gold("And sleep,", "she", "added"),
    ],
    "attributions": [
        {"source": at("Moss"), "cue": at("said that")[:1], "content": at("the old harbour would never be open again")}
    ],
}


def made(share: float, article: dict[str, Any] = ARTICLE) -> list[Example]:
    return list(examples(article, View(tokenizer()), share, Random(1)))


def told(example: Example) -> list[tuple[str, str, int]]:
    """Return of each question the words of source and cue, and whether it is spoken."""
    tokens = example.window.tokens
    return [
        (
            *("" if a < 0 or a == q.place else TEXT[tokens.starts[a] : tokens.ends[b]] for a, b in (q.source, q.cue)),
            q.spoken,
        )  # type: ignore[misc]
        for q in example.questions
    ]


def test_sources_and_cues() -> None:
    (example,) = made(0)
    assert told(example) == [("Pell", "said", 1), ("", "", 0), ("she", "added", 1)]


def test_none_is_the_placeholder_itself() -> None:
    (example,) = made(0)
    dusk = example.questions[1]
    assert dusk.source == dusk.cue == (dusk.place, dusk.place)


def test_indirect_speech_is_folded_on_request() -> None:
    (example,) = made(1.0)
    *_, last = zip(told(example), example.questions, strict=True)
    assert last[0] == ("Moss", "said that", 1)
    assert last[1].is_made
    assert not any(q.is_made for q in made(0)[0].questions)


def test_tags_mark_sources_and_cues() -> None:
    (example,) = made(0)
    tokens = example.window.tokens
    tagged = {TEXT[tokens.starts[i] : tokens.ends[i]]: t for i, t in enumerate(example.tags) if t > 0}
    assert tagged == {"Moss": 1, "said": 3, "that": 4}
    assert all(t == IGNORE for i, t in enumerate(example.tags) if not tokens.is_narrative[i])


def test_a_source_out_of_reach_is_that_of_the_quotation_before() -> None:
    far = "Ana Pell spoke.\n\n" + "\n\n".join(f"Night {n} fell and {'rain ' * 60}came." for n in range(4))
    text = f"{far}\n\n“We go,” it went.\n\n“We stay,” it went."
    place = [[0, 8]]
    quotations = [
        {
            "start": text.index(w),
            "end": text.index(w) + len(w),
            "source": place,
            "cue": [],
            "attributed": True,
            "boundary": "closed",
        }
        for w in ("We go,", "We stay,")
    ]
    (example,) = examples({"text": text, "quotations": quotations, "attributions": []}, View(tokenizer()), 0, Random(1))
    first, second = example.questions
    assert first.source == (IGNORE, IGNORE)
    assert second.source == (first.place, first.place)


@pytest.mark.parametrize(("pieces", "expected"), [([], None), ([[1, 3]], (1, 3)), ([[4, 6], [1, 2]], (1, 6))])
def test_hull(pieces: list[list[int]], expected: tuple[int, int] | None) -> None:
    found = hull(pieces)
    assert (found and (found.start, found.end)) == expected
