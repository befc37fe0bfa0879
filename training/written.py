"""Training examples from articles that were written for training (`training/articles/`, read by `markup.py`).

They are wholly invented, and bring in what US political news has little of: other subjects, countries and house
styles, several people of one pronoun in a scene, fragments between several names, bodies that speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from quotes import paragraphs
from quotes.cast import Cast
from quotes.described import PLURAL_DETERMINERS
from quotes.names import Name, NameMention
from quotes.narrative import fold
from quotes.questions import kind_of
from quotes.records import Span
from quotes.segmenter import segment
from quotes.wordclasses import DETERMINERS, FUNCTION_WORDS, HONORIFICS, LINKS, PARTICLES, RELATIVES, ROLES
from training.markup import Marked, Mention, read
from training.reader_data import Article
from training.referent_data import Annotated

WORD = re.compile(r"[^\W_][^\s,]*")
SMALL = frozenset("of for the and on in &".split())
"""Words inside a body's name."""
BEFORE = HONORIFICS | ROLES | frozenset("former acting deputy senior late".split())
"""Words before a name that are no part of it."""
NEVER_FIRST = frozenset(
    "the a an his her its their my our your who whose that of in for and at from to by with".split()
)
"""Words that no name begins with."""
KINDS = {"scare": "q", "work": "w", "other": "o"}
"""Tags of quotations that are nobody's speech, and the letters for them in `speakers.jsonl`."""
PRONOUNS = ("person", "thing", "several")
"""Kinds of mentions that are pronouns."""
FORMS = frozenset("i we you he she him her his hers himself herself it its they them their us me one who which".split())
FOLDER = Path(__file__).parent / "articles"


