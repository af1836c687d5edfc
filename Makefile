# The two commands of the README are `make run` and `make test`; CONTRIBUTING.md shows the others.

VENV := .venv
OTHER := .venv-whoosh3
# -qq: trafilatura asks lxml for an extra that lxml 6.1 no longer has, and pip warns on every install.
INSTALL := -m pip install -qq --disable-pip-version-check
LOCKED := $(INSTALL) --require-hashes --only-binary :all:
PROJECT := pyproject.toml scripts/environment.sh requirements.lock requirements-build.lock

.PHONY: run test install check lint test-whoosh3 eval-extract bench lock clean

# The shipped sample: import, index, serve.
run: install
	@$(VENV)/bin/kashaf demo

test: $(VENV)/dev-installed
	@scripts/browser.sh
	@$(VENV)/bin/python -m pytest

# The environment in .venv and nothing else.
install: $(VENV)/installed
	@echo "Kashaf is installed: $(VENV)/bin/kashaf"

check: lint test

lint: $(VENV)/dev-installed
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

# The same suite on the other living Whoosh. Two distributions own the folder whoosh/, so that one
# must be gone before the other comes, in an environment of its own.
test-whoosh3: $(OTHER)/installed
	@scripts/browser.sh
	@$(OTHER)/bin/python -m pytest

# Where the evaluation data lies; it is not part of the project.
EVAL := ../shared/eval

# Extraction beside its peers: minutes of work, written to benchmarks/RESULTS.md.
eval-extract: $(VENV)/benchmarks-installed
	@$(VENV)/bin/python benchmarks/extraction.py $(EVAL)

# The reader's whole query beside other engines; needs Java and Maven for Lucene. An hour and more.
bench: $(VENV)/benchmarks-installed
	@$(VENV)/bin/python benchmarks/engines/run.py $(EVAL) $(BENCH_FLAGS)

lock:
	@scripts/lock.sh $(LOCK_FLAGS)

clean:
	rm -rf .venv .venv-whoosh3 .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Fills environment $(1). The project itself is installed last, in place, by a hatchling that is
# locked like the rest and stays outside the environment: pip's own build isolation would download
# one without a hash.
define install_project
	@$(1)/bin/python $(LOCKED) --target $(1)/build --upgrade -r requirements-build.lock
	@PYTHONPATH="$(CURDIR)/$(1)/build" $(1)/bin/python $(INSTALL) --no-deps --no-build-isolation --editable .
endef

$(VENV)/installed: $(PROJECT)
	@scripts/environment.sh $(VENV)
	@echo "Kashaf: installing the locked dependencies into $(VENV) (450 MB, about a minute)."
	@$(VENV)/bin/python $(LOCKED) -r requirements.lock
	$(call install_project,$(VENV))
	@touch $@

$(VENV)/dev-installed: $(VENV)/installed requirements-dev.lock
	@echo "Kashaf: installing what the tests need into $(VENV)."
	@$(VENV)/bin/python $(LOCKED) -r requirements-dev.lock
	@touch $@

$(VENV)/benchmarks-installed: $(VENV)/dev-installed requirements-benchmarks.lock
	@echo "Kashaf: installing the peers of the benchmarks into $(VENV)."
	@$(VENV)/bin/python $(LOCKED) -r requirements-benchmarks.lock
	@touch $@

$(OTHER)/installed: $(PROJECT) requirements-dev.lock requirements-whoosh3.lock
	@scripts/environment.sh $(OTHER)
	@echo "Kashaf: installing the dependencies with whoosh3 into $(OTHER)."
	@$(OTHER)/bin/python $(LOCKED) -r requirements.lock -r requirements-dev.lock
	@$(OTHER)/bin/python -m pip uninstall -qq --yes whoosh-reloaded whoosh3
	@$(OTHER)/bin/python $(LOCKED) -r requirements-whoosh3.lock
	$(call install_project,$(OTHER))
	@touch $@
