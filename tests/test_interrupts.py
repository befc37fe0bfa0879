"""Ctrl-C ends the program wherever it comes, also where Python ignores it or makes another error of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import quotes

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
LOST = """
class A: pass
a = A()
ref = weakref.ref(a, lambda _: os.kill(os.getpid(), signal.SIGINT))
del a
time.sleep(30)
"""
"""An interruption within a callback, where Python ignores it."""
TURNED = """
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(30)
except KeyboardInterrupt:
    pass
raise ImportError("cannot load")
"""
"""One that a package makes an error of its own of, without saying so."""


@POSIX
@pytest.mark.parametrize("what", [LOST, TURNED], ids=["lost", "turned"])
def test_an_interruption_is_not_lost(what: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We go,” said Ada Holt.", encoding="utf-8")
    code = (
        "import os, signal, time, weakref\nfrom quotes import batch, interrupts\ninterrupts.AGAIN = 0.2\n"
        f"def stuck(*_, **__):\n    exec({what!r})\nbatch.run = stuck\nfrom quotes.cli import main\nmain()"
    )
    command = [sys.executable, "-c", code, "extract", "a.txt", "-o", "rows.csv"]
    env = {**os.environ, "PYTHONPATH": str(Path(quotes.__file__).parent.parent)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=30, check=False)
    assert done.returncode == 128 + signal.SIGINT
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
