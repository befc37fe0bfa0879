"""Which words a text's quotation marks enclose, and what became of every mark."""

from __future__ import annotations

import copy
import json
import pickle
import tracemalloc
import unicodedata
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes import lexicon, reading
from quotes.marks import MARK
from quotes.records import Boundary, MarkRole, QuotedSpan, Segmentation, Span
from quotes.segmenter import segment
from tests.helpers import CASES, cases

TABLES = tuple(json.loads((CASES / "segmenter.json").read_text(encoding="utf-8")))

MARKS = sorted(lexicon.words("quotation_marks"))
PROSE = (
    "Ana|Moss|we go home|late|it's|’90s|the workers’|U.S.|rock|6|12|, |. |? |: | — |…|(|)|•| she said.|, said Roe. "
).split("|")
BREAKS = [" ", " ", " ", "  ", "\t", "\xa0", "\n", "\n\n", "\r\n", "\r\n\r\n", "\u2028", "\u2029", "\x0c"]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(PROSE),
        st.sampled_from(BREAKS),
        st.sampled_from("“”\"‘’'"),
        st.sampled_from(MARKS),
        st.integers(0, 1999).map(str),
        st.text(st.characters(), max_size=3),
    ),
    max_size=40,
).map("".join)
"""Words, white space, digits, every mark of the list, and any character, lone surrogates too."""

MANY = settings(max_examples=300)


def outcome(text: str) -> dict[str, Any]:
    """Return what the gold cases state: words, marks and boundary of each span, and the rest where there is any."""
    found = segment(text)
    spans = [
        [s.words.of(text), s.opener.of(text), s.closer.of(text) if s.closer else "", s.boundary] for s in found.spans
    ]
    rest = {
        "none": [mark.rule for mark in found.ledger if mark.role == "none"],
        "continues": {str(i): s.continues for i, s in enumerate(found.spans) if s.continues is not None},
        "outer": {str(i): s.outer for i, s in enumerate(found.spans) if s.outer is not None},
    }
    return {"spans": spans, **{key: value for key, value in rest.items() if value}}


def quoted(text: str) -> list[str]:
    return [span.words.of(text) for span in segment(text).spans]


def extent(span: QuotedSpan) -> Span:
    """Return the stretch that a span takes up, marks included."""
    return Span(span.opener.start, (span.closer or span.words).end)


def top_level(found: Segmentation) -> list[QuotedSpan]:
    return [span for span in found.spans if span.outer is None]


@pytest.mark.parametrize(("text", "expected"), [case for table in TABLES for case in cases("segmenter", table)])
def test_gold(text: str, expected: dict[str, Any]) -> None:
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param("“Dig,” she said.", ["closer-closed"], id="closed"),
        pytest.param('“Dig," she said.', ["closer-mismatched"], id="closed by another style"),
        pytest.param("‘Dig,” she said.", ["closer-mismatched"], id="closed by another kind"),
        pytest.param("“Dig it up", ["paragraph-end"], id="to the paragraph's end"),
        pytest.param("“Dig, Quill said.", ["cue-clause"], id="to a cue clause"),
        pytest.param("“Dig.\n\n“Now.”", ["next-paragraph-reopens", "closer-closed"], id="to the next opener"),
        pytest.param("She left. We go.” Now.", ["opener-missing-likeliest-start"], id="from the likeliest start"),
    ],
)
def test_the_rule_that_ended_a_span_is_named(text: str, rules: list[str]) -> None:
    assert [span.rule for span in segment(text).spans] == rules


def test_of_two_spans_without_openers_the_longer_is_around_the_other() -> None:
    text = "He left» and”"
    found = segment(text)
    assert [(span.words.of(text), span.outer) for span in found.spans] == [("He left» and", None), ("He left", 0)]
    assert [mark.quotation for mark in found.ledger] == [1, 0]


@pytest.mark.parametrize(
    ("text", "rule"),
    [("an “unquestionably", "likeliest-end"), ("unquestionably”", "opener-missing-likeliest-start")],
)
def test_one_word_is_all_that_a_lone_mark_quotes(text: str, rule: str) -> None:
    assert [(span.words.of(text), span.rule) for span in segment(text).spans] == [("unquestionably", rule)]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        pytest.param(
            "“Dig,” the workers’ boss said.",
            [("“", "opener", "opener", 0), ("”", "closer", "closer-closed", 0), ("’", "none", "possessive", None)],
            id="a pair and an apostrophe",
        ),
        pytest.param(
            "“Dig, he said, “now.”",
            [("“", "opener", "opener", 0), ("“", "opener", "reopener", 1), ("”", "closer", "closer-closed", 1)],
            id="a second opener",
        ),
        pytest.param(
            "“ ” and “so”",
            [
                ("“", "none", "stray", None),
                ("”", "none", "stray", None),
                ("“", "opener", "opener", 0),
                ("”", "closer", "closer-closed", 0),
            ],
            id="a pair without words, and the numbers after it",
        ),
    ],
)
def test_ledger(text: str, entries: list[tuple[str, str, str, int | None]]) -> None:
    assert [(m.span.of(text), m.role, m.rule, m.quotation) for m in segment(text).ledger] == entries


