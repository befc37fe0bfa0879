"""Rules that find a quotation's source in its own sentence or paragraph.

Consumes the narrative; produces `Hit` values by span index. The rules of `RULES` are asked in order, the surest
first; each is a small function of one quotation in its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotes import cues as cue_reader
from quotes.hits import NAME, Context, Hit, nearest_before
from quotes.kinds import is_clause
from quotes.narrative import EM_DASHES, Narrative, Sentence, Token
from quotes.phrases import NounPhrase, read_back, read_forward
from quotes.records import QuotedSpan, Span
from quotes.unclosed import TURN
from quotes.unspoken import is_name_of_something, is_no_speech
from quotes.verbs import ADVERBS, VERBS, Cue
from quotes.wordclasses import FUNCTION_WORDS, is_namelike

Rule = Callable[[Context], Hit | None]


def apply(narrative: Narrative, spans: Sequence[QuotedSpan]) -> dict[int, Hit]:
    """Return what the rules find for the spans, by index; a span that none fires for is left out."""
    hits = {i: Hit(NAME, None) for i, s in enumerate(spans) if s.outer is None and is_no_speech(narrative.text, s)}
    for paragraph in narrative.sentences:
        for number, sentence in enumerate(paragraph):
            if not sentence.quotations:
                continue
            found = tuple(cue_reader.find(sentence.tokens))
            for context in _contexts(narrative.text, paragraph, number, sentence, found, spans):
                hit = _first_hit(context)
                index = context.tokens[context.at].quotation
                if hit is not None and index is not None:
                    hits[index] = hit
    return hits


def _contexts(
    text: str,
    paragraph: Sequence[Sentence],
    number: int,
    sentence: Sentence,
    found: tuple[Cue, ...],
    spans: Sequence[QuotedSpan],
) -> list[Context]:
    last = number == len(paragraph) - 1
    return [
        Context(text, sentence.tokens, found, at, spans[token.quotation], number == 0, last)
        for at, token in enumerate(sentence.tokens)
        if token.quotation is not None
    ]


def _first_hit(context: Context) -> Hit | None:
    if is_name_of_something(context):
        return Hit(NAME, None)
    for rule in RULES:
        hit = rule(context)
        if hit is not None:
            return hit
    return None


def said_after(context: Context) -> Hit | None:
    """“…,” Roe said; “…,” said Roe; “…,” Roe, who came late, said."""
    start = context.after()
    for cue in context.cues:
        if cue.first < start or cue.source is None or cue.use == "according" or cue.form == "gerund":
            continue
        # “…!” called a voice: the one verb of naming that also carries words.
        if cue.use == "call" and not (cue.lemma == "call" and cue.first == start and cue.order == "inverted"):
            continue
        if cue.order == "inverted" and cue.first - start <= 3 and _only_adverbs(context, start, cue.first):
            return context.hit("said-after-inverted", cue.source, cue)
        if cue.order == "subject":
            first = _first_of_two(context, start, cue.source)
            if _begins_clause(context, start, first.first):
                return context.hit("said-after", first, cue)
        return None
    return None


def _first_of_two(context: Context, start: int, source: NounPhrase) -> NounPhrase:
    """Return Pell of “Pell and Moss said”, whose source is read back from the verb, else the source."""
    link = source.first - 1
    if link <= start or context.tokens[link].low not in ("and", "&"):
        return source
    return read_back(context.tokens, link - 1, start) or source


def _begins_clause(context: Context, start: int, source: int) -> bool:
    """Whether a source begins right after the quotation, or after a few words that only modify it."""
    between = context.tokens[start:source]
    return start <= source <= start + 3 and all(
        t.is_word and t.low not in VERBS and t.low not in FUNCTION_WORDS for t in between
    )


def _only_adverbs(context: Context, start: int, end: int) -> bool:
    return all(t.low in ADVERBS or t.low.endswith("ly") for t in context.tokens[start:end])


def quoted_as(context: Context) -> Hit | None:
    """The Echo quoted Roe as saying “…”; “…,” the Echo quoted Roe as saying; Roe was quoted as saying “…”."""
    for cue in context.cues:
        is_as = cue.form == "gerund" and cue.first >= 2 and context.tokens[cue.first - 1].low == "as"
        before = context.tokens[max(0, cue.first - cue_reader.LONGEST_QUOTED) : cue.first]
        if cue.source is None or not is_as or not any(t.low in cue_reader.QUOTES for t in before):
            continue
        leads = cue.last <= context.at and context.at - cue.last <= 2
        follows = context.at < cue.first and all(c.first >= cue.first for c in context.cues if c.first > context.at)
        if leads or follows:
            return context.hit("quoted-as", cue.source, cue)
    return None


def turn_inside(context: Context) -> Hit | None:
    """“NAME: …”: a transcript whose marks stand before the speaker's name."""
    match = TURN.match(context.text, context.span.words.start, context.span.words.end)
    if match is None:
        return None
    label = match.group()[:-1].replace("’", "'").lower().split()
    if all(word in TURN_LABELS for word in label):
        return None
    return Hit("turn-inside", Span(match.start(), match.end() - 1), Span(match.end() - 1, match.end()))


