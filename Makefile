# `make help` lists the targets. Everything that is installed stays in .tools/ and .venv/; everything written, in var/.

HOST ?= 127.0.0.1
PORT ?= 8000
export BASE_URL ?= http://localhost:$(PORT)
UV_VERSION := 0.13.9
PYTHON := $(shell command -v python3.11 || command -v python3)

UV := UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv .tools/bin/uv
MANAGE := .venv/bin/python manage.py
INSTALLED := .venv/.installed
# Journeys commit and flush, so they run by themselves.
PYTEST := .venv/bin/pytest -q -n auto --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help install run dev demo test test-services lint format messages bench bench-search bench-links bench-anchoring bench-reading clean

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(INSTALLED): pyproject.toml uv.lock | .tools/bin/uv
	$(UV) sync --frozen --quiet --python $(PYTHON)
	@touch $@

install: $(INSTALLED)  ## Install everything with uv from the lock file

.PHONY: prepare
prepare: $(INSTALLED)
	@$(MANAGE) compile_translations --verbosity 0
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) demo
	@$(MANAGE) search_index catch-up --verbosity 0

run: prepare  ## Install, migrate, load the demo cities once, serve at http://localhost:8000 (HOST, PORT)
	@echo "Müşterek: http://localhost:$(PORT)/"
	@DJANGO_SETTINGS_MODULE=config.settings.dev .venv/bin/granian --interface wsgi --host $(HOST) --port $(PORT) \
		--workers 1 --blocking-threads 4 --no-ws --log-level error config.wsgi:application

dev: prepare  ## The same with Django's autoreloading server, debug pages and /tr/tasarim/
	@DEBUG=true $(MANAGE) runserver $(HOST):$(PORT)

demo: prepare  ## Load the demo cities without serving it

test: $(INSTALLED)  ## Install and run every test (browser journeys where a Chromium is found)
	@$(MANAGE) compile_translations --verbosity 0
	@$(PYTEST) --ignore=tests/journeys
	@$(PYTEST) tests/journeys

test-services: $(INSTALLED)  ## The same tests on PostgreSQL, Elasticsearch and in Chromium, and outages of three nodes
	@$(MANAGE) compile_translations --verbosity 0
	@.ci/with-postgres .ci/with-elasticsearch $(PYTEST) --ignore=tests/journeys
	@NODES=3 .ci/with-postgres .ci/with-elasticsearch $(PYTEST) -n 0 tests/search/test_engines.py tests/search/test_elastic_outage.py
	@.ci/with-postgres $(PYTEST) tests/journeys

lint: $(INSTALLED)  ## ruff, mypy, djlint, import-linter, missing migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-cache
	.venv/bin/mypy --no-incremental .
	.venv/bin/djlint --lint --quiet templates
	$(MANAGE) makemigrations --check --dry-run

format: $(INSTALLED)  ## Format Python
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

messages: $(INSTALLED)  ## Collect new texts for translation (needs GNU gettext)
	$(MANAGE) makemessages --locale tr --no-location --no-obsolete \
		--ignore '.venv/*' --ignore '.tools/*' --ignore 'var/*' --ignore 'tests/*' --ignore 'bench/*'

bench: $(INSTALLED)  ## Measure Turkish retrieval (FILE=a SQuAD-format JSON file)
	.venv/bin/python bench/search_quality.py $(FILE) --engine embedded

bench-search: $(INSTALLED)  ## Measure the embedded engine's times with 10,000 and 100,000 documents
	.venv/bin/python bench/search_speed.py

bench-links: $(INSTALLED)  ## Measure whether the sections that are like a discussion are those to link to it
	.venv/bin/python bench/links.py

bench-anchoring: $(INSTALLED)  ## Measure what becomes of comments when a plan is revised, and how long it takes
	.venv/bin/python bench/anchoring.py

bench-reading: $(INSTALLED)  ## Measure what a large plan's reading page costs: queries, bytes, time
	.venv/bin/python bench/reading_page.py

clean:  ## Remove what was installed and written
	rm -rf .tools .venv var
