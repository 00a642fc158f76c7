# Everything is made by `make`: it needs Python 3.11 and nothing else.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run setup test test-long lint bench bench-backfill eval fuzz soak crash docs clean lock

run: setup
	@$(BIN)/qoima run seeds/articles --data data
	@$(BIN)/python -m flows.tour data

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV), once; this takes a minute or two."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
	    --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
	    --no-deps --no-build-isolation --editable .
	@touch $(READY)

test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-long: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile -m long

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar warehouse

bench: setup
	$(BIN)/python -m tests.benchmarks.bench
	OPENBLAS_NUM_THREADS=1 POLARS_MAX_THREADS=1 \
	    $(BIN)/python -m tests.benchmarks.enrichment
	OPENBLAS_NUM_THREADS=1 POLARS_MAX_THREADS=1 \
	    $(BIN)/python -m tests.benchmarks.recognition
	$(BIN)/python -m tests.benchmarks.search
	$(BIN)/python -m tests.benchmarks.reports
	$(BIN)/python -m tests.benchmarks.grow

eval: setup
	$(BIN)/python -m training.recognition $${QOIMA_CORPUS:-../shared/corpus} --jobs 2
	@for subject in names_figures quotes_figures amounts_figures dates topics_figures \
	    copies_figures events_figures search_figures; do \
	    echo "== $$subject"; $(BIN)/python -m tests.eval.$$subject write || exit 1; done

fuzz: setup
	$(BIN)/python -m tests.benchmarks.fuzz

# The second part mounts small file systems, so it needs root.
crash: setup
	$(BIN)/python -m tests.crash
	$(BIN)/python -m tests.crash.disk

soak: setup
	$(BIN)/python -m tests.soak.soak

bench-backfill: setup
	$(BIN)/python -m tests.benchmarks.backfill

docs: setup
	$(BIN)/python -m flows.documents .

lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-emit-index-url -o requirements.lock

clean:
	rm -rf $(VENV) data build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
