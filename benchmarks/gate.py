"""Hold the accuracy that was reached: `python benchmarks/gate.py [CORPORA]`.

`floors.json` has for each set its figures and the sha256 of its gold. The fixtures are measured always, and so are the
articles that were written for training and that the reader never saw (`written`: other subjects and styles, many of
them hard; the weights of the choice of speakers and the calibration were fitted with them), and those that were
written for this measure alone (`articles/`, `plain`: news as most of it is; nothing was learned from them); the
development sets where CORPORA holds them. A figure under its floor by more than SLACK fails the run, and so does a gold
file that changed. `--raise` writes what is better now; `--lower --reason TEXT` writes all as it is, with the reason.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from quotes import pipeline
from quotes.evaluate import read_gold, score
from quotes.records import Document
from training import written
from training.material import HOLD_OUT

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
FIXTURES = HERE.parent / "fixtures" / "gold.jsonl"
ARTICLES = HERE / "articles"
SETS = ("polnear-dev", "wire-dev", "abc-dev")
UP = ("found", "recall", "precision", "canonical", "title", "at_90")
DOWN = ("named_non_speech", "not_verbatim")
SLACK = 0.002
"""Differences up to this are another processor's rounding."""


def unseen() -> list[dict[str, Any]]:
    """Return the gold of the written articles that the reader never saw."""
    return [written.gold(name, marked) for name, marked in list(written.load())[::HOLD_OUT]]


def plain() -> list[dict[str, Any]]:
    """Return the gold of the articles that were written for this measure alone."""
    return [written.gold(name, marked) for name, marked in written.load(ARTICLES)]


def measure(articles: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of the shipped pipeline on gold `articles`."""
    documents = [Document(article["text"], article["doc_id"]) for article in articles]
    rows = [row for _, found in pipeline.process(documents) for row in found]
    figures, _ = score(articles, rows)
    return {name: figures[name] for name in (*UP, *DOWN)}


def worse(name: str, found: dict[str, Any], floor: dict[str, Any]) -> list[str]:
    """Return a line for each figure of set `name` that fell."""
    if found["sha256"] != floor["sha256"]:
        return [f"{name}: the gold file is another than the one measured; look why, then use --lower with a reason"]
    fell = [(k, floor[k], found[k]) for k in UP if found[k] < floor[k] - SLACK]
    rose = [(k, floor[k], found[k]) for k in DOWN if found[k] > floor[k] + SLACK]
    return [f"{name}: {k} was {old}, is {new}" for k, old, new in fell + rose]


def better(found: dict[str, Any], floor: dict[str, Any]) -> dict[str, Any]:
    """Return the better of each figure."""
    best = {k: max(found[k], floor.get(k, 0.0)) for k in UP} | {k: min(found[k], floor.get(k, 1.0)) for k in DOWN}
    return {"sha256": found["sha256"], **best}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path, nargs="?", help="folder with the development sets")
    parser.add_argument("--raise", dest="lift", action="store_true", help="write the figures that are better now")
    parser.add_argument("--lower", action="store_true", help="write all figures as they are now; needs --reason")
    parser.add_argument("--reason", help="why a floor is lowered, kept in the file")
    args = parser.parse_args()
    if args.lower and not args.reason:
        parser.error("--lower needs --reason")
    files = {"fixtures": FIXTURES}
    if args.corpora:
        files |= {name: path for name in SETS if (path := args.corpora / f"{name}.jsonl").exists()}
    gold = {n: (list(read_gold(path)), hashlib.sha256(path.read_bytes()).hexdigest()) for n, path in files.items()}
    for name, ours in (("written", unseen()), ("plain", plain())):
        gold[name] = ours, hashlib.sha256(json.dumps(ours).encode()).hexdigest()
    kept: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    floors, failures = kept.get("floors", {}), []
    for name, (articles, sha256) in gold.items():
        found = {"sha256": sha256, **measure(articles)}
        print(name, json.dumps({k: v for k, v in found.items() if k != "sha256"}))
        floor = floors.get(name)
        if args.lower or (args.lift and floor is None):
            floors[name] = found
        elif floor is None:
            failures.append(f"{name}: has no floor yet; --raise writes one")
        else:
            failures.extend(worse(name, found, floor))
            if args.lift and not worse(name, found, floor):
                floors[name] = better(found, floor)
    if args.lower:
        kept.setdefault("lowered", []).append({"on": date.today().isoformat(), "reason": args.reason})
    if args.lower or args.lift:
        kept["floors"] = floors
        FLOORS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    for failure in failures:
        print(failure, file=sys.stderr)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
