# Everything from a fresh clone: `make run` runs the bot, or the playground where it has no token
# yet; `make test` tests everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# Test processes side by side; each loads the models.
WORKERS ?= 2

.PHONY: run test lint format clean
.DEFAULT_GOAL := run

run: $(INSTALLED)
	@$(BIN)/cuttings run --or-playground

test: $(INSTALLED)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(TESTS)

lint: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(INSTALLED)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
		echo "Cuttings needs Python 3.10 or newer. Name one: make PYTHON=/path/to/python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2; \
		exit 1; }
	@if [ -x $(BIN)/python ]; then \
		echo "Installing what pyproject.toml asks for..."; \
	else \
		echo "Setting up a virtual environment (once, a few minutes)..."; \
		$(PYTHON) -m venv $(VENV); \
	fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		-c constraints.txt -e '.[dev,ocr,voice]'
	@touch $@
