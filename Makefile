# Commands of the house; `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Four on two cores: many tests wait for a process or a page.
WORKERS ?= 4
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet --extra build

.PHONY: help install slim run test test-all lint measure audit lock ask clean

help: ## show these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/run: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11〜3.13 が見つかりません。入れてから、もう一度 make run を実行してください。"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: .venv/run requirements-test.lock scripts/install-postgresql scripts/install-browser
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@scripts/install-postgresql
	@scripts/install-browser
	@touch $@

install: .venv/run ## install into .venv from the lock file

slim: .venv/run ## take out of .venv what only installing needs (for an image)
	$(BIN)/python -m pip uninstall --quiet --yes setuptools pip

run: .venv/run ## install, prepare the database, load the five towns and serve
	$(BIN)/annai run

ask: .venv/run ## ask from the command line: make ask TOWN=toin Q=質問
	@$(BIN)/annai ask --town "$(TOWN)" "$(Q)"

lint: .venv/test ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint ## everything a change must pass (under ten minutes)
	$(BIN)/annai knowledge check
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term -m "not long"

test-all: lint ## the long versions too, and every test that has a database on both
	$(BIN)/annai knowledge check
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term --both-databases

measure: .venv/test ## take the times; asserts nothing
	$(BIN)/annai measure
	$(BIN)/python -m tests.knowledge.plans.measured
	$(BIN)/python -m tests.line_platform.measuring

audit: .venv/run ## known faults in the locked parts, and a bill of materials in var/ (needs a vulnerability service)
	@scripts/audit

lock: ## write the lock files anew (needs uv in .venv)
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra test --output-file requirements-test.lock
	$(subst pyproject.toml,requirements-audit.in,$(subst --extra build,,$(COMPILE))) --output-file requirements-audit.lock

clean: ## remove what was installed and generated (var/ stays)
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
