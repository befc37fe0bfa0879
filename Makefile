# Two commands do everything on a fresh machine: `make run` and `make test`. `make help` lists the rest.
# Kept to what GNU make 3.81 and a POSIX shell understand, since macOS ships those.

PYTHON ?= python3
ARTICLE ?= fixtures/articles/court_verdict.txt
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/ready-run
DEV_READY := $(VENV)/ready-dev
TRAIN_READY := $(VENV)/ready-train
MADE_FOR := $(VENV)/made-for
UNDER_WAY := $(VENV)/under-way
LOG := $(VENV)/setup.log

# Settings of the caller that would let other packages in, or keep pip from installing into the environment.
unexport PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX

# An environment knows the directory that it was made in and the Python that made it. Where it was moved, copied,
# left half-made or asked for with another Python, it is made again.
usable := $(shell \
	printf '%s\n%s\n' "$$(pwd -P)" '$(PYTHON)' | cmp -s - $(MADE_FOR) 2>/dev/null \
	&& test ! -e $(UNDER_WAY) && $(BIN)/python -c '' 2>/dev/null && echo yes)
STALE := $(if $(usable),,FORCE)

# What is wrong with the Python at hand, in one line; empty where nothing is.
python_problem = $(shell \
	if ! '$(PYTHON)' -c '' >/dev/null 2>&1; then \
		echo '$(PYTHON) is not found or does not run: install Python 3.11 or later, or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3'; \
	elif ! '$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
		echo "$(PYTHON) is $$('$(PYTHON)' --version 2>&1), but 3.11 or later is needed: install it, or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; \
	elif ! '$(PYTHON)' -c 'import venv, ensurepip' >/dev/null 2>&1; then \
		echo '$(PYTHON) comes without venv or pip: install them (on Debian and Ubuntu: apt install python3-venv), or name another: make $(MAKECMDGOALS) PYTHON=/path/to/python3'; \
	fi)
# `$(need_python)` expands to a command that does nothing, or stops make with the problem as its only line.
need_python = $(eval PROBLEM := $(python_problem))$(if $(PROBLEM),$(error $(PROBLEM)),:)

# The interpreter itself, not a shim, nor the environment that is about to be made again.
base_python = "$$('$(PYTHON)' -c 'import sys; print(getattr(sys, "_base_executable", "") or sys.executable)')"

# `$(call install,WHAT)`: pip install WHAT at the pinned versions, quietly; on failure the end of pip's output and
# one line that says what to do. The build backend is pinned too: older pips read PIP_CONSTRAINT for it.
install = \
	touch $(UNDER_WAY); \
	if ! PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
		$(BIN)/python -m pip install -c constraints.txt $(1) >$(LOG) 2>&1; then \
		tail -n 15 $(LOG) >&2; \
		echo 'Set-up failed: pip could not install what is needed, see above. Check the network, then run make again (all of pip: $(LOG)).' >&2; \
		exit 1; \
	fi; \
	rm $(UNDER_WAY)

.DEFAULT_GOAL := help
.PHONY: help run test lint types gate gold docs edges rules coreference model accuracy startup check lock clean FORCE

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: $(RUN_READY) ## set up what is needed and print the speaker-quote table of a sample (ARTICLE=file for another)
	@$(BIN)/python -m quotes extract '$(ARTICLE)' --format table

test: $(DEV_READY) ## set up what the tests need and run them all (PYTEST_ARGS='-k name' for some)
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(DEV_READY) ## check style and layout with ruff
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .

types: $(DEV_READY) ## check types with mypy
	@$(BIN)/python -m mypy --strict quotes

gate: $(RUN_READY) ## hold the accuracy reached, on our articles and, with CORPUS=folder, on the development sets
	@$(BIN)/python benchmarks/gate.py $(if $(CORPUS),'$(CORPUS)')

gold: $(RUN_READY) ## put articles and annotations together as fixtures/gold.jsonl
	@$(BIN)/python fixtures/build.py

docs: $(RUN_READY) ## write docs/rows.md, what every column of every table means, anew
	@$(BIN)/python -m quotes.dictionary docs/rows.md

edges: $(RUN_READY) ## learn anew where quotations with a mark missing begin and end: make edges TRAIN=train.jsonl
	@test -n '$(TRAIN)' || { echo 'make edges TRAIN=train.jsonl' >&2; exit 2; }
	@$(BIN)/python -m training.edges '$(TRAIN)'

rules: $(RUN_READY) ## measure the rules anew: make rules TRAIN=train.jsonl DEV='dev.jsonl ...'
	@test -n '$(TRAIN)' && test -n '$(DEV)' || { echo "make rules TRAIN=train.jsonl DEV='dev.jsonl ...'" >&2; exit 2; }
	@$(BIN)/python training/score_rules.py '$(TRAIN)' $(DEV)

coreference: $(TRAIN_READY) ## learn anew whom pronouns and descriptions stand for: make coreference TRAIN=train.jsonl
	@test -n '$(TRAIN)' || { echo 'make coreference TRAIN=train.jsonl' >&2; exit 2; }
	@$(BIN)/python -m training.coreference '$(TRAIN)'
	@$(BIN)/python -m training.coreference_read '$(TRAIN)' quotes/model --hold-out 10

model: $(TRAIN_READY) ## train the shipped model anew, one to two hours on two cores: make model CORPUS=folder
	@test -n '$(CORPUS)' || { echo 'make model CORPUS=folder with polnear-train.jsonl' >&2; exit 2; }
	@$(BIN)/python -m training.pretrain '$(CORPUS)/polnear-train.jsonl' build/base
	@$(BIN)/python -m training.train_reader '$(CORPUS)/polnear-train.jsonl' build/reader --base build/base
	@$(BIN)/python -m training.export_reader build/reader/model.pt quotes/model
	@$(BIN)/python -m training.coreference '$(CORPUS)/polnear-train.jsonl'
	@$(BIN)/python -m training.coreference_read '$(CORPUS)/polnear-train.jsonl' quotes/model --hold-out 10
	@$(BIN)/python -m training.calibrate '$(CORPUS)/polnear-train.jsonl' quotes/model --hold-out 10

accuracy: $(RUN_READY) ## who said what, by rules, reader and both: make accuracy CORPUS=folder
	@test -n '$(CORPUS)' || { echo 'make accuracy CORPUS=folder with the development sets' >&2; exit 2; }
	@$(BIN)/python benchmarks/accuracy.py '$(CORPUS)'

startup: $(RUN_READY) ## time the start of the program beside the imports that it needs
	@$(BIN)/python benchmarks/startup.py

check: lint types gate test ## lint, types, gate and test

lock: ## write constraints.txt anew from the versions that pip picks today (needs Python 3.11: PYTHON=python3.11)
	@$(need_python)
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo 'make lock needs Python 3.11, the oldest that the pins serve: make lock PYTHON=python3.11' >&2; exit 1; }
	@rm -rf build/lock && mkdir -p build
	@$(base_python) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --upgrade pip setuptools
	@build/lock/bin/python -m pip install --quiet --editable '.[dev]' hatchling editables
	@{ echo '# Versions that set-up installs: what quotes, its tests and its build need. Written by `make lock`.'; \
		build/lock/bin/python -m pip freeze --all --exclude pip --exclude-editable; } >build/constraints.txt
	@mv build/constraints.txt constraints.txt
	@rm -rf build/lock

clean: ## remove the environment, caches and built files
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The note of what it was made for is written last, so an environment that was left half-made has none.
$(MADE_FOR): $(STALE)
	@$(need_python)
	@echo 'Setting up $(VENV); the first time this takes a minute or two.' >&2
	@PYTHON=$(base_python) && rm -rf $(VENV) && "$$PYTHON" -m venv $(VENV) >&2 \
		|| { echo 'Set-up failed: $(PYTHON) could not make $(VENV). Is the disk full, or the directory read-only?' >&2; exit 1; }
	@{ pwd -P; echo '$(PYTHON)'; } >$(MADE_FOR)

$(RUN_READY): $(MADE_FOR) pyproject.toml constraints.txt
	@$(call install,--editable .)
	@touch $(RUN_READY)

$(TRAIN_READY): $(RUN_READY)
	@echo 'Setting up what training needs.' >&2
	@$(call install,--editable '.[train]')
	@touch $(TRAIN_READY)

$(DEV_READY): $(RUN_READY)
	@echo 'Setting up what the tests need.' >&2
	@$(call install,--editable '.[dev]')
	@touch $(DEV_READY)
