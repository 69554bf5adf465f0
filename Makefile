# Maillage. `make demo` shows it, `make test` proves it. Needs Python 3.11+, git and make, nothing else.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# pytest's processes: one per core, two at most on the machines that we promise for.
JOBS ?= 2

.PHONY: demo run test quick check lock clean

# The environment: locked dependencies, the two folders that hold packages, compiled catalogues.
.venv: $(READY)
$(READY): requirements/dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@if command -v uv >/dev/null 2>&1; \
	then uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements/dev.txt; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt; fi
	printf '%s\n%s\n' "$(CURDIR)" "$(CURDIR)/site" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/maillage.pth"
	$(BIN)/python manage.py catalogues --compile
	touch $(READY)

# ONCE=1 ends after the introduction; REAL=path/to/shared/data uses real organizations and needs.
demo: $(READY)
	$(BIN)/python -m demo $(if $(ONCE),--once) $(if $(REAL),--real "$(REAL)")

# The site on what `make demo` or `manage.py start_network` left in var/: web, worker, beat.
run: $(READY)
	$(BIN)/python -m demo --serve-only

# Everything on the embedded default, and again on each real service whose URL is set.
test: $(READY)
	$(BIN)/python manage.py catalogues --compile
ifdef DATABASE_URL
	env -u DATABASE_URL $(BIN)/pytest -n $(JOBS) --dist loadgroup -m "not acceptance and not fire"
endif
	$(BIN)/pytest -n $(JOBS) --dist loadgroup

# Under a minute: every rule that needs no database, no browser, no worker.
quick: $(READY)
	$(BIN)/pytest -n $(JOBS) -q -m "not database and not acceptance and not fire and not services and not slow"

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	git ls-files '*.html' | xargs $(BIN)/djade --check --target-version 5.2
	git ls-files '*.html' | xargs $(BIN)/djlint --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	export MAILLAGE_VAR=$$(mktemp -d) DATABASE_URL= DJANGO_SETTINGS_MODULE=maillage.settings.test; \
	  $(BIN)/python manage.py migrate --verbosity 0 && $(BIN)/python manage.py lintmigrations --quiet ignore ok --ignore-initial-migrations \
	  --include-apps core members skills organizations needs pairings wiki search tasks
	$(BIN)/python manage.py catalogues --check
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') SITE_URL=https://maillage.example.org \
	  DJANGO_SETTINGS_MODULE=maillage.settings.prod $(BIN)/python manage.py check --deploy --fail-level WARNING

# Newer versions within pyproject's bounds, with hashes and without any registry's address.
lock:
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml -o requirements/prod.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --group dev -c requirements/prod.txt -o requirements/dev.txt

clean:
	rm -rf .venv var
