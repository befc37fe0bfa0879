"""What on a page is not the article: menus, boxes, captions, comments, links to other stories.

Consumes elements and blocks of a page; says of each whether it is left out, by the name of the rule. The lists hold
what the names of classes and ids, roles and short lines say on pages of many makers, not of one site.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from quotes.readers.pagetext import BLOCKS, Block, Element

OUTSIDE_TAGS = frozenset("nav aside footer form figure figcaption menu".split())
"""Elements that hold no article text by their meaning in HTML."""
OUTSIDE_ROLES = frozenset(
    "navigation complementary contentinfo banner search form dialog alertdialog menu menubar toolbar tablist "
    "tooltip".split()
)
"""Roles (WAI-ARIA) of what stands beside the content."""

OUTSIDE_WORDS = frozenset(
    """
    ad ads advert advertisement adslot adsense advertorial sponsored sponsor promo promos promobox promotion promoted
    outbrain taboola recirc recirculation recommended recommendations related trending popular mostread mostpopular
    newsletter newsletters signup subscribe subscription subscriptions paywall regwall upsell donate donation
    comment comments commenting commentlist disqus discussion respond replies reply
    share sharing sharebar sharedaddy social socials followus follow
    nav navbar navigation menu megamenu breadcrumb breadcrumbs sidebar masthead topbar toolbar pagination pager
    cookie cookies consent gdpr modal popup overlay lightbox toast interstitial
    caption captions credit credits photocredit figcaption wpcaption gallery slideshow carousel
    pullquote pullquotes pulledquote
    byline bylines bio authorbio authorbox authorcard aboutauthor dateline timestamp posted
    tags taglist topics keywords categories
    skiplink skip screenreader print printonly noprint disclaimer copyright legal
    audio player podcast
    cta onward onwards poll quiz survey rating ratings weather ticker widget widgets
    """.split()
)
"""Words of a class or id that name something beside the article; compound ones are also found in parts."""
SURE_WORDS = frozenset(
    """
    ad ads advert advertisement adslot adsense advertorial sponsored sponsor promo promos promobox promotion promoted
    outbrain taboola recirc recirculation recommended recommendations related mostread mostpopular
    newsletter newsletters signup subscribe subscription subscriptions comment comments commenting commentlist disqus
    discussion share sharing sharebar sharedaddy social socials nav navbar navigation menu megamenu breadcrumb
    breadcrumbs sidebar cookie cookies consent gdpr modal popup overlay lightbox toast interstitial
    caption captions credit credits photocredit figcaption wpcaption pullquote pullquotes pulledquote byline bylines
    authorbio authorbox authorcard aboutauthor bio cta taglist skiplink footer
    """.split()
)
"""Those of them that also hold where trafilatura takes what stands there for the article."""
INLINE_WORDS = frozenset(
    "ad ads advert advertisement adslot sponsored sponsor promo share sharing sharebar social".split()
)
"""Those that name a label or a button inside a line rather than words of the sentence."""
STANDFIRST = re.compile(r"standfirst|\bde(?:c)?k\b|subhead|subtitle|summary|\blead\b|\blede\b|intro|strapline", re.I)
"""Names of the lines between a headline and its article."""
OUTSIDE_STEMS = (
    "advert adslot breadcrumb cookie mostpop mostread mostview newsletter outbrain promo pullquote recommend related "
    "sharedaddy sidebar signup sponsor subscri taboola trending"
).split()
"""Beginnings of such words, which stand glued to others."""
OUTSIDE_PAIRS = frozenset(
    """
    pull-quote read-more more-on see-also more-stories more-from most-read most-popular most-viewed top-stories sign-up
    also-read
    read-next up-next author-bio about-author author-info author-box tag-list social-links share-buttons story-tools
    photo-credit image-credit media-caption image-caption wp-caption story-links related-links link-list email-alert
    inline-promo in-article post-meta entry-meta article-meta meta-data article-info post-tags post-footer
    entry-footer article-footer continue-reading skip-link back-to you-may dont-miss editors-picks
    """.split()
)
"""Pairs of neighbouring words that do, where neither does alone."""

OUTSIDE_LINE = re.compile(
    r"(?:read (?:more|next|also|the full story)|also read|more (?:on|from|stories|like|in) |related(?: stories"
    r"| articles| content| coverage|:)|see also|recommended|most (?:read|popular)|don.t miss|you may (?:also )?like|"
    r"advertisement\b|sponsored\b|story continues|article continues|continue reading|sign up|subscribe|newsletter\b|"
    r"share (?:this|on|via)|follow (?:us|the |@)|click here|download (?:our|the) |image (?:source|credit|caption)|"
    r"photo(?:graph)?(?:s)?:|photo(?:graph)?s? by|photo credit|picture:|copyright\b|©|all rights reserved|"
    r"filed under|tags?:|topics?:|(?:\d+ )?comments?\b$|leave a (?:comment|reply)|post a comment|log in\b|"
    r"from (?:the|our) guestbook|"
    r"register\b|view (?:all|more|comments)|skip to|jump to|back to top|top stories|latest news|watch:|listen:|"
    r"this article (?:was|is) (?:only )?(?:available|for)|already a subscriber|enter your email|your email address)",
    re.I,
)
"""How a short line begins that leads elsewhere or belongs to the page."""
SHORT_LINE = 14
"""Words up to which a line that begins so is left out, and only where it is no sentence in quotation marks."""
LEGAL_LINE = re.compile(r"(?:copyright|\(c\)|©)\s*(?:©|\(c\)|\d{4})|©", re.I)
"""How a line of any length begins that says whose the page is."""
ADDRESS_SHARE = 0.3
"""Share of a block's characters that addresses make up in a list of them."""
ADDRESSES = 2
"""Web addresses, written out, from which a block is a list of them."""
INVITATION_MAX = 350
"""Characters up to which a box with an invitation to subscribe holds nothing else."""
INLINE_MAX = 30
"""Characters up to which a named element inside a line is a button or a label, not words of the sentence."""
LINKED_FROM = 0.9
"""Share of a block's characters in links from which it only leads elsewhere, unless it ends with a full stop."""
LINKED_LONGEST = 200
"""Characters up to which such a block is left out."""

