"""Tie each quoted span to the mention of its source: by rules over the folded narrative, and by the reader.

Consumes the narrative, the quoted spans and the reader's answers; produces one `Attribution` a span. Its `rule` is the
name of the rule that fired, `reader` where the shipped model decided, or both (`said-after+reader`) where they agree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes import carry, rules
from quotes.decide import CERTAIN, Choice, choose
from quotes.hits import LISTED, NAME, Hit
from quotes.kinds import is_nobodys, is_title_case, quotation_type
from quotes.mentions import Mentions
from quotes.narrative import Narrative
from quotes.reader import Answer
from quotes.records import ABSTAINED, Attribution, Candidate, QuotationType, QuotedSpan, Span
from quotes.scores import score

ABSTAIN_BELOW = 0.5
"""A source that is likelier wrong than right is not named by the rules alone; it stays as an alternative."""
NAMED_FROM = 0.5
"""The same beside the reader; `confidence.NAME_FROM` then judges by all signals together."""
READER = "reader"
NOBODYS = "nobody-in-particular"
"""Name of the rule for terms that “everyone” or “glaciologists” use: not anybody's words."""
FEW = 50
"""Quotations of one mention, beyond which the last stands for the nearest."""


def ruled(narrative: Narrative, spans: Sequence[QuotedSpan]) -> dict[int, Hit]:
    """Return what the rules say of the spans, by index."""
    return carry.apply(narrative, spans, rules.apply(narrative, spans))


def attribute(
    narrative: Narrative,
    spans: Sequence[QuotedSpan],
    answers: Mapping[int, Answer] | None = None,
    hits: Mapping[int, Hit] | None = None,
    *,
    abstain: bool = True,
) -> tuple[Attribution, ...]:
    """Return the attribution of every span, parallel to `spans`.

    `answers` are the reader's, by index of the span; without them the rules decide alone. `hits` are what the rules
    say (`ruled`), found here where not given. With `abstain`, a source that is too likely wrong is given only as an
    alternative. A nested span gets none of its own: who is quoted inside a quotation cannot be read from the narrative.
    """
    hits = ruled(narrative, spans) if hits is None else hits
    if answers is None:
        return tuple(_ruled(narrative, span, i, hits, abstain) for i, span in enumerate(spans))
    choices = choose(narrative.text, spans, hits, answers)
    sources = _sources(narrative, hits, choices)
    return tuple(_chosen(narrative, spans, i, choices.get(i), sources, abstain) for i in range(len(spans)))


def _ruled(narrative: Narrative, span: QuotedSpan, index: int, hits: Mapping[int, Hit], abstain: bool) -> Attribution:
    words = span.words.of(narrative.text)
    hit = first = hits.get(index)
    # A fragment in a list is as sure as the first one, and has no source where that has none.
    while first is not None and first.rule == LISTED and first.carried_from is not None:
        first = hits.get(first.carried_from)
    if hit is not None and hit.rule == NAME:
        return Attribution(NAME, score(NAME), type=_unspoken(words))
    if hit is None or first is None:
        return Attribution("no-source", score("no-source"), type=quotation_type(words, has_source=False))
    sure = score(first.rule)
    if abstain and sure < ABSTAIN_BELOW:
        others = () if hit.mention is None else (Candidate(hit.mention, sure, hit.rule),)
        kind = quotation_type(words, has_source=False)
        return Attribution(ABSTAINED, score("no-source"), type=kind, alternatives=others)
    kind = quotation_type(words, has_source=True)
    return Attribution(hit.rule, sure, hit.mention, hit.cue, kind, carried_from=hit.carried_from, cue_list=hit.cue_list)


def _unspoken(words: str) -> QuotationType:
    return "work" if is_title_case(words.rstrip(".,!?")) else "scare"


@dataclass(frozen=True, slots=True)
class _Source:
    """What a quotation rests on once both sides were heard: its own mention, or another quotation's."""

    mention: Span | None = None
    carried_from: int | None = None


