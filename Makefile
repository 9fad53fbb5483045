# The commands people learn. Each is a line or two; the work is in scripts/, xtask/ and .ci/.
.POSIX:
.PHONY: help run test demo ci ci-long fuzz release gen fmt lint bench

# The one profile that builds fast and still shows photos fast; `make release` is for servers.
PROFILE = quick
TARGET = $${CARGO_TARGET_DIR:-target}
# With the whole workspace, so that the tests do not compile the dependencies for other features again.
BUILD = cargo build --profile $(PROFILE) --locked --workspace --bin kith

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

run: ## Set up what running needs, build, and serve everything on one port
	@scripts/setup run
	@$(BUILD)
	@exec $(TARGET)/$(PROFILE)/kith serve --all

test: ## Set up the rest and run every test
	@scripts/setup test
	@scripts/test

demo: ## Fill the running instance with a small circle of people and photos
	@$(BUILD)
	@$(TARGET)/$(PROFILE)/kith demo

ci: ## Run every gate, as the continuous integration does
	@bash .ci/run

ci-long: ## The same with the long modes of the tests: hours
	@KITH_TEST_EFFORT=long bash .ci/run

fuzz: ## Fuzz every decoder and the metadata reader: ten minutes each (scripts/fuzz says how to choose)
	@scripts/setup run
	@scripts/fuzz

release: ## Build the program for servers
	@scripts/setup run
	@cargo build --release --locked --package kith --bin kith

gen: ## Generate the SQL functions, the API document, the web client's types
	@cargo xtask gen
	@cargo xtask gen-api

fmt: ## Format everything
	@cargo fmt --all
	@for folder in web e2e; do if [ -e $$folder/package.json ]; then (cd $$folder && npx prettier --log-level warn --write .); fi; done

lint: ## Check shape and style without running a test
	@cargo fmt --all --check
	@cargo xtask tidy
	@cargo clippy --profile $(PROFILE) --workspace --all-targets --locked -- --deny warnings

bench: ## Measure the hot requests against FastAPI and the bare SQL: an hour (bench/README.md)
	@cargo build --release --locked --package kith --package kith-bench --bin kith --bin kith-bench
	@bench/setup
	@python3 bench/run.py
