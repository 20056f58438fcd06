# Everything is built from the Go module proxy; versions are pinned here and in
# go.mod.
GO            ?= go
GOLANGCI_LINT ?= $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME      ?= 30s
VERSION       ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS       := -s -w -X main.version=$(VERSION)

.DEFAULT_GOAL := help
.PHONY: help demo build man install test storm lint fuzz bench e2e pictures check clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## the console against the bundled mock: no account, no network
	@bin/provkeys demo

build: ## build bin/provkeys and bin/mockserver
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/ ./cmd/provkeys ./cmd/mockserver

man: build ## the manual pages, into bin/man
	@bin/provkeys man --dir bin/man

install: ## install both commands into GOBIN
	$(GO) install -trimpath -ldflags '$(LDFLAGS)' ./cmd/provkeys ./cmd/mockserver

# The renderer's own library draws each cell of each frame: watched by the race
# detector, it would take more time than all tests.
UNWATCHED := -gcflags='github.com/charmbracelet/ultraviolet=-race=false'

# Under the detector the longest of the console's tests take a sample of their inputs,
# so that they run once more without it.
test: ## all tests, with the race detector
	$(GO) test -race -shuffle=on $(UNWATCHED) ./...
	$(GO) test -shuffle=on ./tui/...

# Fifty times what make test sails through, without the detector. STORM_SEED=7 is
# the storm of that seed alone.
storm: ## 100,000 operations while a fifth of all calls fail
	STORM_TIMES=50 $(GO) test -timeout 15m -run Storm ./client ./cmd/provkeys ./tui

lint: ## go vet for three systems, and golangci-lint
	GOOS=linux $(GO) vet ./...
	GOOS=darwin $(GO) vet ./...
	GOOS=windows $(GO) vet ./...
	$(GO) vet -tags e2e ./cmd/...
	$(GOLANGCI_LINT) run --build-tags e2e ./...

fuzz: ## every fuzz target for FUZZTIME (30s)
	@set -e; for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "== $$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$pkg; \
	  done; done

bench: ## every benchmark, with allocations
	$(GO) test -run '^$$' -bench . -benchmem ./...

# The cases wait more than they work, so more run at once than there are cores.
e2e: build ## the built binaries in real terminals (.ci/run installs those)
	$(GO) test -count=1 -tags e2e -run '^TestE2E' -parallel 6 -timeout 10m -v ./cmd/provkeys

pictures: ## draw the README's pictures from the program
	$(GO) test ./tui -run TestThePictures -update

check: lint test e2e ## what CI runs

clean: ## remove what was built
	rm -rf bin
