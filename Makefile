# Two commands do everything: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo

.PHONY: help demo demo-neo4j test check format lock docs bench evaluation clean

help:
	@echo "make demo    simulate a force, find leads, write a report and an interactive view to $(DEMO)/"
	@echo "make demo-neo4j   the same on a Neo4j server of its own; compares the leads"
	@echo "make test    everything that continuous integration checks"
	@echo "make format  put the code in the house style"
	@echo "make docs    write the generated pages of docs/"
	@echo "make bench   time every stage at 0.1 and 1 million look-ups"
	@echo "make evaluation  evaluate many simulated forces, for the tables of docs/method.md (hours)"
	@echo "make lock    resolve the lock files afresh"

demo: $(VENV)/.core
	@rm -rf $(DEMO)
	@$(BIN)/linkgraph demo $(DEMO)

# The server is Neo4j Community from Maven Central, on this machine and for this command alone.
demo-neo4j: $(VENV)/.core
	@rm -rf $(DEMO)-neo4j
	@$(BIN)/python -m tests.support.neo4j sh tests/support/neo4j/demo.sh $(BIN)/linkgraph $(DEMO)-neo4j {uri}

test: $(VENV)/.dev
	@sh tests/support/install-chromium.sh
	@sh tests/support/install-fonts.sh
	$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 2 --dist worksteal

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.dev
	$(BIN)/python -m docs

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks --lookups 100000 1000000 --keep
	$(BIN)/python -m benchmarks.by_hand build/benchmarks/1000000/workspace

evaluation: $(VENV)/.dev
	$(BIN)/python -m benchmarks.evaluation pooled null notice write

# uv installs a locked set in seconds where pip needs a minute; it comes by pip, with its hash.
$(BIN)/uv: requirements-bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "linkgraph needs Python 3.11 or newer; name one with make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@touch $@

$(VENV)/.core: $(BIN)/uv requirements.lock pyproject.toml
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements-dev.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# What the two commands install holds the extras too: the driver, for those who have a server.
LOCK := $(BIN)/uv pip compile --extra neo4j --quiet --universal --generate-hashes --no-header --python-version 3.11
lock: $(BIN)/uv
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(DEMO) screenshots .pytest_cache .mypy_cache .ruff_cache .hypothesis
