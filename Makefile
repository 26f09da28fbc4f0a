# make run: everything from nothing to the open window.  make test: the quick checks, make test-all: all of
# them.  make docs: the site, in build/site.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := libgl1 libegl1 libgles2 libglib2.0-0 libxkbcommon0 libdbus-1-3 libfontconfig1 \
	libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0

# Processes that share the tests.
WORKERS ?= 2

.PHONY: run test test-all endurance docs system clean

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
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(QUICK)

# Kills at random moments, then a window with sources opened again and again: an hour and a half.
endurance: $(VENV)/installed
	PYTHONPATH=. $(BIN)/python tests/endurance/kills.py
	PYTHONPATH=. $(BIN)/python tests/endurance/openings.py --unplugs 100

$(VENV)/installed: pyproject.toml | system
	$(PYTHON) -m venv $(VENV)
	# PyTorch first and alone, so that nothing after it replaces the pinned build.
	$(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet --editable ".[dev]"
	# What a first start would take seconds for.
	$(BIN)/mien models --prepare
	touch $@

# Pictures of the window first: they are taken anew each time, and belong to no commit.
docs: $(VENV)/docs
	$(BIN)/python docs/scripts/pictures.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

$(VENV)/docs: $(VENV)/installed
	$(BIN)/pip install --quiet --editable ".[docs]"
	touch $@

# The system libraries of Qt (and of MediaPipe, for a test): installed where one is root on Debian or Ubuntu, else named.
system:
	@sh .ci/system-libraries.sh $(PACKAGES)

clean:
	rm -rf $(VENV)
