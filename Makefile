# make run: everything from nothing to the open window.  make test: the quick checks, make test-all: all of
# them.  make docs: the site, in build/site.  make translations: after a text of the window was changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := libgl1 libegl1 libgles2 libglib2.0-0 libxkbcommon0 libdbus-1-3 libfontconfig1 \
	libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0

# Processes that share the tests.
WORKERS ?= 2

# How many damaged inputs `make fuzz` tries, and which.
COUNT ?= 500
SEED ?= 1
KINDS ?=

# The versions with which the tests pass.
PIP_INSTALL := $(BIN)/pip install --quiet -c requirements/constraints.txt

.PHONY: run test test-all test-clients test-slim installer endurance fuzz audit docs translations system clean

run: $(VENV)/installed
	$(BIN)/mien live $(ARGS)

test: QUICK = -m "not slow"
test test-all: $(VENV)/installed
	@sh .ci/system-libraries.sh strace locales  # by which tests see what leaves the machine, and other languages
	@sh .ci/locales.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy core app
	$(BIN)/lint-imports --no-logo
	@# A process that crashes ends the tests, naming the one it was at: with another in its place they wait for ever.
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --max-worker-restart 0 $(QUICK)

# Pictures without a face, the demo's one person, kills at random moments, then a window with sources opened again and
# again: an hour and a half.
endurance: $(VENV)/installed
	PYTHONPATH=. $(BIN)/python tests/endurance/no_faces.py
	PYTHONPATH=. $(BIN)/python tests/endurance/one_person.py
	PYTHONPATH=. $(BIN)/python tests/endurance/kills.py
	PYTHONPATH=. $(BIN)/python tests/endurance/openings.py --unplugs 100

# The slim set in an empty environment: its size, its readings beside the full set's, its start. Minutes, and the index.
test-slim: $(VENV)/installed
	$(BIN)/python requirements/check_slim.py

# A program that needs no Python, from the slim set: build/mien-VERSION-linux-MACHINE.tar.gz. Minutes, and the index.
installer: | system
	$(PYTHON) requirements/installer/build.py

# Damaged and hostile files, each used in a process that is watched; what fails is kept in build/fuzz.
fuzz: $(VENV)/installed
	$(BIN)/python -m tests.fuzz $(COUNT) $(SEED) $(KINDS)

# The programs that people use read what Mien writes, and hear what it sends; those that are not here are left out.
# PY_FEAT and MNE name Pythons of environments that have them.
test-clients: $(VENV)/installed
	PYTHONPATH=. $(BIN)/python -m tests.clients $(CLIENTS)

# Asks a service on the internet whether one of the tested versions has a known vulnerability.
audit: $(VENV)/installed
	$(PIP_INSTALL) pip-audit
	$(BIN)/pip-audit --no-deps --disable-pip -r requirements/constraints.txt

$(VENV)/installed: pyproject.toml requirements/constraints.txt | system
	$(PYTHON) -m venv $(VENV)
	# PyTorch first and alone, so that nothing after it replaces the pinned build.
	@sh .ci/pytorch.sh $(BIN)/python
	$(PIP_INSTALL) --editable ".[dev]"
	# What a first start would take seconds for.
	$(BIN)/mien models --prepare
	touch $@

# After a text of the window was changed: lists what is to be translated, and compiles what is.
translations: $(VENV)/installed
	$(BIN)/python docs/scripts/translations.py

# Pictures of the window first: they are taken anew each time, and belong to no commit.
docs: $(VENV)/docs
	$(BIN)/python docs/scripts/pictures.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

$(VENV)/docs: $(VENV)/installed
	$(PIP_INSTALL) --editable ".[docs]"
	touch $@

# The system libraries of Qt (and of MediaPipe, for a test): installed where one is root on Debian or Ubuntu, else named.
system:
	@sh .ci/system-libraries.sh $(PACKAGES)

clean:
	rm -rf $(VENV)
