# Everything runs in .venv, which `make` fills from constraints.txt; nothing else needs installing by hand.
PYTHON ?= python3
BIN := .venv/bin
# Modules are compiled to files once and not at the start of each process, of which the tests start thousands.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test lint audit fixtures bench clean

.venv/installed: setup.cfg pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $@

run: .venv/installed  ## a tour: the real program against a sample newspaper on a loopback port
	$(BIN)/python -m ticker.newspaper

test: .venv/installed  ## the whole test suite
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit:  ## known vulnerabilities in what constraints.txt pins; pip-audit stands in an environment of its own
	@{ $(PYTHON) -m venv .venv/audit && .venv/audit/bin/python -m pip install --quiet pip-audit; } 2> /dev/null || \
		{ echo 'audit: not made: pip-audit cannot be installed' >&2; exit 2; }
	@$(PYTHON) -m tests.audit .venv/audit/bin/python

fixtures: .venv/installed  ## writes the expected answers and transcripts in tests/fixtures anew, for review
	$(BIN)/python -m tests.regenerate

bench: .venv/installed  ## search, list and store in a large archive, side by side with rg, grep and jq
	$(BIN)/python benchmarks/archive.py --count 1000000
	$(BIN)/python benchmarks/importing.py --count 1000000

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
