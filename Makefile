# Needs GNU make and Python 3.11 or later; everything else goes into .venv.

PYTHON ?= python3
# Processes that share the tests, and arguments for pytest or the benchmark: make test WORKERS=8 ARGS="-k journal"
WORKERS ?= 2
ARGS ?=

BIN := .venv/bin
INSTALL = $(PYTHON) -m venv .venv && $(BIN)/python -m pip install -qq --disable-pip-version-check -e

# One stamp for each set of packages; both go stale when pyproject.toml changes.
CLI := .venv/.stamp-cli
DEV := .venv/.stamp-dev

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo lint format test soak mutants coverage bench docs clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1@/p' Makefile | while IFS=@ read -r target text; \
	  do printf '%-16s%s\n' "$$target" "$$text"; done

demo: $(CLI) ## show the library at work in the terminal
	@$(BIN)/jcm-cycle demo

lint: $(DEV) ## check style, format and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --strict --no-error-summary jcm_cycle

format: $(DEV) ## mend what the linter can mend by itself
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

test: lint ## lint, then run the test suite
	@$(BIN)/pytest -q -n $(WORKERS) $(ARGS)

soak: $(DEV) ## run the test suite with many more generated examples, then the mutants
	@JCM_SOAK=1 $(BIN)/pytest -q -n $(WORKERS) $(ARGS)
	@$(BIN)/python -m tests.mutation --workers $(WORKERS)

mutants: $(DEV) ## break rules, machines, case and journal on purpose, and list what their own tests do not notice
	@$(BIN)/python -m tests.mutation --workers $(WORKERS)

coverage: $(DEV) ## run the test suite and list the branches that no test takes
	@$(BIN)/pytest -q -n $(WORKERS) --cov $(ARGS)

bench: $(DEV) ## compare the engine with its peers on this machine
	@$(BIN)/python -m tests.bench $(ARGS)

docs: $(DEV) ## write the pages that are made from tables and books, and build site/, which needs no network
	@$(BIN)/python docs/_generate.py
	@$(BIN)/python docs/_cover.py
	@$(BIN)/python docs/_countries.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Open site/index.html"

clean: ## remove everything that these targets make, .venv too
	@rm -rf .venv .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist site
	@find docs jcm_cycle tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(CLI): pyproject.toml
	@echo "Setting up .venv ..." >&2
	@$(INSTALL) '.[calendar,cli]'
	@touch $@

# The dev set holds the cli set, so it renews both stamps.
$(DEV): pyproject.toml
	@echo "Setting up .venv for development ..." >&2
	@$(INSTALL) '.[dev]'
	@touch $(CLI) $@
