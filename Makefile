# Each thing that is done twice has a target here; `make help` lists them.
PYTHON ?= .venv/bin/python
BIN := $(dir $(PYTHON))

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

.PHONY: setup
setup: ## a virtual environment with everything that development needs
	python3 -m venv .venv
	.venv/bin/pip install -e '.[test]'

.PHONY: check
check: lint types layers taxonomy test wheel ## all that must pass before a commit is shared

.PHONY: lint
lint: ## style
	$(BIN)ruff check .
	$(BIN)ruff format --check .

.PHONY: types
types: ## mypy --strict
	$(BIN)mypy

.PHONY: layers
layers: ## no import goes back up
	$(BIN)lint-imports

.PHONY: taxonomy
taxonomy: ## the rules of taxonomy/
	$(BIN)skillgap taxonomy check --stats

.PHONY: test
test: ## the tests
	$(PYTHON) -m pytest -q -n auto

.PHONY: wheel
wheel: ## build the wheel, install it in a clean environment, run it from another folder
	$(PYTHON) tools/check_wheel.py

.PHONY: examples
examples: ## make the example PDFs anew from their sources
	$(PYTHON) examples/resumes/make.py

.PHONY: bench
bench: ## times, each beside its floor, in one run
	$(PYTHON) -m tests.benchmarks

.PHONY: help-docs
help-docs: ## write docs/help.md from the commands' help
	$(PYTHON) tools/write_help.py

.PHONY: bench-peers
bench-peers: ## other skill extractors beside ours on the same files (FILES=DIR for others)
	$(PYTHON) -m tests.benchmarks.peers $(if $(FILES),--files $(FILES))

.PHONY: bench-service
bench-service: ## the service under load on loopback, beside the batch in the same run
	$(PYTHON) -m tests.benchmarks.service

.PHONY: readme
readme: ## put the start of a real report into the README
	$(PYTHON) tools/write_readme.py
