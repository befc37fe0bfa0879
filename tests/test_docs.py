"""Every command, option and make target is documented, and the documents name no others."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer.main

from quotes.cli import app

ROOT = Path(__file__).parent.parent
SET_UP = ("make run", "make test")
TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)", re.M)
MAKE_COMMAND = re.compile(r"(?:`|^(?= *make [a-z-]+(?: +(?:[A-Z_]+=|#).*)?$) *)make ([a-z][a-z-]*)", re.M)
"""`make X` in backquotes, or on a line of its own with at most variables and a comment after it."""

PROGRAM: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = PROGRAM.commands
PARAMETERS = [
    pytest.param(name, parameter, id=f"{name}-{parameter.name}")
    for name, command in [("quotes", PROGRAM), *COMMANDS.items()]
    for parameter in command.params
]
LONG_OPTIONS = sorted(
    {
        option
        for command in [PROGRAM, *COMMANDS.values()]
        for parameter in command.params
        for option in [*parameter.opts, *parameter.secondary_opts]
        if option.startswith("--")
    }
)
TARGETS = TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_a_place_in_the_readme(name: str) -> None:
    assert COMMANDS[name].help
    assert re.search(rf"quotes {re.escape(name)}\b", read("README.md"))


@pytest.mark.parametrize(("command", "parameter"), PARAMETERS)
def test_every_parameter_has_help(command: str, parameter: Any) -> None:
    assert getattr(parameter, "help", None), f"{command}: {parameter.name}"


@pytest.mark.parametrize("option", LONG_OPTIONS)
def test_every_option_is_in_the_readme(option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", read("README.md"))


def test_commands_have_options() -> None:
    assert {"--output", "--format", "--version", "--errors"} <= set(LONG_OPTIONS)


def test_every_make_target_is_in_make_help() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = {line.split()[1]: line.split(maxsplit=2)[2:] for line in shown.splitlines() if line.startswith("make ")}
    assert list(lines) == TARGETS
    assert all(lines.values()), "a target without a description"


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", ".pre-commit-config.yaml"])
def test_documents_name_make_targets_that_exist(document: str) -> None:
    assert set(MAKE_COMMAND.findall(read(document))) <= set(TARGETS)


def test_make_commands_are_told_from_prose() -> None:
    text = "make sure that\n    make run ARTICLE=a.txt\nmake test   # all\n`make gold` or `make -j2 lint`\nmake it so\n"
    assert MAKE_COMMAND.findall(text) == ["run", "test", "gold"]


@pytest.mark.parametrize("command", SET_UP)
def test_set_up_is_two_commands(command: str) -> None:
    assert re.search(rf"^\s*{command}\b", read("README.md"), re.M)
    assert command.removeprefix("make ") in TARGETS