def test_given_paragraphs_are_used() -> None:
    text = "“Dig.\n\nNow,” she said."
    whole = segment(text, [Span(0, len(text))])
    assert [span.words.of(text) for span in whole.spans] == ["Dig.\n\nNow,"]
    assert [span.words.of(text) for span in segment(text).spans] == ["Dig.", "Now,"]


def test_a_paragraph_of_a_thousand_quotations_keeps_them_all() -> None:
    assert quoted("He read “one” aloud. " * 1000) == ["one"] * 1000


def test_a_quotation_around_six_hundred_apostrophes() -> None:
    words = "The workers’ pay " * 600
    assert quoted(f"“{words}” she said.") == [words.strip()]


@pytest.mark.parametrize("mark", MARKS)
def test_a_thousand_marks_in_a_row_are_all_accounted_for(mark: str) -> None:
    text = mark * 1000
    ledger = segment(text).ledger
    assert "".join(entry.span.of(text) for entry in ledger) == text


@pytest.mark.parametrize("depth", [1, 2])
def test_four_levels_nest(depth: int) -> None:
    text = "“He said ‘she said " * depth + "no’ then” " * depth
    assert [span.outer for span in segment(text).spans] == [None, 0, 1, 2][: 2 * depth]


def test_six_levels_lose_no_words() -> None:
    text = "“He said ‘she said " * 3 + "no’ then” " * 3
    inside = "".join(extent(span).of(text) for span in top_level(segment(text)))
    assert "".join(inside.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(("“a " * 1000 + "b” " * 1000) * 5, id="nested openings"),
        pytest.param("“word said " * 3000, id="openers that never close"),
        pytest.param("word said” " * 3000, id="closers that never open"),
    ],
)
def test_memory_is_at_most_forty_times_the_text(text: str) -> None:
    segment(text[:100])  # what is kept for all texts is loaded
    tracemalloc.start()
    found = segment(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.spans) > 2000
    assert peak < 40 * len(text)


@given(TEXTS)
def test_a_segmentation_is_equal_to_its_copies(text: str) -> None:
    found = segment(text)
    assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found
    assert Segmentation(tuple(found.spans), found.ledger) == found
    assert hash(Segmentation(tuple(found.spans), found.ledger)) == hash(found)


@pytest.mark.parametrize(
    ("opener", "closer"), ["“”", '""', "‘’", "''", "«»", "»«", "„“", "‹›", "「」", "『』", "＂＂", "〝〞"]
)
def test_every_style_gives_the_same_words(opener: str, closer: str) -> None:
    text = f"Quill said: {opener}It holds, I think.{closer} She left. {closer.join([f'{opener}No', ' she said.'])}"
    assert quoted(text) == ["It holds, I think.", "No"]


@MANY
@given(TEXTS)
def test_words_are_trimmed_and_between_their_marks(text: str) -> None:
    for span in segment(text).spans:
        words = span.words.of(text)
        assert 0 <= span.words.start < span.words.end <= len(text)
        assert words == words.strip()
        assert span.opener.end <= span.words.start
        assert not text[span.opener.end : span.words.start].strip()
        assert span.opener.of(text) or span.opener == Span(span.words.start, span.words.start)
        if span.closer is not None:
            assert span.words.end <= span.closer.start
            assert not text[span.words.end : span.closer.start].strip()


@MANY
@given(TEXTS)
def test_a_closing_mark_stands_where_the_boundary_says_so(text: str) -> None:
    for span in segment(text).spans:
        assert (span.closer is not None) == (span.boundary in ("closed", "mismatched"))


@MANY
@given(TEXTS)
@example('a"»"')
@example("'It holds,” she said.\"")
@example('&#039; she said.&#034;"')
def test_top_level_spans_are_apart(text: str) -> None:
    for before, after in pairwise(top_level(segment(text))):
        assert extent(before).end <= extent(after).start


@MANY
@given(TEXTS)
@example('‘a"&#034;')
def test_spans_are_in_order(text: str) -> None:
    openers = [span.opener for span in segment(text).spans]
    assert openers == sorted(openers)


@MANY
@given(TEXTS)
@example('a"﹂')
def test_an_outer_span_comes_before_what_it_holds(text: str) -> None:
    for i, span in enumerate(segment(text).spans):
        assert span.outer is None or 0 <= span.outer < i


