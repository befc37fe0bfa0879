"""A web archive (MHTML, as browsers save "one file") -> the article of its page."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from typing import NamedTuple

from quotes.errors import InputError
from quotes.readers import html
from quotes.readers.base import Article, Options


class _Page(NamedTuple):
    """A part of the archive that is HTML: the page, or a frame of it."""

    content: bytes
    address: str
    charset: str | None


def read(data: bytes, options: Options) -> Article:
    """Return the article of the archive's page; raises InputError where there is none.

    The page is the part whose address the archive was saved from; where none is, the largest: frames hold
    advertisements.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    saved_from = _address(message, "Snapshot-Content-Location")
    pages = list(_pages(message))
    if not pages:
        raise InputError("holds no web page; save the page as .html")
    named = [page for page in pages if saved_from and page.address == saved_from]
    page = max(named or pages, key=lambda page: len(page.content))
    article = html.read(page.content, options, declared=page.charset)
    return article if article.url else replace(article, url=saved_from or page.address or None)


def _pages(message: Message) -> Iterator[_Page]:
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield _Page(content, _address(part, "Content-Location"), part.get_content_charset())


def _address(part: Message, header: str) -> str:
    """Return the address in a header, which may be folded; empty where there is none."""
    return "".join(str(part.get(header) or "").split())
