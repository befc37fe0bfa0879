"""Markdown text -> articles.

Consumes decoded text; produces its words as a reader would see them, paragraphs parted by blank lines, and what its
front matter says. Articles are prose, so what Markdown would take for code or a link, and prose means otherwise, stays.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from quotes.errors import InputError
from quotes.paragraphs import SENTENCE_END
from quotes.readers.base import Article, library

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

PARAGRAPHS_SHARE = 0.6
"""Share of a block's lines that end a sentence, above which each is a paragraph: of wrapped lines a quarter does."""
_SOFT = "\x00"
"""Stands for a soft break until it is known what it means; no text that is read holds it."""
NESTING_MAX = 100
"""How deep lists and block quotes may stand in each other; a text that goes deeper is taken as it is."""
FRONT_MATTER_MAX = 20_000
"""Most characters that front matter may have."""

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?P<lines>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_KEY = re.compile(r"([A-Za-z][\w.-]*)[ \t]*:(?:[ \t]+(.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_FIELDS = {
    **dict.fromkeys(("title", "headline"), "headline"),
    **dict.fromkeys(("author", "authors", "byline"), "byline"),
    **dict.fromkeys(("date", "published", "pubdate", "publishdate", "date_published"), "published"),
    **dict.fromkeys(("url", "canonical", "canonical_url", "link"), "url"),
    **dict.fromkeys(("site", "publisher"), "site"),
}
"""What keys of front matter mean; without one of them it is none, but speakers' names and words between rules, say."""