def dash_signature(context: Context) -> Hit | None:
    """“…” — Ana Pell, director; “…” -Director Ana Pell."""
    i = context.at + 1
    if i < len(context.tokens) and context.tokens[i].text in (".", ","):
        i += 1
    if i + 1 >= len(context.tokens) or context.tokens[i].text not in EM_DASHES:
        return None
    if not is_namelike(context.tokens[i + 1]) and not (
        context.tokens[i + 1].low in ("the", "a", "an") and is_clause(context.span.words.of(context.text))
    ):
        return None  # a fragment “…” — a metaphor for something
    source = read_forward(context.tokens, i + 1)
    if source is None or any(cue.first > i for cue in context.cues):
        return None
    rest = context.tokens[source.last :]
    if rest and rest[0].text not in (",", ".", ";", "(", *EM_DASHES):
        return None
    return context.hit("dash-signature", source)


TURN_LABELS = frozenset("q a question answer note update editor's transcript video clip audio crosstalk".split())
"""What stands before a colon and names nobody: turns whose speakers are told elsewhere, and what is no turn at all."""


TOPICS = frozenset("as about on regarding concerning".split())
"""What begins words before a colon that tell the topic, not the speaker."""


def tells_topic(lead: Sequence[Token]) -> bool:
    """Whether words before a colon tell what follows is about: “As for the tax:”, but not “On the radio, Ana Pell:”."""
    return bool(lead) and lead[0].low in TOPICS and all(t.text != "," for t in lead)


def turn(context: Context) -> Hit | None:
    """NAME: “…”, as in a transcript or a headline."""
    colon = context.at - 1
    if colon < 1 or context.tokens[colon].text != ":" or any(c.last <= colon for c in context.cues):
        return None
    source = read_back(context.tokens, colon - 1)
    if source is None or source.kind == "pronoun" or context.tokens[colon - 1].low in TURN_LABELS:
        return None
    lead = [t for t in context.tokens[: source.first] if t.is_word]
    if tells_topic(context.tokens[:colon]):
        return None
    return None if len(lead) > 2 else context.hit("turn", source)


def said_colon(context: Context) -> Hit | None:
    """Roe said: “…”; Roe told reporters in June: “…”."""
    if context.at < 1 or context.tokens[context.at - 1].text != ":":
        return None
    cue = nearest_before(context)
    return context.hit("said-colon", cue.source, cue) if cue is not None and cue.source is not None else None


def said_before(context: Context) -> Hit | None:
    """Roe said, “…”; Roe said that “…”."""
    cue = nearest_before(context)
    if cue is None or cue.source is None or cue.use == "according":
        return None
    between = [t for t in context.tokens[cue.last : context.at] if t.is_word]
    if len(between) == 0:
        return context.hit("said-before" if cue.use != "call" else "called", cue.source, cue)
    if context.tokens[context.at - 1].text == "," and len(between) <= 8:
        return context.hit("said-before-comma", cue.source, cue)
    return None


def according_to(context: Context) -> Hit | None:
    """According to Roe, …“…”; “…,” according to Roe."""
    for cue in context.cues:
        if cue.use == "according" and cue.source is not None:
            return context.hit("according-to", cue.source, cue)
    return None


def cue_before(context: Context) -> Hit | None:
    """Roe said it was “…”: the nearest reporting verb before a fragment in the same sentence."""
    cue = nearest_before(context)
    if cue is None or cue.source is None or cue.use == "manner":
        return None
    return context.hit("called-before" if cue.use == "call" else "cue-before", cue.source, cue)


def cue_after(context: Context) -> Hit | None:
    """It was “…,” and it will fail, Roe said: a reporting verb at the end of the sentence."""
    for cue in context.cues:
        if cue.first <= context.at or cue.source is None or cue.use not in ("say", "manner") or cue.form == "gerund":
            continue
        start = min(cue.first, cue.source.first)
        if start > context.at and context.tokens[start - 1].text == "," and cue.order in ("subject", "inverted"):
            return context.hit("cue-after", cue.source, cue)
    return None


def headline_colon(context: Context) -> Hit | None:
    """Roe: Town “in a different place”: a name and a colon that begin a headline."""
    for i, token in enumerate(context.tokens[: context.at]):
        if token.text == ":" and tells_topic(context.tokens[:i]):
            return None
        if token.text == ":":
            source = read_back(context.tokens, i - 1) if i else None
            if source is None or source.kind == "pronoun" or source.first > 2 or i - source.first > 5:
                return None
            is_number = context.text[token.end : token.end + 1].isdigit()
            if context.tokens[i - 1].low in TURN_LABELS or is_number:
                return None  # “Editor's note: …”, “Brin 8:31 – …”
            return context.hit("headline-colon", source)
    return None


RULES: tuple[Rule, ...] = (
    turn_inside,
    quoted_as,
    said_after,
    dash_signature,
    said_colon,
    turn,
    said_before,
    according_to,
    cue_before,
    cue_after,
    headline_colon,
)