PARAGRAPH_LEAST = 60
"""Characters from which a block that ends as a sentence is taken for a paragraph."""

_ENDS_SENTENCE = re.compile(r"[.!?…:,][\"'”’»)\]]*$|[”\"]$")
ENDS_FULL = re.compile(r"[.!?…][\"'”’»)\]]*$")
_ADDRESS = re.compile(r"https?://\S+")
QUOTED = re.compile('[“”"‘«»„]')
SAYS = re.compile(r"\b(?:said|says|told|tells|asked|asks|wrote|writes|added|adds|according to)\b")
"""The commonest words that tell who said something."""
ENDS_STOP = re.compile(r"\.[\"'”’»)\]]*$")
_INVITES = re.compile(r"subscri|newsletter|sign-?up|donate|join-|/join|membership", re.I)
_BOXES = frozenset("div section aside form li td".split())
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def ends_sentence(text: str) -> bool:
    """Whether a block of text ends as a sentence does: headlines, links and credits do not."""
    return _ENDS_SENTENCE.search(text) is not None


def is_paragraph(block: Block) -> bool:
    """Whether a block is by its form a paragraph of an article."""
    length = len(block.text)
    return length >= PARAGRAPH_LEAST and block.linked < 0.5 * length and ends_sentence(block.text)


def rule_for(element: Element) -> str | None:
    """Return the name of the rule that puts `element` beside the article, None where none does."""
    if element.get("role") in OUTSIDE_ROLES:
        return f"role-{element.get('role')}"
    if element.tag not in BLOCKS and "-" not in element.tag:
        return _rule_for_inline(element)
    if _is_of_quotation(element):
        return None
    if element.tag in OUTSIDE_TAGS:
        return None if element.tag == "aside" and _is_announced(element) else f"tag-{element.tag}"
    if "-" in element.tag and word_outside(element.tag):  # an element of the page's own making
        return f"tag-{element.tag}"
    word = _word_of(element)
    return f"name-{word}" if word else None


def is_sure(rule: str) -> bool:
    """Whether a rule holds whatever trafilatura says."""
    if rule in ("tag-aside", "tag-figure", "tag-footer"):
        return False
    name = rule.removeprefix("name-")
    return name == rule or "-" in name or name in SURE_WORDS or name.startswith(tuple(OUTSIDE_STEMS))


def _word_of(element: Element) -> str | None:
    names = (element.get("class"), element.get("id"))
    return next((word for name in names if name and (word := word_outside(name))), None)


