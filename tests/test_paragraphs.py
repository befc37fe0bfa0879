"""Where the paragraphs of an article stand, in every layout that articles come in."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes import paragraphs
from quotes.records import Span

PROSE = (
    "The ferry left the pier before it was light, and nobody was there to see it go or to ask where it was bound. "
    "Mara Quill, who keeps the lock, heard the bell at five. She thought little of it then, she says, since boats "
    "come and go at all hours in spring."
)
WRAPPED = textwrap.fill(PROSE, 60)
SHORT = textwrap.fill("Nobody asked where it was bound, and nobody knew who was on it or why.", 60)
INDENTED = textwrap.fill(PROSE, 60, initial_indent="   ")
LONG = "The ferry left the pier before it was light, and nobody was there to see it go or to ask where it was bound."

FULL = "The ferry left the pier before it was light and all\nof them saw it go and asked where it was bound today."
"""Two lines of one width; the last one is no shorter, so that only an indent can end the paragraph."""
ONE = FULL.split("\n")[0].replace("all", "so.")
BROKEN = "The bell rang at five and nobody thought much of it\n  then, since boats come and go at any time\nall day."
NAMED = "The ferry left at five with the crew of the\nHarbour Commission."
SIGNED = "Mara Quill, keeper of the Brin lock\nHarbour Commission of Greater Brin Town"
LINES = "“Nobody asked where the boat was bound,” Quill said.\n“I did,” said Roe.\nHe slept. Then he left Brin."
UNTOLD = "Nobody asked where the boat was bound, and no one knew it.\nEveryone slept."
"""Two lines that could be one paragraph, wrapped at 60, or two."""

SPLIT = [
    ("nothing", "", []),
    ("white space alone", " \n\t\n\n\u3000", []),
    ("one paragraph", "One.", ["One."]),
    ("white space around", "\n\n  One. \n", ["One."]),
    ("a blank line", "One.\n\nTwo.", ["One.", "Two."]),
    ("several blank lines", "One.\n\n\n\nTwo.", ["One.", "Two."]),
    ("a line of white space", "One.\n \t\xa0\nTwo.", ["One.", "Two."]),
    ("one line a paragraph", "One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
    ("one long line a paragraph", f"{LONG}\n{LONG}", [LONG, LONG]),
    ("one line a paragraph, one of them long", f"“Yes,” she said.\n{LONG}", ["“Yes,” she said.", LONG]),
    ("carriage returns with line feeds", "One.\r\nTwo.\r\n\r\nThree.", ["One.", "Two.", "Three."]),
    ("carriage returns alone", "One.\rTwo.", ["One.", "Two."]),
    ("Unicode line separators", "One.\u2028Two.", ["One.", "Two."]),
    ("Unicode paragraph separators", "One.\u2029Two.", ["One.", "Two."]),
    ("form feeds", "One.\x0cTwo.", ["One.", "Two."]),
    ("next-line characters", "One.\x85Two.", ["One.", "Two."]),
    ("short lines: a signature", "Mara Quill\nLock keeper\nBrin", ["Mara Quill", "Lock keeper", "Brin"]),
    ("hard-wrapped", WRAPPED, [WRAPPED]),
    ("hard-wrapped, two paragraphs", f"{WRAPPED}\n\n{WRAPPED}", [WRAPPED, WRAPPED]),
    ("hard-wrapped, a short line ends a paragraph", f"{WRAPPED}\n{WRAPPED}", [WRAPPED, WRAPPED]),
    ("hard-wrapped, a paragraph of two lines after a longer one", f"{WRAPPED}\n\n{SHORT}", [WRAPPED, SHORT]),
    ("indented, the first of one full line", f"  {ONE}\n  {FULL}", [ONE, FULL]),
    ("two lines that run on", SHORT, [SHORT]),
    ("two lines that run on into a name", NAMED, [NAMED]),
    ("two lines of a signature", SIGNED, SIGNED.split("\n")),
    ("two lines that may or may not run on", UNTOLD, UNTOLD.split("\n")),
    ("the same after a hard-wrapped paragraph", f"{WRAPPED}\n\n{UNTOLD}", [WRAPPED, UNTOLD]),
    ("the same after an indented one", f"  {FULL}\n  {FULL}\n\n{UNTOLD}", [FULL, FULL, UNTOLD]),
    ("the same after one line a paragraph", f"{LINES}\n\n{UNTOLD}", [*LINES.split("\n"), *UNTOLD.split("\n")]),
    ("the same after long lines", f"{LONG}\n{LONG}\n\n{UNTOLD}", [LONG, LONG, *UNTOLD.split("\n")]),
    ("the same after short lines", f"Quill\nBrin\n\n{UNTOLD}", ["Quill", "Brin", *UNTOLD.split("\n")]),
    ("paragraph separators where lines could run on", WRAPPED.replace("\n", "\u2029"), WRAPPED.split("\n")),
    ("hard-wrapped, with carriage returns", WRAPPED.replace("\n", "\r\n"), [WRAPPED.replace("\n", "\r\n")]),
    ("hard-wrapped and indented", f"{INDENTED}\n{INDENTED}", [INDENTED.strip(), INDENTED.strip()]),
    ("indented, with a full line before the next indent", f"  {FULL}\n  {FULL}", [FULL, FULL]),
    (
        "tabs",
        "\tThe bell rang at five and nobody thought much\nof it then.\n\tThe ferry came back at noon.",
        ["The bell rang at five and nobody thought much\nof it then.", "The ferry came back at noon."],
    ),
    ("an indented line in the middle of a sentence", f"  {BROKEN}", [BROKEN]),
    (
        "every line indented",
        "  It rang at five and nobody thought of it.\n  It rang again.",
        ["It rang at five and nobody thought of it.", "It rang again."],
    ),
    ("ideographic spaces", "\u3000雨が降る。\n\u3000風が吹く。", ["雨が降る。", "風が吹く。"]),
]
MIXED = f"{WRAPPED}\n\nQuill\nBrin\n\n{INDENTED}\n{INDENTED}"

TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["One.", "two", "The ferry left the pier, ", LONG, WRAPPED, INDENTED, "“", "”", " ", "  ", "\t"]
        ),
        st.sampled_from(["\n", "\n\n", "\r", "\r\n", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85", "\xa0"]),
        st.text(st.characters(), max_size=4),
    ),
    max_size=20,
).map("".join)


def words(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs.split(text)]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in SPLIT])
def test_split(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("width", range(45, 100, 5))
def test_wrapped_text_is_one_paragraph_at_any_width(width: int) -> None:
    text = textwrap.fill(PROSE, width)
    assert words(text) == [text]


@pytest.mark.parametrize("width", [130, 200])
def test_lines_too_long_to_be_wrapped_stand_alone(width: int) -> None:
    assert len(words(textwrap.fill(PROSE, width))) == len(textwrap.wrap(PROSE, width))


@pytest.mark.parametrize(("word", "paragraphs_found"), [("Surely", 2), ("Perhaps", 1)])
def test_a_line_is_full_where_the_next_word_would_not_have_fitted(word: str, paragraphs_found: int) -> None:
    widest = "It was late and the harbour was quiet and dark, so that she"
    shorter = "could not see who it was that left at five that day."
    assert len(f"{shorter} Surely") == len(widest)
    text = f"{widest}\n{shorter}\n{word} said Quill, who keeps the lock, it was a ferry that\nleft."
    assert len(words(text)) == paragraphs_found


@pytest.mark.parametrize(("width", "lines"), [(35, 3), (36, 1), (100, 1), (101, 3)])
def test_widths_of_wrapped_text(width: int, lines: int) -> None:
    line = ("lock " * 30)[: width - 1].rstrip().ljust(width, "s")
    assert len(line) == width
    assert len(words("\n".join([line] * 3))) == lines


def test_each_block_is_read_by_itself() -> None:
    assert words(MIXED) == [WRAPPED, "Quill", "Brin", INDENTED.strip(), INDENTED.strip()]


@pytest.mark.parametrize(
    ("offset", "index"), [(0, 0), (1, 0), (2, 0), (5, 0), (6, 0), (7, 1), (8, 1), (11, 1), (12, 2), (13, 2), (99, 2)]
)
def test_index_of(offset: int, index: int) -> None:
    assert paragraphs.index_of([Span(1, 5), Span(7, 10), Span(12, 13)], offset) == index


def test_index_of_nothing() -> None:
    assert paragraphs.index_of([], 3) == 0


@pytest.mark.parametrize(
    "rule", ["___", "* * *", "***", "- - -", "—", "•", "###", "~~~", "=====", "_ . _", ". _ .", "_" * 60]
)
def test_a_rule_parts_items(rule: str) -> None:
    text = f"One.\n\nTwo.\n\n  {rule} \n\nThree.\n\n{rule}\n\nFour."
    assert paragraphs.sections(text, paragraphs.split(text)) == (2, 4)


@pytest.mark.parametrize("words", ["...", "* One", "One —", "- 30 -", "***One***", "“”", "?"])
def test_what_has_words_or_dots_alone_parts_nothing(words: str) -> None:
    text = f"One.\n\n{words}\n\nTwo."
    assert paragraphs.sections(text, paragraphs.split(text)) == ()


def test_no_paragraphs_no_sections() -> None:
    assert paragraphs.sections("", ()) == ()


def test_a_rule_as_wide_as_the_page_parts_items() -> None:
    text = f"One.\n\n{'_' * 72}\n\nTwo."
    assert paragraphs.sections(text, paragraphs.split(text)) == (1,)


@given(TEXTS)
@example(f"{MIXED}\n\n***\n\n{MIXED}")
def test_sections_are_paragraphs_without_letters(text: str) -> None:
    found = paragraphs.split(text)
    breaks = paragraphs.sections(text, found)
    assert list(breaks) == sorted(set(breaks))
    assert not any(char.isalnum() for i in breaks for char in found[i].of(text))
    without = [span for i, span in enumerate(found) if i not in breaks]
    assert paragraphs.sections(text, without) == ()


@given(TEXTS)
@example(MIXED)
def test_every_character_but_white_space_is_in_one_paragraph(text: str) -> None:
    found = paragraphs.split(text)
    inside = [i for span in found for i in range(span.start, span.end)]
    assert inside == sorted(set(inside))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(inside)


@given(TEXTS)
@example(MIXED)
def test_paragraphs_are_trimmed_and_apart(text: str) -> None:
    found = paragraphs.split(text)
    for span in found:
        assert span.of(text)
        assert span.of(text) == span.of(text).strip()
    for before, after in pairwise(found):
        gap = text[before.end : after.start]
        assert len(gap.splitlines()) > 1 or gap.splitlines() != [gap]


@given(TEXTS, TEXTS)
def test_text_after_a_blank_line_changes_no_paragraph_before_it(text: str, later: str) -> None:
    before, both = paragraphs.split(text), paragraphs.split(f"{text}\n\n{later}")
    assert both[: len(before)] == before
    assert all(span.start >= len(text) for span in both[len(before) :])


@given(TEXTS)
def test_index_of_finds_the_paragraph_of_every_character(text: str) -> None:
    found = paragraphs.split(text)
    for number, span in enumerate(found):
        assert {paragraphs.index_of(found, offset) for offset in range(span.start, span.end)} == {number}
