# The two commands a newcomer needs are `make run` and `make test`; `make help` lists the others.
# PYTHON= names an interpreter, PORT= a port for `make run`, ARGS= what pytest gets besides, PAGES= the
# addresses of some pages for `make screenshots`.

PORT ?= 8000
export PORT PAGES

install = .ci/python -m alliance_portal.installation
python = .venv/bin/python
with_database = $(python) -m alliance_portal.embedded_database hold --test --
pytest = $(with_database) $(python) -m pytest -n auto --dist worksteal
templates = find . -path './.*' -prune -o -name '*.html' -print0
production = PORTAL_ENV=production ALLOWED_HOSTS=example.org SITE_URL=https://example.org MAIL_URL=smtps://mail.example.org \
	SECRET_KEY=$$($(python) -c "import secrets; print(secrets.token_urlsafe(50))")

.PHONY: help run test quick screenshots pictures benchmarks lint format reset lock

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /make \1 — /p' Makefile

run: ## the portal with its demo on http://127.0.0.1:8000
	@$(install) run
	@exec $(python) -m alliance_portal.serve

test: ## all tests
	@$(install) dev
	@.ci/browser
	@.ci/vnu
	@$(pytest) $(ARGS)

quick: ## the tests that need no browser and no server of their own
	@$(install) dev
	@$(pytest) -m "not browser and not server" $(ARGS)

screenshots: ## every page at three widths, light and dark, into .portal/screenshots
	@$(install) dev
	@.ci/browser
	@$(pytest) tests/browser/screenshots.py $(ARGS)
	@echo "All of them: .portal/screenshots/index.html"

pictures: ## take the kept pictures of the styleguide anew
	@$(install) dev
	@.ci/browser
	@TAKE_PICTURES=yes $(with_database) $(python) -m pytest -q tests/browser/test_styleguide_pictures.py -k look_as $(ARGS)

benchmarks: ## figures of a first visit, of 50,000 organisations, and Lighthouse's where npm is present
	@$(install) dev
	@.ci/browser
	@$(with_database) $(python) -m pytest -q -s tests/benchmarks/*.py $(ARGS)

lint: ## what must hold besides the tests
	@$(install) dev
	$(python) -m ruff check
	$(python) -m ruff format --check
	@$(templates) | xargs -0 .venv/bin/djade --target-version 6.1 --check
	$(with_database) $(python) manage.py makemigrations --check --dry-run
	@$(production) $(with_database) $(python) manage.py check --deploy --fail-level WARNING

format: ## put code and templates into the house's shape
	@$(install) dev
	$(python) -m ruff check --fix-only
	$(python) -m ruff format
	@$(templates) | xargs -0 .venv/bin/djade --target-version 6.1

reset: ## delete the portal's own data (CONFIRM=yes asks nothing)
	@$(install) run
	@$(python) -m alliance_portal.serve --reset

lock: ## pin what the requirements name (ARGS=--upgrade takes newer versions)
	@$(install) dev
	@for name in requirements requirements-embedded requirements-dev; do \
		echo "$$name.txt …"; \
		CUSTOM_COMPILE_COMMAND="make lock" $(python) -m piptools compile --quiet \
			--generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
			--no-emit-find-links --no-emit-trusted-host $(ARGS) $$name.in || exit 1; \
	done