def _sources(narrative: Narrative, hits: Mapping[int, Hit], choices: Mapping[int, Choice]) -> dict[int, _Source]:
    """Return what each quotation rests on. One that is carried on rests on a quotation with a mention of its own."""
    naming = Mentions(narrative)
    paragraph_of = {t.quotation: s.paragraph for p in narrative.sentences for s in p for t in s.tokens}
    starts = [paragraph.start for paragraph in narrative.paragraphs]
    mentions = {i: mention for i, c in choices.items() if (mention := _mention(c, naming, narrative.text)) is not None}
    own = {i: m for i, m in mentions.items() if bisect_right(starts, m.start) - 1 == paragraph_of.get(i)}
    bearers: dict[int, list[int]] = {}
    for i, mention in own.items():
        bearers.setdefault(mention.start, []).append(i)
    # A lead-in stands in another paragraph, but the quotation after it is the first to rest on it.
    for i, mention in sorted(mentions.items()):
        if mention.start not in bearers:
            own[i], bearers[mention.start] = mention, [i]
    roots: dict[int, int | None] = {i: i for i in own}
    for i in choices:
        _find_root(i, hits, choices, roots)
    sources: dict[int, _Source] = {}
    for i in choices:
        mention, root = mentions.get(i), roots[i]
        if mention is not None:
            same = [] if i in own else bearers.get(mention.start, [])
            nearest = min(same, key=lambda k: (abs(k - i), k), default=None) if len(same) < FEW else same[-1]
            sources[i] = _Source(mention) if nearest is None else _Source(carried_from=nearest)
        else:
            sources[i] = _Source(carried_from=root)
    return sources


def _mention(choice: Choice, naming: Mentions, text: str) -> Span | None:
    ruled = choice.hit.mention if choice.hit else None
    if choice.side == "rules":
        return None if choice.hit is not None and choice.hit.rule == LISTED else ruled
    if choice.answer is None or choice.answer.mention is None:
        return None
    read = naming.of(choice.answer.mention)
    if ruled is None or choice.hit is None:
        return read
    # Of “Roe, whose lawyer, Jo Pell,” the rule tells which name it is.
    is_of_another = "whose" in text[read.end : ruled.start].split()
    return ruled if is_of_another or (choice.hit.rule in CERTAIN and ruled.contains(read)) else read


def _find_root(
    index: int, hits: Mapping[int, Hit], choices: Mapping[int, Choice], roots: dict[int, int | None]
) -> None:
    """Set in `roots` the quotation with its own mention whose speaker goes on in `index`, and in those between."""
    path: list[int] = []
    step: int | None = index
    while step is not None and step not in roots and step in choices:
        path.append(step)
        roots[step] = None  # so that a circle ends
        choice = choices[step]
        if choice.side == "reader":
            step = choice.answer.same_as if choice.answer else None
        else:
            hit = hits.get(step)
            step = hit.carried_from if hit is not None else None
    root = roots.get(step) if step is not None else None
    for passed in path:
        roots[passed] = root


def _chosen(
    narrative: Narrative,
    spans: Sequence[QuotedSpan],
    index: int,
    choice: Choice | None,
    sources: Mapping[int, _Source],
    abstain: bool,
) -> Attribution:
    words = spans[index].words.of(narrative.text)
    if choice is None:
        return Attribution("no-source", score("no-source"), type=quotation_type(words, has_source=False))
    source, hit, answer = sources[index], choice.hit, choice.answer
    if source.mention is not None and is_nobodys(source.mention.of(narrative.text), words):
        return Attribution(NOBODYS, choice.probability, type="scare", alternatives=_others(choice, source))
    rule = READER if choice.side == "reader" or hit is None else hit.rule
    if choice.side == "both" and hit is not None:
        rule = f"{hit.rule}+{READER}"
    others = _others(choice, source)
    if source.mention is None and source.carried_from is None:
        return Attribution(rule, choice.probability, type=_kind_without_source(words, choice), alternatives=others)
    if abstain and choice.probability < NAMED_FROM:
        kind = quotation_type(words, has_source=False)
        if source.mention is not None:
            others = (Candidate(source.mention, choice.probability, rule), *others)
        return Attribution(ABSTAINED, 1 - choice.probability, type=kind, alternatives=others)
    kind = quotation_type(words, has_source=True)
    cue, cue_list = (hit.cue, hit.cue_list) if hit is not None else (None, None)
    if choice.side != "rules" and answer is not None and answer.cue is not None and source.mention is not None:
        cue = answer.cue
    return Attribution(
        rule,
        choice.probability,
        source.mention,
        cue if source.mention is not None else None,
        kind,
        carried_from=source.carried_from,
        alternatives=others,
        cue_list=cue_list if source.mention is not None and cue is not None else None,
    )


def _kind_without_source(words: str, choice: Choice) -> QuotationType:
    named = choice.hit is not None and choice.hit.rule == NAME
    unspoken = choice.answer is not None and choice.answer.spoken < 0.5
    return _unspoken(words) if named or unspoken else quotation_type(words, has_source=False)


def _others(choice: Choice, source: _Source) -> tuple[Candidate, ...]:
    """Return the runners-up of both sides that are not the source itself, best first."""
    found = list(choice.answer.others) if choice.answer is not None else []
    if choice.side == "rules" and choice.answer is not None and choice.answer.mention is not None:
        found.append(Candidate(choice.answer.mention, choice.answer.score, READER))
    taken = source.mention
    return tuple(c for c in sorted(found, key=lambda c: -c.score) if taken is None or not c.mention.overlaps(taken))[:2]