def load(folder: Path = FOLDER) -> Iterator[tuple[str, Marked]]:
    """Yield the written articles with their names, in order. Raises ValueError where the marks of one are wrong."""
    for path in sorted(folder.glob("*.txt")):
        try:
            yield path.stem, read(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error


def names(folder: Path = FOLDER) -> frozenset[str]:
    """Return the names of the written articles."""
    return frozenset(path.stem for path in folder.glob("*.txt"))


def article(name: str, marked: Marked) -> Article:
    """Return the article as one of the corpus is given: its quotations with source, cue and type.

    Not all attributions are marked, so none are given.
    """
    sources = {m.group: i for i, m in enumerate(marked.mentions) if m.group}
    cues: dict[str, list[list[int]]] = {}
    for cue, group in marked.cues:
        cues.setdefault(group, []).append([cue.start, cue.end])
    quotations: list[dict[str, Any]] = []
    for words, tag in _tagged(marked):
        at = sources.get(tag)
        source = _whole(marked, at) if at is not None else None
        quotations.append(
            {
                "start": words.start,
                "end": words.end,
                "boundary": "closed",
                "attributed": source is not None,
                "source": [[source.start, source.end]] if source is not None else [],
                "cue": cues.get(tag, []) if source is not None else [],
                "type": "speech" if tag.isdigit() else tag,
                "is_whole": at is not None and not _goes_on(marked, at),
            }
        )
    return {"doc_id": name, "text": marked.text, "quotations": quotations, "attributions": None}


def referents(marked: Marked) -> Annotated:
    """Return the article with whom its pronouns, descriptions and quotations stand for."""
    text = marked.text
    parts = tuple(paragraphs.split(text))
    spans = segment(text, parts).spans
    people = Cast(fold(text, parts, spans)).people()
    bearers = _bearers(marked)
    mentions: list[tuple[Span, Name | None]] = [
        (m.span, bearers.get(m.who)) for m in marked.mentions if _is_asked(m, text)
    ]
    who = {m.group: m.who for m in marked.mentions if m.group}
    quoted = [(words, bearers.get(who.get(tag, ""))) for words, tag in _tagged(marked)]
    mentions += quoted
    named = {m.who for m in marked.mentions if _name_in(m, text) is not None}
    mentions += [(m.span, bearers[m.who] if m.who in named else None) for m in marked.mentions if _brings_in(m, text)]
    return Annotated(
        text, parts, spans, people, sorted(mentions, key=lambda m: m[0]), frozenset(words for words, _ in quoted)
    )


def annotations(name: str, marked: Marked) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return who speaks, and whom mentions stand for, in the form of `speakers.jsonl` and of `referents.jsonl`."""
    bearers = {who: bearer.fullest.span for who, bearer in _bearers(marked).items()}
    who = {m.group: m.who for m in marked.mentions if m.group}
    in_one_breath = _in_one_breath(marked)  # “they” is not nobody there, nor one of the two
    quotations = []
    for words, tag in _tagged(marked):
        speaker = bearers.get(who.get(tag, ""))
        kind = "s" if tag.isdigit() else KINDS[tag]
        quotations.append([words.start, kind, _pair(speaker) if kind == "s" else None, None, None])
    mentions = [
        [m.span.start, m.span.end, _pair(bearers.get(m.who))]
        for m in marked.mentions
        if _is_asked(m, marked.text) and m.who not in in_one_breath
    ]
    return {"doc_id": name, "quotations": quotations}, {"doc_id": name, "mentions": mentions}


def gold(name: str, marked: Marked) -> dict[str, Any]:
    """Return the article as a development set gives one: its quotations with who says them; no titles are told."""
    text = marked.text
    told, _ = annotations(name, marked)
    quotations = [
        {
            "start": words.start,
            "end": words.end,
            "type": "speech" if kind == "s" else tag,
            "speaker": text[slice(*speaker)] if speaker else None,
            "skip": kind == "s" and speaker is None,  # two together, or somebody unknown
        }
        for (words, tag), (_, kind, speaker, *_) in zip(_tagged(marked), told["quotations"], strict=True)
    ]
    return {"doc_id": name, "text": text, "quotations": quotations}


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span is not None else None


def _tagged(marked: Marked) -> Iterator[tuple[Span, str]]:
    """Yield the words of each quotation with its tag."""
    ends: dict[int, Span] = {}
    for span in segment(marked.text).spans:
        if span.outer is None:
            ends[span.words.end] = span.words
            if span.closer is not None:
                ends[span.closer.end] = span.words
    for at, tag in marked.tags:
        if at in ends:
            yield ends[at], tag


def _words(mention: Mention, text: str) -> list[str]:
    return [w.strip(".,").lower() for w in mention.span.of(text).replace("’", "'").split()]


def _is_asked(mention: Mention, text: str) -> bool:
    """Whether a mention is a pronoun or a description."""
    found = kind_of(_words(mention, text), of_source=True)
    return found is not None and (found[0] in PRONOUNS or _name_in(mention, text) is None)


def _brings_in(mention: Mention, text: str) -> bool:
    """Whether a mention is a description of somebody new, or of whom it stands beside: “a former mayor”, “coach”.

    Whom it means is a name elsewhere: before it, beside it or further on. Where nothing names them, it means nobody.
    """
    words = _words(mention, text)
    return (
        len(words) > 1
        and words[0] not in (FORMS | RELATIVES | FUNCTION_WORDS) - DETERMINERS
        and kind_of(words, of_source=True) is None
        and words[0] not in PLURAL_DETERMINERS
        and "+" not in mention.who
        and _name_in(mention, text) is None
    )


def _bearers(marked: Marked) -> dict[str, Name]:
    """Return each person or body by their letter, with all that names them; what describes them, where nothing does."""
    naming: dict[str, list[Span]] = {}
    describing: dict[str, list[Span]] = {}
    for mention in marked.mentions:
        name = _name_in(mention, marked.text)
        if name is not None:
            naming.setdefault(mention.who, []).append(name)
        elif mention.span.of(marked.text).lower() not in FORMS:
            describing.setdefault(mention.who, []).append(mention.span)
    named: dict[str, Name] = {}
    for who in dict.fromkeys(m.who for m in marked.mentions):
        spans = naming.get(who) or describing.get(who)
        if not spans:
            continue  # two whom nothing names together
        most = _of_one(spans, marked.text) if who in naming else spans
        name = Name(_mention(most[0], marked.text))
        for span in most[1:]:
            name.add(_mention(span, marked.text))
        name.mentions += [_mention(span, marked.text) for span in spans if span not in most]  # never the fullest
        named[who] = name
    return named


def _in_one_breath(marked: Marked) -> set[str]:
    """Return the letters of pairs that are named side by side, “A+B” and “B+A” for “Ana Pell and Ira Moss”."""
    found: set[str] = set()
    for one, other in pairwise(m for m in marked.mentions if _name_in(m, marked.text) is not None):
        if marked.text[one.span.end : other.span.start] in (" and ", " & "):
            found |= {f"{one.who}+{other.who}", f"{other.who}+{one.who}"}
    return found


def _name_in(mention: Mention, text: str) -> Span | None:
    """Return the name that a mention ends in: “retired vet Ana Pell”, “Councillor Ana de Wit”; no place behind “of”.

    Titles before it are left out, and so is “the”.
    """
    words = mention.span.of(text)
    found = list(WORD.finditer(words))
    if not found or found[0].group().lower() in RELATIVES:
        return None
    low = [word.group().lower().replace("’", "'") for word in found]
    placed: set[int] = set()
    for first, word in enumerate(found):
        if not word.group()[0].isupper() or low[first] in NEVER_FIRST:
            continue
        if first in placed:
            placed.add(first + 1)
            continue
        before = low[:first][-2:]
        if set(before[-1:]) & LINKS or (before[-1:] == ["the"] and set(before[:1]) & LINKS):
            placed.add(first + 1)
            continue
        rest = [w.group() for w in found[first:]]
        if not all(w[0].isdigit() or w.lower() in PARTICLES | SMALL or _has_capital(w) for w in rest):
            continue
        while first + 1 < len(found) and low[first] in BEFORE:
            first += 1
        if low[first] in LINKS:  # the rest of an office: “Secretary of State Ana Pell”
            first += 2
        if first >= len(found):
            return None
        if len(found) - first == 1 and (low[first] in FUNCTION_WORDS or low[first] in ROLES | HONORIFICS):
            return None
        return Span(mention.span.start + found[first].start(), mention.span.end)
    return None


def _has_capital(word: str) -> bool:
    """Whether a word, or a part of one with hyphens, begins with a capital: “Pell”, “al-Taweel”, no “co-host”."""
    return any(part[:1].isupper() for part in re.split("[-’']", word))


def _of_one(spans: list[Span], text: str) -> list[Span]:
    """Return those of the spans that share words with most others: “Pell”, “Ana Pell”, no “Most Hated Man in Brin”."""
    groups: list[tuple[set[str], list[Span]]] = []
    for span in spans:
        words = {w.strip(",.") for w in span.of(text).lower().replace("’s", "").split() if w not in PARTICLES | SMALL}
        joined = [group for group in groups if group[0] & words]
        groups = [group for group in groups if not group[0] & words]
        groups.append((words.union(*(w for w, _ in joined)), [s for _, found in joined for s in found] + [span]))
    return sorted(max(groups, key=lambda group: (len(group[1]), len(group[0])))[1])


def _mention(span: Span, text: str) -> NameMention:
    return NameMention(span, tuple(span.of(text).lower().split()), (0, 0), 0, 0, 0, False, None, False)


def _whole(marked: Marked, at: int) -> Span:
    """Return the source with what stands beside it in apposition, as the corpus gives it: “Ana Pell, the mayor,”."""
    span, who = marked.mentions[at].span, marked.mentions[at].who
    for after in marked.mentions[at + 1 :]:
        if after.span.start < span.end:
            continue
        if after.who != who or marked.text[span.end : after.span.start] != ", ":
            break
        span = Span(span.start, after.span.end)
    return span


def _goes_on(marked: Marked, at: int) -> bool:
    """Whether more than the marked words can belong to the source: “Ana Pell, who chairs it, said”."""
    end = _whole(marked, at).end
    return marked.text[end : end + 1] == "," or marked.text[end : end + 2] == " ("
