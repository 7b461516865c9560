# Everything starts from a bare Python 3.11 or newer: the environment is made on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= var
PORT ?= 8000

.PHONY: help setup run test test-sqlite test-postgres lint format messages bench-engine bench-web clean

help:
	@echo "make run    start with demonstration data    make test   all tests"
	@echo "make lint   every check of style and rules   make bench-web, make bench-engine   measure"

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv~=0.9"

$(VENV)/.synced: $(BIN)/uv pyproject.toml uv.lock
	$(BIN)/uv sync --quiet --frozen --python $(BIN)/python --inexact
	$(BIN)/zhuoyue messages --compile
	@touch $@

setup: $(VENV)/.synced

run: setup
	@ZHUOYUE_DATA=$(DATA) $(BIN)/zhuoyue start --port $(PORT)

test: setup
	$(BIN)/python -m tests.run

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell src tests docs benchmarks *.md
	$(BIN)/djade --check $$(git ls-files 'src/**/*.html')
	$(BIN)/zhuoyue makemigrations --check --dry-run

format: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

messages: setup
	$(BIN)/zhuoyue messages

bench-engine: setup
	$(BIN)/uv sync --quiet --frozen --python $(BIN)/python --inexact --group bench
	$(BIN)/python benchmarks/engine/run.py --scale full

bench-web: setup
	$(BIN)/uv sync --quiet --frozen --python $(BIN)/python --inexact --group bench
	$(BIN)/python benchmarks/web/run.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
