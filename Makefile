# Every target sets up what it needs. Python 3.11 or later, make and a C compiler have to be there.

PYTHON ?= python3
VENV ?= .venv
PYTEST_ARGS ?=
PYTEST_WORKERS ?= auto
ROOM ?= all
SAMPLE ?= 200
SEED ?= 1
TARGET ?= sources
RUNS ?= 100000
GUIDED ?= yes
SUITES ?=
BENCH_ARGS ?=

python := $(VENV)/bin/python
ready := $(VENV)/.ready
grammar := grammars/ballerina
c_sources := $(wildcard $(grammar)/src/*.c $(grammar)/src/*/*.h $(grammar)/bindings/c/*.c $(grammar)/bindings/c/*.h)
extension := semverdiff/syntax/_ballerina.abi3.so

example_old := fixtures/acme-shop-any-1.3.0.bala
example_new := fixtures/shop-1.4.0
example_page := out/example-report.html

.DEFAULT_GOAL := help
.PHONY: help build browser docs test test-fast coverage fuzz lint format mutants example fixtures grammar requirements wheel accuracy bench new-rule clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

pip := $(python) -m pip install --quiet --disable-pip-version-check

# The environment is made once, and again when the requirements change: everything in it by its hash. The
# installation is editable: the sources are used in place, and the extension is built next to them.
$(ready): pyproject.toml setup.py requirements/dev.txt
	@test -x $(python) || $(PYTHON) -m venv $(VENV)
	@echo "installing what is needed into $(VENV)"
	@$(pip) --require-hashes --requirement requirements/dev.txt
	@$(pip) --no-deps --no-build-isolation --editable .
	@touch $@

$(extension): $(c_sources) setup.py | $(ready)
	@$(python) setup.py --quiet build_ext --inplace
	@touch $@

build: $(ready) $(extension) ## Build the parser in place

browser: build ## Install what drives Chromium in tests/browser (itself: scripts/system_package.sh chromium)
	@$(pip) --require-hashes --requirement requirements/browser.txt

# A warning is an error, and so is a reference that leads nowhere. The pages may be opened as files.
docs: build ## Build the documentation as a site into out/docs
	@$(pip) --require-hashes --requirement requirements/docs.txt
	$(python) -m sphinx --quiet --fail-on-warning --keep-going --nitpicky --jobs auto docs out/docs

# Thousands of short tests: every core takes a share, and a worker that has nothing left takes from the fullest.
pytest := $(python) -m pytest -n $(PYTEST_WORKERS) --dist worksteal

test: build ## Run the tests, on all cores (PYTEST_ARGS="-k name" for some of them)
	@$(pytest) $(PYTEST_ARGS)

test-fast: build ## Run the tests without the slow ones, and laws on few examples
	@$(pytest) -q -m "not slow" --hypothesis-profile fast $(PYTEST_ARGS)

coverage: build ## Measure which branches no test takes; page by page in out/coverage
	@$(pytest) -q --cov --cov-report=term --cov-report=html:out/coverage $(PYTEST_ARGS)

mutants: build ## Which small mistakes would no test notice? make mutants ROOM=compare SAMPLE=200
	@PYTHONPATH=benchmarks $(python) -m mutants $(ROOM) --sample $(SAMPLE) --seed $(SEED) \
		$(if $(AGAIN),--again) $(if $(TESTS),--tests $(TESTS))

fuzz: build ## Look for inputs that break a law (make fuzz TARGET=toml RUNS=1000000; targets: tests/fuzz/targets.py)
	@$(pip) --require-hashes --requirement requirements/fuzz.txt
	@PYTHONPATH=tests $(python) -m fuzz $(TARGET) --runs $(RUNS) --guided $(GUIDED)

lint: build ## Check style, types and the import contract
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo

format: $(ready) ## Format the sources, and mend what can be mended
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

# The version of the example is too low: the check has to say so by the exit code 1, and by no other.
example: build ## Check a package whose version is too low, and write a page about it
	@mkdir -p $(dir $(example_page))
	@exit_code=0; \
	$(python) -m semverdiff check $(example_new) --baseline $(example_old) \
		--format text --format html=$(example_page) || exit_code=$$?; \
	if [ $$exit_code -ne 1 ]; then \
		echo "make example: expected the exit code 1 (under-bumped), found $$exit_code" >&2; exit 1; \
	fi
	@echo
	@echo "The same as a page: $(example_page)"

fixtures: $(ready) ## Build the archive of the example from its sources
	$(python) scripts/build_bala.py

grammar: $(ready) ## Generate the parser from the grammar
	scripts/grammar.sh

requirements: $(ready) ## Resolve requirements/ anew after a change of pyproject.toml (UPGRADE=yes: to the newest)
	@$(pip) --require-hashes --requirement requirements/lock.txt
	$(python) scripts/requirements.py $(if $(UPGRADE),--upgrade)

wheel: $(ready) ## Build the source distribution and the wheel into dist/
	$(python) -m build --quiet --no-isolation

accuracy: build ## Measure how often checks are right, into ACCURACY.md
	$(python) benchmarks/accuracy.py

bench: build ## Measure what checks cost: make bench SUITES="equal releases" BENCH_ARGS=--write
	$(python) benchmarks/run.py $(SUITES) $(BENCH_ARGS)

new-rule: build ## Begin a rule: make new-rule SUBJECT=record-field FACT=sorted
	@$(python) scripts/new_rule.py $(SUBJECT) $(FACT)

clean: ## Remove everything that can be made again, except for the environment
	rm -rf build dist out *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f $(extension)
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
