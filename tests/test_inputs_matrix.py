"""One article in every form that a newsroom has it in: the same quotations and speakers come out."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import quotes
from quotes import paragraphs
from quotes.documents import read
from quotes.readers.kinds import KINDS

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
NAMES = ("british_council", "press_release_bridge", "science_glacier", "wire_flood")
MENU = "<nav><ul><li><a href='/'>“Home”</a></li></ul></nav>"


@cache
def parts_of(name: str) -> tuple[str, ...]:
    """Return the paragraphs of an article of ours, each on one line."""
    text = (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(" ".join(span.of(text).split()) for span in paragraphs.split(text))


def text(parts: tuple[str, ...]) -> bytes:
    return "\n\n".join(parts).encode()


def page(parts: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts[1:])
    head = f"<title>{html.escape(parts[0])}</title>"
    return f"<!doctype html><html><head>{head}</head><body>{MENU}<article>{body}</article></body></html>".encode()


def web_archive(parts: tuple[str, ...]) -> bytes:
    head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head.encode() + page(parts)


def pdf(parts: tuple[str, ...]) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    stream, style = io.BytesIO(), getSampleStyleSheet()["BodyText"]
    flow = [piece for part in parts for piece in (Paragraph(html.escape(part, quote=False), style), Spacer(1, 6))]
    SimpleDocTemplate(stream, invariant=1).build(flow)
    return stream.getvalue()


def word(parts: tuple[str, ...]) -> bytes:
    import docx

    stream, document = io.BytesIO(), docx.Document()
    for part in parts:
        document.add_paragraph(part)
    document.save(stream)
    return stream.getvalue()


def frame(parts: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({"id": ["a1"], "headline": [parts[0]], "text": ["\n\n".join(parts)]})


def table(extension: str) -> Callable[[tuple[str, ...]], bytes]:
    def write(parts: tuple[str, ...]) -> bytes:
        stream = io.BytesIO()
        if extension == "parquet":
            frame(parts).to_parquet(stream)
        elif extension == "xlsx":
            frame(parts).to_excel(stream, index=False, engine="openpyxl")
        elif extension == "json":
            stream.write(json.dumps(frame(parts).to_dict("records"), indent=2).encode())
        elif extension == "jsonl":
            stream.write(json.dumps(frame(parts).to_dict("records")[0], ensure_ascii=False).encode())
        else:
            frame(parts).to_csv(stream, index=False, sep="\t" if extension == "tsv" else ",")
        return stream.getvalue()

    return write


def zipped(parts: tuple[str, ...]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("news/article.html", page(parts))
    return stream.getvalue()


WRITERS: dict[str, Callable[[tuple[str, ...]], bytes]] = {
    "txt": text,
    "md": text,
    "html": page,
    "mhtml": web_archive,
    "pdf": pdf,
    "docx": word,
    **{extension: table(extension) for extension in ("csv", "tsv", "json", "jsonl", "parquet", "xlsx")},
    "zip": zipped,
    "gz": lambda parts: gzip.compress(text(parts)),
}


def said(text: str) -> list[tuple[Any, ...]]:
    return [(row["quote"], row["speaker"], row["title"], row["boundary"]) for row in quotes.extract(text)]


@cache
def expected(name: str) -> list[tuple[Any, ...]]:
    return said(text(parts_of(name)).decode())


def test_every_kind_is_here() -> None:
    assert set(WRITERS) == set(KINDS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_comes_out(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / (f"article.{kind}" if kind != "gz" else "article.txt.gz")
    path.write_bytes(WRITERS[kind](parts_of(name)))
    document = read(path)
    assert said(document.text) == expected(name)
    assert len(expected(name)) > 4
