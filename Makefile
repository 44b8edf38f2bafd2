# On a bare machine `make demo` and `make test` each do all the set-up they need.
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench clean

help:
	@echo "make demo    set up, and code the sample articles into a table"
	@echo "make test    set up, and run all tests"
	@echo "make check   ruff, mypy --strict, import-linter"
	@echo "make bench   speed and accuracy of the parts, beside other libraries"

setup: .venv/.ready

.venv/.ready: pyproject.toml constraints.txt scripts/set_up.sh
	sh scripts/set_up.sh
	@touch $@

demo: setup
	$(BIN)/dragoman code docs/samples --format table

test: setup check
	$(BIN)/pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	sh scripts/bench.sh

clean:
	rm -rf .venv
