"""Which quotations go on in the next paragraph, once it is known who speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.boundaries import settle
from quotes.records import Attribution, Ledger, QuotedSpan, Resolution, Segmentation, Span, Speaker
from quotes.segmenter import segment
from tests.helpers import read

MONOLOGUE = segment("“One boat came.\n\n“Two sank.\n\n“Three got home.”")
SOURCE = Attribution("said-after", 0.9, Span(0, 1))
NONE = Attribution("no-source", 0.9)


def says(name: str | None) -> Resolution:
    return Resolution(None if name is None else Speaker(name, Span(0, len(name)), "person"), "name", 0.9)


def carried(index: int) -> Attribution:
    return replace(SOURCE, rule="continued", carried_from=index)


def settled(attributions: list[Attribution], names: list[str | None]) -> Segmentation:
    return settle(MONOLOGUE, attributions, [says(name) for name in names])


def links(found: Segmentation) -> list[tuple[str, int | None]]:
    return [(span.boundary, span.continues) for span in found.spans]


KEPT = [("continued", None), ("continued", 0), ("closed", 1)]
# Label, attributions, speakers, boundary and origin of each span.
CASES = [
    ("carried on", [SOURCE, carried(0), carried(1)], ["Quill", "Quill", "Quill"], KEPT),
    ("named again", [SOURCE, SOURCE, SOURCE], ["Quill", "Quill", "Quill"], KEPT),
    ("nobody named", [NONE, NONE, NONE], [None, None, None], KEPT),
    ("nobody named after the first", [SOURCE, NONE, NONE], ["Quill", None, None], KEPT),
    (
        "another speaker in the second",
        [SOURCE, SOURCE, carried(1)],
        ["Quill", "Roe", "Roe"],
        [("unclosed", None), ("continued", None), ("closed", 1)],
    ),
    (
        "another speaker in the third",
        [SOURCE, carried(0), SOURCE],
        ["Quill", "Quill", "Roe"],
        [("continued", None), ("unclosed", 0), ("closed", None)],
    ),
    (
        "another speaker in each",
        [SOURCE, SOURCE, SOURCE],
        ["Quill", "Roe", "Moss"],
        [("unclosed", None), ("unclosed", None), ("closed", None)],
    ),
]


@pytest.mark.parametrize(("attributions", "names", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_links_that_join_two_speakers_are_undone(
    attributions: list[Attribution], names: list[str | None], expected: list[tuple[str, int | None]]
) -> None:
    assert links(settled(attributions, names)) == expected


def test_the_rule_says_why() -> None:
    rules = [span.rule for span in settled([SOURCE, carried(0), SOURCE], ["Quill", "Quill", "Roe"]).spans]
    assert rules == ["next-paragraph-reopens", "next-paragraph-other-speaker", "closer-closed"]


def test_nothing_else_changes() -> None:
    found = settled([SOURCE, SOURCE, SOURCE], ["Quill", "Roe", "Moss"])
    assert found.ledger == MONOLOGUE.ledger
    kept = [replace(span, boundary="closed", continues=None, rule="") for span in MONOLOGUE.spans]
    assert [replace(span, boundary="closed", continues=None, rule="") for span in found.spans] == kept


def test_without_links_it_returns_what_it_was_given() -> None:
    spans = (QuotedSpan(Span(1, 3), Span(0, 1), None, "unclosed", "paragraph-end"),)
    found = Segmentation(spans, Ledger())
    assert settle(found, [SOURCE], [says("Quill")]) == found
    assert settle(Segmentation((), Ledger()), [], []) == Segmentation((), Ledger())


# Text, and for each quotation whether it goes on, and in which.
ARTICLES = [
    ("the speaker before the first", "Mara Quill said: “One boat came.\n\n“Two sank.”", ["continued", "closed"]),
    (
        "the same speaker named twice",
        "Mara Quill said: “One came.\n\n“Two sank,” Quill added.",
        ["continued", "closed"],
    ),
    ("another speaker", "Mara Quill said: “One came.\n\n“Two sank,” Ira Roe said.", ["unclosed", "closed"]),
    (
        "another speaker after two paragraphs",
        "Mara Quill said: “One came.\n\n“Two sank.\n\n“Three,” Ira Roe said.",
        ["continued", "unclosed", "closed"],
    ),
    ("nobody", "“One came.\n\n“Two sank.”", ["continued", "closed"]),
]


@pytest.mark.parametrize(("text", "boundaries"), [pytest.param(*case[1:], id=case[0]) for case in ARTICLES])
def test_boundaries_of_an_article(text: str, boundaries: list[str]) -> None:
    reading = read(text)
    found = settle(segment(text), reading.attributions, reading.resolutions)
    assert [span.boundary for span in found.spans] == boundaries


@pytest.mark.parametrize(
    "text", ["“One came.\n\n“Two sank,” said Mara Quill.", "“One came.\n\n“Two sank.\n\n“Three,” said Mara Quill."]
)
def test_a_monologue_whose_cue_comes_last_stays_one(text: str) -> None:
    reading = read(text)
    found = settle(segment(text), reading.attributions, reading.resolutions)
    assert found == segment(text)
