# Two commands for newcomers: `make demo` and `make test`. Everything they need, they install.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TEST_READY := $(VENV)/.test-ready
# One worker a core; each begins with tests that stand together, and takes over what another has left.
SIDE_BY_SIDE := --numprocesses logical --dist worksteal

.PHONY: help demo test test-long check bench translations golden docs clean
help:            ## this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/: .*##/\t/'

$(READY): setup.cfg pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(TEST_READY): $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	sh tests/browser/install_chromium.sh
	touch $@

demo: $(READY)   ## sample company, its PDFs, and a server to look at
	$(BIN)/tellback demo --data demo-data

test: $(TEST_READY)  ## everything that must hold, under 20 minutes
	$(BIN)/python -m pytest -m "not long" $(SIDE_BY_SIDE)

test-long: $(TEST_READY)  ## what takes longer
	$(BIN)/python -m pytest --hypothesis-profile=searching $(SIDE_BY_SIDE)

check: $(TEST_READY)  ## style, types, walls, texts and docs in step
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config setup.cfg
	$(BIN)/python -m pytest -q tests/house

bench: $(TEST_READY)  ## one JSON line a figure
	$(BIN)/python -m bench

translations: $(TEST_READY)  ## compile the catalogues after editing a .po file
	$(BIN)/pybabel compile --domain reports --directory reports/locale
	$(BIN)/pybabel compile --domain survey --directory survey/locale

golden: $(TEST_READY)  ## write golden files anew; look at what changed
	$(BIN)/python -m pytest --update-golden

docs: $(TEST_READY)  ## write the generated reference pages anew
	$(BIN)/python -m pytest -q tests/house --update-golden

clean:           ## forget what was built
	rm -rf $(VENV) build dist demo-data *.egg-info
