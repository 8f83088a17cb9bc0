# Everything runs in .venv, which `make` fills from constraints.txt; nothing else needs installing by hand.
PYTHON ?= python3
BIN := .venv/bin
# Modules are compiled to files once and not at the start of each process, of which the tests start thousands.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test lint audit fixtures bench clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/installed: setup.cfg pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	# The compatible mode adds this folder to Python's path; the other one costs each start of the program 5 ms.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--config-settings editable_mode=compat --editable '.[test]'
	touch $@

run: .venv/installed  ## take a tour: the real program against a sample newspaper on a loopback port
	$(BIN)/python -m ticker.demo

test: .venv/installed  ## run all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/installed  ## check style, spelling and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/mypy

audit:  ## look for known vulnerabilities in the pinned dependencies
	@{ $(PYTHON) -m venv .venv/audit && .venv/audit/bin/python -m pip install --quiet pip-audit; } 2> /dev/null || \
		{ echo 'audit: failed: cannot install pip-audit' >&2; exit 2; }
	@$(PYTHON) -m tests.audit .venv/audit/bin/python

fixtures: .venv/installed  ## rewrite expected answers and transcripts in tests/fixtures; review with git diff
	$(BIN)/python -m tests.regenerate

bench: .venv/installed  ## measure the archive beside rg, grep and jq
	$(BIN)/python benchmarks/archive.py --count 1000000
	$(BIN)/python benchmarks/importing.py --count 1000000

clean:  ## remove the environment and all caches
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