def _is_of_quotation(element: Element) -> bool:
    """Whether an element belongs to a block quotation: whom it names below, or the figure that the two make."""
    if any(True for _ in element.iterancestors("blockquote")):
        return True
    figure = element if element.tag == "figure" else next(element.iterancestors("figure"), None)
    return figure is not None and next(figure.iter("blockquote"), None) is not None


def _rule_for_inline(element: Element) -> str | None:
    """Return the rule that leaves out an element inside a line: a label or button of a few words, none in marks."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    word = next((word for name in names.split() for word in _parts(name) if word in INLINE_WORDS), None)
    if word is None:
        return None
    text = "".join(element.itertext())
    return f"name-{word}" if len(text) <= INLINE_MAX and not QUOTED.search(text) else None


def _is_announced(element: Element) -> bool:
    """Whether the text before an element ends with a colon, as before a statement that is set apart."""
    before = element.getprevious()
    return before is not None and "".join(before.itertext()).rstrip().endswith(":")


def _parts(name: str) -> list[str]:
    """Return the words of a class or id: “c-newsletter__box” and “ArticlePullQuote” have three."""
    return [word for word in re.split(r"[-_:/.]+", _CAMEL.sub("-", name).lower()) if word]


@cache
def word_outside(names: str) -> str | None:
    """Return the first word or pair of words in a class or id that names something beside the article."""
    for name in names.split():
        words = _parts(name)
        for first, second in pairwise(words):
            if f"{first}-{second}" in OUTSIDE_PAIRS:
                return f"{first}-{second}"
        for word in words:
            if word in OUTSIDE_WORDS or word.startswith(tuple(OUTSIDE_STEMS)):
                return word
        if "".join(words) in OUTSIDE_WORDS:
            return "".join(words)
        if words and words[-1] == "footer":  # not `footer-note`, which may be a correction
            return "footer"
    return None


def is_statement(block: Block) -> bool:
    """Whether a block holds a quotation and ends with a full stop: whatever it begins with, it is no label."""
    return QUOTED.search(block.text) is not None and ENDS_STOP.search(block.text) is not None


def reports(block: Block) -> bool:
    """Whether a block is plainly an article's: it quotes somebody, and tells who said it."""
    return is_statement(block) and SAYS.search(block.text) is not None


def rule_for_block(block: Block) -> str | None:
    """Return the name of the rule that puts a block of text beside the article, None where none does."""
    text, length = block.text, len(block.text)
    if LEGAL_LINE.match(text):
        return "line-of-law"
    if reports(block):
        return None
    addresses = _ADDRESS.findall(text)
    if len(addresses) >= ADDRESSES and sum(map(len, addresses)) > ADDRESS_SHARE * length:
        return "list-of-addresses"
    if is_statement(block):
        return None
    if len(text.split()) <= SHORT_LINE and OUTSIDE_LINE.match(text):
        return "line-of-page"
    if block.element.tag == "li" and block.linked >= LINKED_FROM * length:
        return "list-of-links"
    if length <= LINKED_LONGEST and block.linked >= LINKED_FROM * length and not ENDS_FULL.search(text):
        return "link-elsewhere"
    return None


def quotes_somebody(element: Element) -> bool:
    """Whether a paragraph or item in `element`, or itself, is plainly an article's."""
    return any(reports(Block(e, words_of(e), 0)) for e in element.iter("p", "li", "blockquote"))


def invitations(top: Element) -> set[Element]:
    """Return the elements under `top` that hold little more than an invitation to subscribe, sign up or donate."""
    found: set[Element] = set()
    for control in top.iter("a", "input", "button"):
        if control.tag == "a":
            is_one = _INVITES.search(control.get("href") or "")
        else:
            is_one = control.get("type") == "email" or _INVITES.search(control.get("name") or "")
        if not is_one:
            continue
        box = None
        for element in control.iterancestors():
            if element is top or len("".join(element.itertext())) > INVITATION_MAX:
                break
            if element.tag in _BOXES:
                box = element
            if quotes_somebody(element):
                box = None  # it quotes somebody: no mere invitation
                break
        if box is not None:
            found.add(box)
    return found


def words_of(element: Element) -> str:
    """Return all text in an element, white space as one space."""
    return " ".join("".join(element.itertext()).split())
