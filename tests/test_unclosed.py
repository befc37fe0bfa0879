"""Where the words of a quotation end that nobody closed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.unclosed import TURN, words_end

# Label, the words, what follows them up to the limit.
CUT = [
    ("verb first", "We will not wait,", " said Mara Quill."),
    ("verb first, in another tense", "We will not wait,", " says Quill"),
    ("speaker first", "We will not wait,", " Mara Quill said."),
    ("a pronoun", "We will not wait,", " she said."),
    ("verb first, a pronoun", "We will not wait,", " said he, and left."),
    ("a description", "We will not wait,", " the keeper said."),
    ("verb first, a description", "We will not wait,", " said the keeper."),
    ("an honorific", "We will not wait,", " said Dr. Quill."),
    ("three names", "We will not wait,", " Ana Maria Quill added."),
    ("a question", "Will you wait?", " asked Quill."),
    ("an exclamation", "Wait!", " she said."),
    ("a day after it", "We will not wait,", " she said on Monday."),
    ("a place after it", "We will not wait,", " Quill said in Brin."),
    ("a line break before it", "We will not wait,", "\nshe said."),
    ("the first of two", "We wait,", " she said. And then we go, he said."),
    ("the end of the text", "We will not wait,", " she said"),
]
UNCUT = [
    ("no clause", "We will not wait. Nobody will."),
    ("nothing", ""),
    ("a full stop before it", "We will not wait. She said so."),
    ("no mark before it", "We will not wait she said."),
    ("a verb of the words themselves", "We waited, and she said nothing."),
    ("a name in lower case", "We will not wait, said quill."),
    ("another verb", "We will not wait, she slept."),
    ("part of a word", "We will not wait, she saidst."),
]


@pytest.mark.parametrize(("words", "rest"), [pytest.param(*case[1:], id=case[0]) for case in CUT])
def test_a_cue_clause_ends_the_words(words: str, rest: str) -> None:
    text = f"“{words}{rest}"
    assert words_end(text, 1, len(text)) == (len(words) + 1, "cue-clause")


@pytest.mark.parametrize("text", [pytest.param(case[1], id=case[0]) for case in UNCUT])
def test_without_a_cue_clause_they_go_on_to_the_limit(text: str) -> None:
    assert words_end(text, 0, len(text)) == (len(text), "paragraph-end")


def test_what_follows_the_limit_is_not_read() -> None:
    text = "We will not wait, she said."
    assert words_end(text, 0, 17) == (17, "paragraph-end")
    assert words_end(text, 0, len(text)) == (17, "cue-clause")


def test_what_stands_before_the_start_is_not_read() -> None:
    text = "It rained, she said. “We will not wait."
    assert words_end(text, 22, len(text)) == (len(text), "paragraph-end")


@pytest.mark.parametrize("name", ["QUILL:", "MARA QUILL:", "ROE-HART:", "DR. QUILL:", "O’DELL:", "HEAD OF THE PORT:"])
def test_turns(name: str) -> None:
    found = TURN.match(f"{name} No: never.")
    assert found is not None
    assert found.group() == name


@pytest.mark.parametrize("text", ["Quill: No.", "We go: now.", "NO. We go.", "", ": No.", "WE ALL WANT TO GO: now."])
def test_no_turns(text: str) -> None:
    assert TURN.match(text) is None


@given(
    st.lists(
        st.one_of(
            st.sampled_from([" ", ", ", "? ", "said ", "she ", "Quill ", "the ", "keeper ", ".", "\n", "”"]),
            st.text(max_size=3),
        ),
        max_size=20,
    ).map("".join),
    st.integers(0, 20),
    st.integers(0, 60),
)
@example("We, she said.", 0, 60)
def test_the_end_lies_between_start_and_limit(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    limit = min(len(text), start + length)
    end, rule = words_end(text, start, limit)
    assert start <= end <= limit
    assert rule
    assert end == limit or rule != "paragraph-end"