_TEX_QUOTES = re.compile(r"`[^`]*?[\w.,!?;:…]'{1,2}(?!\w)")
"""Quotation marks typed ``so'' or `so'."""
_FENCE_OF_WORDS = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*[^\s`]*(?:[\"',.!?]|[ \t]+\S)", re.M)
"""A line that would begin a block of code, but has words behind the marks."""
_DESTINATION = re.compile(r"(?i)[a-z][a-z\d+.-]*:|[/#?]|\.{1,2}/|www\.|[^/]+/|\S+\.[a-z]\w{1,4}(?:[?#]|$)|$")
"""What a link leads to; `[Pell]: No.` is no link, but speech."""

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead "
    "title tr ul".split()
)
_INLINE_TAGS = frozenset(
    "a abbr acronym audio b bdi bdo big br button cite code col colgroup data del dfn em embed font i iframe img input "
    "ins kbd label link map mark meta meter noscript object output picture progress q ruby s samp script select small "
    "source span strike strong style sub sup svg textarea time tt u var video wbr".split()
)
_NO_TEXT = re.compile(r"<!--.*?-->|<(script|style)\b[^>]*>.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(r"</?([A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")


def read(text: str) -> Article:
    """Return the article in the Markdown `text`. Every text is one; InputError only where the library is missing."""
    about, text = _front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        tokens = _parse(text)
        if any(token.level >= NESTING_MAX - 1 for token in tokens):
            raise RecursionError
        paragraphs = list(_paragraphs(tokens))
    except InputError:
        raise
    except Exception:  # the library's own errors on texts that nobody writes; no word is lost
        return Article(text=text, **about)
    if "headline" not in about:
        first = next((i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"), None)
        headline = " ".join(_words(tokens[first + 1].children or ()).split()) if first is not None else ""
        about |= {"headline": headline} if headline else {}
    return Article(text="\n\n".join(paragraphs), **about)


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the fields that a block of `key: value` lines at the top sets, and the text below it."""
    match = _FRONT_MATTER.match(text[:FRONT_MATTER_MAX])
    found: dict[str, Any] = {}
    if match is None:
        return found, text
    key = ""
    for line in match["lines"].splitlines():
        pair, item = _KEY.match(line), _ITEM.match(line)
        if pair:
            key = _FIELDS.get(pair[1].lower(), "")
            value = _plain(pair[2] or "")
        elif item and key:
            value = ", ".join(filter(None, (found.get(key), _plain(item[1]))))
        elif item or not line.strip() or line[0] in " \t#":
            continue
        else:
            return {}, text
        if key and value and (item or key not in found):
            found[key] = value
    return (found, text[match.end() :]) if found else ({}, text)


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace(value[0] * 2 if value[0] == "'" else '\\"', value[0]).strip()
    return value.strip("[]").strip() if value.startswith("[") else "" if value in {">", "|", "~", "null"} else value


def _parse(text: str) -> list[Token]:
    tokens = _parser(text, has_tables=True).parse(text)
    lines = text.split("\n")
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif (
            token.type == "tr_open"
            and columns
            and token.map
            and lines[token.map[0]].strip(" \t>|").count("|") >= columns
        ):
            # Cells beyond those of the table's head would be lost.
            return _parser(text, has_tables=False).parse(text)
    return tokens


def _parser(text: str, *, has_tables: bool) -> MarkdownIt:
    """Return a parser that takes nothing in `text` for code or a link that is prose."""
    markdown = library("markdown_it", "all", "Markdown files")
    inline = library("markdown_it.rules_inline.emphasis", "all", "Markdown files")
    parser: MarkdownIt = markdown.MarkdownIt("commonmark", {"maxNesting": NESTING_MAX})
    parser.disable("code")  # an indented line begins a paragraph
    if has_tables:
        parser.enable("table")
    if _TEX_QUOTES.search(text):
        parser.disable("backticks")
    if _FENCE_OF_WORDS.search(text):
        parser.disable("fence")

    def emphasis(state: StateInline, silent: bool) -> bool:
        """Leave asterisks within a word, `f**k`, where they are."""
        end = state.pos
        while end < state.posMax and state.src[end] == "*":
            end += 1
        if end > state.pos > 0 and state.src[state.pos - 1].isalnum() and state.src[end : end + 1].isalnum():
            if not silent:
                state.pending += state.src[state.pos : end]
            state.pos = end
            return True
        return bool(inline.tokenize(state, silent))

    parser.inline.ruler.at("emphasis", emphasis)
    parser.validateLink = lambda url: _DESTINATION.match(url) is not None  # type: ignore[method-assign]
    return parser


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the text of each paragraph, without the empty ones."""
    mark = ""
    for i, token in enumerate(tokens):
        if token.type == "list_item_open":
            is_alone = token.level == 1 and tokens[i - 1].type == "bullet_list_open" and _is_last(tokens, i)
            # The number may be a year; one dash alone stands before a speaker's name.
            mark = f"{token.info}{token.markup} " if token.info else "- " if is_alone and token.markup == "-" else ""
        elif token.type == "list_item_close":
            mark = ""
        elif token.type in {"inline", "fence", "html_block"}:
            content = {"fence": token.content, "html_block": _without_tags(token.content)}.get(token.type)
            text = _words(token.children or ()) if content is None else content
            for part in re.split(r"\n[ \t]*\n", text):
                if part.strip():
                    yield mark + part.strip()
                    mark = ""


def _is_last(tokens: Sequence[Token], index: int) -> bool:
    """Whether the list item that opens at `index` is the last of its list."""
    level = tokens[index].level
    close = next(i for i in range(index + 1, len(tokens)) if tokens[i].level == level and tokens[i].nesting < 0)
    return tokens[close + 1].type == "bullet_list_close"


def _words(tokens: Sequence[Token]) -> str:
    """Return what a reader sees of the tokens within a paragraph."""
    parts: list[str] = []
    for token in tokens:
        if token.type in {"text", "text_special", "code_inline"}:
            parts.append(token.content)
        elif token.type == "html_inline":
            parts.append(_without_tags(token.content))
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(_SOFT if token.type == "softbreak" else "\n")
    return re.sub(r" *\n *", "\n", _unwrapped("".join(parts)))


def _unwrapped(text: str) -> str:
    """Return the text of a block with its soft breaks as spaces, or as line ends where each line ends a sentence.

    Many save articles as Markdown with one paragraph a line; joined, their speakers would stand together.
    """
    lines = text.split(_SOFT)
    whole = sum(SENTENCE_END.search(line) is not None for line in lines[:-1])
    return ("\n" if whole > PARAGRAPHS_SHARE * (len(lines) - 1) else " ").join(lines)


def _without_tags(source: str) -> str:
    """Return the text of a piece of HTML. What only looks like a tag, `<unclear>`, stays."""

    def stand_in(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name == "br":
            return "\n"
        return "\n\n" if name in _BLOCK_TAGS else "" if name in _INLINE_TAGS else match[0]

    return html.unescape(_TAG.sub(stand_in, _NO_TEXT.sub("", source)))