@MANY
@given(TEXTS)
@example("““‹”, said Roe. ”")
@example('""‹", said Roe. "')
@example("“It is late, she said. The ‘ring of fire’ is back.")
def test_nested_spans_lie_inside(text: str) -> None:
    found = segment(text)
    for span in found.spans:
        if span.outer is not None:
            assert found.spans[span.outer].words.contains(extent(span))


@MANY
@given(TEXTS.filter(lambda text: not any(mark.rule.startswith("opener-missing") for mark in segment(text).ledger)))
def test_where_every_opener_is_there_spans_are_in_order_and_apart(text: str) -> None:
    found = segment(text)
    openers = [span.opener for span in found.spans]
    assert openers == sorted(openers)
    for before, after in pairwise(top_level(found)):
        assert extent(before).end <= extent(after).start
    for i, span in enumerate(found.spans):
        if span.outer is not None:
            outer = found.spans[span.outer]
            assert span.outer < i
            assert outer.closer is None or outer.words.contains(extent(span))


@MANY
@given(TEXTS)
def test_a_span_goes_on_where_another_says_it_continues(text: str) -> None:
    spans = segment(text).spans
    origins = [(span.continues, i) for i, span in enumerate(spans) if span.continues is not None]
    assert [origin for origin, _ in origins] == [i for i, span in enumerate(spans) if span.boundary == "continued"]
    for origin, i in origins:
        assert origin < i
        assert spans[origin].outer is spans[i].outer is None
        assert not text[spans[origin].words.end : spans[i].opener.start].strip()


@MANY
@given(TEXTS)
def test_the_ledger_has_every_mark_once(text: str) -> None:
    entries = [(mark.span.start, mark.span.end) for mark in segment(text).ledger]
    assert entries == [match.span() for match in MARK.finditer(text)]


@MANY
@given(TEXTS)
def test_the_ledger_and_the_spans_tell_the_same(text: str) -> None:
    found = segment(text)
    told = [(span.opener, "opener", i) for i, span in enumerate(found.spans) if span.opener.of(text)]
    told += [(span.closer, "closer", i) for i, span in enumerate(found.spans) if span.closer]
    used = [(mark.span, mark.role, mark.quotation) for mark in found.ledger if mark.role != "none"]
    assert sorted(told) == used
    assert all(mark.quotation is None for mark in found.ledger if mark.role == "none")
    assert {mark.role for mark in found.ledger} <= set(get_args(MarkRole))
    assert {span.boundary for span in found.spans} <= set(get_args(Boundary))


@MANY
@given(TEXTS, TEXTS)
@example("“One boat came.", "“Two sank.”")
@example("“One boat came.", "Two sank.”")
def test_a_later_paragraph_changes_nothing_before_it(text: str, later: str) -> None:
    alone, longer = segment(text), segment(f"{text}\n\n{later}")
    count = len(alone.spans)
    assert longer.ledger[: len(alone.ledger)] == alone.ledger
    assert all(span.opener.start >= len(text) for span in longer.spans[count:])
    last_open = max((i for i, s in enumerate(alone.spans) if s.outer is None and s.boundary == "unclosed"), default=-1)
    for i, (before, after) in enumerate(zip(alone.spans, longer.spans[:count], strict=True)):
        if i == last_open and after.boundary == "continued":
            assert (after.words, after.opener, after.outer) == (before.words, before.opener, before.outer)
        else:
            assert after == before


@pytest.mark.parametrize(("earlier", "text"), [("9‚em b’", "9‚go b’"), ("9‚9 b’", "9‚90s b’")])
def test_what_was_read_before_changes_nothing(earlier: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PRICED", {})
    alone = segment(text)
    monkeypatch.setattr(reading, "_PRICED", {})
    segment(earlier)
    assert segment(text) == alone


@MANY
@given(TEXTS)
def test_an_earlier_paragraph_changes_no_words_after_it(text: str) -> None:
    lead = "The council met “at noon” and left.\n\n"
    assert quoted(lead + text) == ["at noon", *quoted(text)]


ACCENTED = st.lists(st.sampled_from([*"“”\"‘’'", ", ", ". ", " ", "\n\n", "é", "José", "café", "élan", "Zoë’s", "ünd"]))


@given(ACCENTED.map("".join))
@example("The 'écoles' club.")
def test_composed_and_decomposed_letters_give_the_same_words(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", words) for words in quoted(decomposed)] == quoted(text)


@pytest.mark.parametrize("text", ["“José left,” Zoë’s mother said.", "‘Café’ is ‘bon’ José’s word."])
def test_decomposed_letters_in_plain_cases(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert len(decomposed) > len(text)
    assert [unicodedata.normalize("NFC", words) for words in quoted(decomposed)] == quoted(text)
