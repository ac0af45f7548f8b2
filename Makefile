# "make" alone lists the targets. Only Go is needed for build, test and run.

export CGO_ENABLED = 0
GO ?= go
PACKAGES ?= ./...

# Tools, by version, installed into ./bin when a target needs them.
BIN := $(CURDIR)/bin
GOLANGCI_VERSION = v2.15.0
GOFUMPT_VERSION = v0.12.0
DEADCODE_VERSION = v0.52.0
VULNCHECK_VERSION = v1.8.0

.DEFAULT_GOAL := help
.PHONY: help build run demo test race ci night fuzz oracle lint format generate rewrite tidy clients bench deadcode vulncheck clean

help: ## list the targets
	@grep -hE '^[a-z%-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

build: ## build ./bin/millrace
	$(GO) build -trimpath -o $(BIN)/millrace ./cmd/millrace

run: ## start a server on ./millrace-data
	$(GO) run ./cmd/millrace start

demo: ## start a server with made-up data
	$(GO) run ./cmd/millrace demo

test: ## run all tests
	$(GO) test -timeout 20m $(PACKAGES)

race: ## run the short tests of the concurrent packages with the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -short -timeout 20m ./log/... ./exec ./exec/state ./server/...

ci: ## what has to pass before a push
	./.ci/run

lint: $(BIN)/golangci-lint-$(GOLANGCI_VERSION) ## run the linters
	$(BIN)/golangci-lint-$(GOLANGCI_VERSION) run

format: $(BIN)/gofumpt-$(GOFUMPT_VERSION) ## format Go files (P=folder or files; all without it)
	$(BIN)/gofumpt-$(GOFUMPT_VERSION) -modpath millrace -w $(if $(P),$(P),catalog cmd exec log planner server sql sqltests)

generate: ## write the generated references under docs
	$(GO) test ./sqltests -run 'TestDocsAreUpToDate' -count=1 -args -rewrite

rewrite: ## write expected outputs of scripts (T=name of a script); read the diff afterwards
	$(GO) test ./sqltests -run 'TestScripts/$(T)' -count=1 -args -rewrite

tidy: ## check that go.mod lists what is used
	$(GO) mod tidy -diff

oracle: ## run the scripts marked oracle=postgres on PostgreSQL 15, too (Debian's postgresql-15)
	@test -x /usr/lib/postgresql/15/bin/postgres || \
		{ apt-get install -y --no-install-recommends postgresql-15 >/dev/null; }
	MILLRACE_ORACLE=1 $(GO) test ./sqltests -run 'Oracle|Flights|Random|Nexmark|TPCH|Generated|Mutants' -count=1 -timeout 30m -v

clients: ## run real clients (C=name of some): psql, JDBC, ODBC, Python, node, Go; installs what they need
	./sqltests/clients/run $(C)

night: ## the long tests: all variations, random and crash tests, fuzzing, race, oracle
	MILLRACE_NIGHT=1 $(GO) test -count=1 -timeout 4h $(PACKAGES)
	$(MAKE) race fuzz oracle
	$(MAKE) bench

FUZZTIME ?= 5m

fuzz: ## run each fuzz test for FUZZTIME
	@for pkg in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$f"; \
			$(GO) test $$pkg -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) || exit 1; \
		done; \
	done

bench: build ## measure the figures of the project against PostgreSQL where it is installed
	$(BIN)/millrace bench all

bench-%: build ## measure one of them: make bench-copy
	$(BIN)/millrace bench $*

deadcode: $(BIN)/deadcode-$(DEADCODE_VERSION) ## list functions that nothing calls
	$(BIN)/deadcode-$(DEADCODE_VERSION) -test ./...

vulncheck: $(BIN)/govulncheck-$(VULNCHECK_VERSION) ## look for known faults in dependencies
	$(BIN)/govulncheck-$(VULNCHECK_VERSION) ./...

clean: ## remove what was built
	rm -rf $(BIN)

# install,module,name: go install into ./bin under a name with the version.
define install
	@mkdir -p $(BIN)
	GOBIN=$(BIN) $(GO) install $(1)
	@mv $(BIN)/$(2) $@
endef

$(BIN)/golangci-lint-$(GOLANGCI_VERSION):
	$(call install,github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION),golangci-lint)
$(BIN)/gofumpt-$(GOFUMPT_VERSION):
	$(call install,mvdan.cc/gofumpt@$(GOFUMPT_VERSION),gofumpt)
$(BIN)/deadcode-$(DEADCODE_VERSION):
	$(call install,golang.org/x/tools/cmd/deadcode@$(DEADCODE_VERSION),deadcode)
$(BIN)/govulncheck-$(VULNCHECK_VERSION):
	$(call install,golang.org/x/vuln/cmd/govulncheck@$(VULNCHECK_VERSION),govulncheck)
