"""A web archive (MHTML, as browsers save "one file") -> the article of its page."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

from quotes.errors import InputError
from quotes.readers import html
from quotes.readers.base import Article, Options


def read(data: bytes, options: Options) -> Article:
    """Return the article of the first page in the archive; raises InputError where there is none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            charset = options.encoding or part.get_content_charset()
            article = html.read(content if isinstance(content, bytes) else b"", replace(options, encoding=charset))
            address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
            return article if article.url else replace(article, url=str(address) if address else None)
    raise InputError("holds no web page; save the page as .html")
