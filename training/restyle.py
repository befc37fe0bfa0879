"""Training articles rewritten in reporting styles that US political news seldom uses.

A paragraph that is nothing but a quotation, its source and its cue is put into another form: dash attributions,
lead-ins, labels, present tense, split quotations. All annotations move with their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from quotes import paragraphs
from quotes.records import Span
from training.spans import hull

SHARE = 0.5
"""Share of an article's plain paragraphs that are rewritten, where it is rewritten at all."""
VERBS = (
    "says said says said adds explains recalls notes argues tells warns writes replies laughs insists wrote asks "
    "admits continues remembers reckons maintains jokes reports observes"
).split()
Piece = str | Span
PRONOUNS = frozenset("he she they it who we i".split())
# Q: the quotation with its marks, S: the source, V: a cue; | marks a new paragraph.
FORMS = (
    "S: Q",
    "Q — S",
    "Q – S",
    "Q -- S",
    "Q|— S",
    "S V:|Q",
    "S:|Q",
    "According to S, Q",
    "S V, Q",
    "S V: Q",
    "Q, V S.",
    "Q, S V.",
    "Q (S)",
    "As S V: Q",
    "Q. S V.",
    "From S: Q",
)
SAME_FORM = 0.6
"""Share of rewritten articles that keep to one form."""


def restyle(article: dict[str, Any], rng: Random) -> dict[str, Any]:
    """Return the article with some plain paragraphs in another form."""
    text = article["text"]
    edits: list[tuple[Span, list[Piece], dict[str, Any]]] = []
    one_form = rng.choice(FORMS) if rng.random() < SAME_FORM else None
    for part in paragraphs.split(text):
        plain = _plain(article, part)
        if plain is None or rng.random() > SHARE:
            continue
        quotation, source, words = plain
        form = one_form or rng.choice(FORMS)
        if source.of(text).lower() in PRONOUNS and "V" not in form:
            continue
        edits.append((part, list(_pieces(form, source, words, text, rng)), quotation))
    return _apply(article, edits)


def _plain(article: dict[str, Any], part: Span) -> tuple[dict[str, Any], Span, Span] | None:
    """Return (quotation, source, words) of a paragraph that holds nothing else."""
    text = article["text"]
    inside = [q for q in article["quotations"] if part.start <= q["start"] < part.end]
    if len(inside) != 1 or not inside[0].get("source") or inside[0]["boundary"] != "closed":
        return None
    source, cue = hull(inside[0]["source"]), hull(inside[0]["cue"])
    words = Span(inside[0]["start"], inside[0]["end"])
    if source is None or not (part.contains(source) and part.contains(words)) or source.overlaps(words):
        return None
    rest = list(range(part.start, part.end))
    taken = set(range(words.start, words.end)) | set(range(source.start, source.end))
    if cue is not None:
        taken |= set(range(cue.start, cue.end))
    left = "".join(text[i] if i not in taken else " " for i in rest)
    if any(c.isalnum() for c in left) or len(words.of(text).split()) < 3:
        return None
    return inside[0], source, words


def _pieces(form: str, source: Span, words: Span, text: str, rng: Random) -> Sequence[Piece]:
    said = source
    while said.end > said.start and text[said.end - 1] in ",.;: ":
        said = Span(said.start, said.end - 1)
    bare = words
    while bare.end > bare.start and text[bare.end - 1] in ",. ":
        bare = Span(bare.start, bare.end - 1)
    made: list[Piece] = []
    for i, c in enumerate(form):
        following = form[i + 1 : i + 2]
        if c == "Q":
            made.extend(("“", bare))
            if text[bare.end - 1] not in "?!":
                made.append("," if following == "," else ".")
            made.append("”")
        elif c == "S":
            made.append(said)
        elif c == "V":
            made.append(rng.choice(VERBS))
        elif c == "|":
            made.append("\n\n")
        elif not (c in ",." and i > 0 and form[i - 1] == "Q"):
            made.append(c)
    return made


def _apply(article: dict[str, Any], edits: list[tuple[Span, list[Piece], dict[str, Any]]]) -> dict[str, Any]:
    """Return the article with its paragraphs replaced and its annotations moved or dropped."""
    text, out, copies, size, cursor = article["text"], [], [], 0, 0
    rewritten: dict[int, dict[str, Any]] = {}

    def put(piece: Piece) -> Span:
        nonlocal size
        words = piece if isinstance(piece, str) else piece.of(text)
        out.append(words)
        if isinstance(piece, Span):
            copies.append((piece, size))
        size += len(words)
        return Span(size - len(words), size)

    for part, pieces, quotation in edits:
        put(Span(cursor, part.start))
        source = hull(quotation["source"])
        cue: list[list[int]] = []
        placed: dict[str, list[int]] = {}
        for piece in pieces:
            at = put(piece)
            if isinstance(piece, Span):
                kind = "source" if source is not None and source.contains(piece) else "words"
                placed[kind] = [at.start, at.end]
            elif piece in VERBS:
                cue = [[at.start, at.end]]
        start, end = placed["words"]
        rewritten[id(quotation)] = {
            **quotation,
            "start": start,
            "end": end,
            "source": [placed["source"]],
            "cue": cue,
            "is_whole": True,
        }
        cursor = part.end
    put(Span(cursor, len(text)))

    def moved(pairs: Sequence[Sequence[int]]) -> list[list[int]] | None:
        made = []
        for s, e in pairs:
            at = next((new + s - old.start for old, new in copies if old.start <= s and e <= old.end), None)
            if at is None:
                return None
            made.append([at, at + e - s])
        return made

    quotations = []
    for q in article["quotations"]:
        if id(q) in rewritten:
            quotations.append(rewritten[id(q)])
            continue
        place, source, cue = moved([[q["start"], q["end"]]]), moved(q["source"]), moved(q["cue"])
        if place is not None and source is not None and cue is not None:
            quotations.append({**q, "start": place[0][0], "end": place[0][1], "source": source, "cue": cue})
    attributions = []
    for a in article["attributions"] or ():
        made = {key: moved(a[key]) for key in ("source", "cue", "content")}
        if all(value is not None for value in made.values()):
            attributions.append(made)
    return {
        **article,
        "text": "".join(out),
        "quotations": quotations,
        "attributions": attributions if article["attributions"] is not None else None,
    }
