# scimdrill: `make help` prints what each target does.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GOLANGCI_VERSION := v2.15.0
GOVULNCHECK_VERSION := v1.9.0
GORELEASER_VERSION := v2.15.1
FUZZTIME ?= 30s
# Go makes each input that reaches something new smaller, by default for a minute, in which
# nothing else runs and FUZZTIME may pass.
FUZZMINIMIZE ?= 20x
# The garbage collector of tests and of the compiler runs less often, for a fifth less CPU time
# and some hundred MB more memory.
GOGC ?= 300
SEEDS ?= 2000
FIRST ?= 0
KILLS ?= 200
MODEL_SEEDS ?= 3
TARGET_KILLS ?= 60
BOTH_KILLS ?= 40
CRASH_USERS ?= 2000
OUT ?= scimdrill-out
JUDGE ?=

# A build outside a git work tree, or without git, is a "dev" build.
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT ?= $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
# The newest release of the change log.
RELEASE ?= v$(shell sed -n 's/^## \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.revision=$(COMMIT)

# Left out under the race detector: the defect matrix, the variants and the scripts of the command line, which repeat
# the same code many times, and the test of the built program, which is not built for it.
RACE_SKIP := ^(TestMatrix|TestKillers|TestPermittedVariants.*|TestScripts|TestBinary|TestCrash|Test.*Seeds)$$

.PHONY: help build test browser race lint fuzz bench bench-large bench-parts memory seeds crash hostile model mutate latency strangers defects checks rules ledger mutants golden demo picture cover check hooks real-target servers k6 kubernetes licenses sbom site site-links site-pictures vuln completions-test release-snapshot release-twice release-version

help: ## prints this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{printf "  %-13s %s\n", $$1, $$2}'

build: ## builds bin/scimdrill, static
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o bin/ ./cmd/scimdrill

test: ## runs every test
	GOGC=$(GOGC) go test -timeout 20m ./...

browser: ## looks at the HTML report, the sign-in page and the documentation in headless Chromium (needs Chromium)
	go test -count=1 -tags browser -run '^TestBrowser' ./reports ./cmd/scimdrill ./cmd/site

race: ## runs the tests under the race detector (needs a C compiler)
	go test -race -timeout 30m -skip '$(RACE_SKIP)' ./...

lint: bin/golangci-lint ## runs the linters and checks the formatting
	bin/golangci-lint run
	bin/golangci-lint fmt --diff

bin/golangci-lint:
	GOBIN="$(CURDIR)/bin" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

fuzz: ## runs each fuzz target for FUZZTIME (30s, or 20000x for a number of inputs)
	@grep -rlE '^func Fuzz' --include='*_test.go' . | sort | while read -r file; do \
		grep -oE '^func Fuzz[A-Za-z0-9_]*' "$$file" | sed 's/^func //' | while read -r name; do \
			echo "$$name in $$(dirname "$$file")"; \
			go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) -fuzzminimizetime $(FUZZMINIMIZE) "$$(dirname "$$file")"; \
		done; \
	done

bench: ## compares the engine with a bare client, and targets by size, in some minutes and 4 GB; figures in docs/why/benchmarks.md, output in bench.txt
	SCIMDRILL_BENCH_DOCS="$(CURDIR)/docs/why/benchmarks.md" go test -run '^$$' -bench . -benchtime 1x -timeout 30m ./simulator/bench | tee bench.txt
	SCIMDRILL_BENCH_DOCS="$(CURDIR)/docs/why/benchmarks.md" go test -run '^$$' -bench '^BenchmarkScale$$' -benchtime 1x -timeout 30m ./fixtures/target | tee -a bench.txt

servers: ## many hostile clients beside one that writes, and 10,000 random requests to every server, in some minutes
	SCIMDRILL_SERVERS_LONG=1 go test -run '^TestServers' -timeout 30m -v ./cmd/scimdrill

bench-large: ## the same with 1,000,000 users: memory, load, and the cost of a small cycle
	SCIMDRILL_BENCH_LARGE=1 SCIMDRILL_BENCH_DOCS="$(CURDIR)/docs/why/benchmarks.md" go test -run '^$$' -bench Large -benchtime 1x -timeout 120m ./simulator/bench | tee bench-large.txt

memory: ## writes a tenant of 1,000,000 users and a year of its changes within 64 MiB
	go test -tags memory -run '^TestMemory$$' -v ./fixtures/generate

bench-parts: ## benchmarks of single functions, output in bench-parts.txt for benchstat
	go test -run '^$$' -bench . -benchmem $$(go list ./... | grep -v /simulator/bench) | tee bench-parts.txt

seeds: ## runs the seed loops SEEDS times (2000) from seed FIRST (0)
	SCIMDRILL_FIRST_SEED=$(FIRST) SCIMDRILL_SEEDS=$(SEEDS) go test -count=1 -timeout 2h -run 'Seeds$$' -v \
		$$(grep -rlE '^func Test[A-Za-z0-9]*Seeds\(' --include='*_test.go' . | xargs -n1 dirname | sort -u)

crash: ## kills a job KILLS times (200), its target TARGET_KILLS times (60), both BOTH_KILLS times (40) at CRASH_USERS users (2000), from seed FIRST
	SCIMDRILL_FIRST_SEED=$(FIRST) SCIMDRILL_KILLS=$(KILLS) SCIMDRILL_TARGET_KILLS=$(TARGET_KILLS) SCIMDRILL_BOTH_KILLS=$(BOTH_KILLS) \
		SCIMDRILL_CRASH_USERS=$(CRASH_USERS) go test -count=1 -timeout 2h -run '^Test(Crash|SimulateKilled|ReplayKilled)$$' -v ./simulator/worlds ./cmd/scimdrill

hostile: ## lets every command meet every kind of hostile response, and prints time, memory and exit code (half an hour)
	SCIMDRILL_HOSTILE=1 go test -count=1 -timeout 2h -parallel 8 -run '^TestHostile$$' -v ./cmd/scimdrill | grep -v '^=== '

mutate: ## runs every check on every defect of the reference target and prints the matrix
	go test -count=1 -timeout 60m -run '^TestMatrix$$' -v ./conformance -matrix

model: ## random sequences on every defect that depends on the order of requests, and on endpoints that are right, from MODEL_SEEDS seeds
	go test ./conformance -run '^TestModel' -model $(MODEL_SEEDS) -timeout 120m -v

latency: ## runs every check behind 0, 50 and 150 ms, with 1, 4, 8 and 16 at once, medians of three, and compares the verdicts (half an hour)
	go test -count=1 -timeout 3h -run '^TestLatency$$' -v ./conformance -latency 3

strangers: ## runs every check on endpoints that no check was written for, and prints what it concluded (JUDGE=-judge fails on what is not true)
	go test -count=1 -timeout 1h -run '^TestStrangers$$' -v ./conformance -strangers $(JUDGE)

k6: ## builds k6 with our module (AGPL-3.0) in a module of its own, and compares three processes of it with a replay
	cd cmd/k6-scimdrill && go vet ./... && go test -count=1 ./...

kubernetes: ## decodes the files of docs/guide/scale strictly into the types of Kubernetes' API
	cd docs/guide/scale/validate && go test -count=1 ./...

defects: ## writes docs/why/defects.md from the list of defects, and docs/why/kill-matrix.md from the golden matrix
	go test -count=1 -run '^Test(Defects|Kill)Page$$' ./conformance -update

checks: ## writes docs/reference/checks.md from the catalogue
	go test -count=1 -run '^TestChecksPage$$' ./docs -update

rules: ## runs the tests and says which rules of docs/why/behaviour.md and docs/why/requirements.md they cover
	go test -json ./... | go run ./cmd/rules -options -requirements docs/why/requirements.md docs/why/behaviour.md

ledger: ## the same, and brings the columns of tests in both up to date
	SCIMDRILL_LEDGER=write go test -json ./... | go run ./cmd/rules -write -requirements docs/why/requirements.md docs/why/behaviour.md

mutants: ## breaks forty drawn rules, one by one, and says which tests notice
	go run ./cmd/rules -mutants docs/why/mutants.yaml -draw 40 -seed 1 docs/why/behaviour.md

licenses: ## writes the notices of what is linked, from the module cache
	go test ./cmd/scimdrill/internal/licenses -run TestNoticesAreCurrent -update

sbom: build ## writes bin/scimdrill.spdx.json
	bin/scimdrill version --sbom > bin/scimdrill.spdx.json

golden: ## rewrites the golden files and the profiles; review the diff
	go generate ./fixtures
	@for pkg in $$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' . | xargs -r -n1 dirname | sort -u); do \
		go test "$$pkg" -update; \
	done

bin/goreleaser:
	GOBIN="$(CURDIR)/bin" go install github.com/goreleaser/goreleaser/v2@$(GORELEASER_VERSION)

release-version: # prints the version of the next release, which the tag must have
	@echo $(RELEASE)

release-snapshot: bin/goreleaser ## builds the release of the last commit in dist/, publishes nothing, and runs what is in it
	.ci/release-snapshot dist
	SCIMDRILL_DIST="$(CURDIR)/dist" go test -count=1 -run '^TestDist' -v ./cmd/scimdrill

release-twice: bin/goreleaser ## builds the release in two folders, and compares the checksums
	one=$$(mktemp -d) two=$$(mktemp -d --suffix=-another); trap 'rm -rf "$$one" "$$two"' EXIT; \
	.ci/release-snapshot "$$one/dist"; TMPDIR="$$two" .ci/release-snapshot "$$two/dist"; cat "$$one/dist/checksums.txt"; \
	diff "$$one/dist/checksums.txt" "$$two/dist/checksums.txt" && echo "equal in both folders"

completions-test: ## loads the completions in bash, zsh and fish (installs the last two where apt-get can)
	@for shell in zsh fish; do command -v $$shell >/dev/null || { apt-get update -qq && apt-get install -y -qq $$shell; } >/dev/null 2>&1 || true; done
	go test -count=1 -run '^Test(Completion|Manual)' -v ./cmd/scimdrill

vuln: ## looks for known vulnerabilities in what the program calls (needs the database vuln.go.dev)
	go run golang.org/x/vuln/cmd/govulncheck@$(GOVULNCHECK_VERSION) ./... || { echo 'a finding, or the database vuln.go.dev cannot be reached; see above' >&2; exit 1; }

demo: build ## a simulated week and a conformance run on an embedded target, reports in OUT
	bin/scimdrill demo --out $(OUT)

picture: build ## draws docs/report.png, the report of a demo run, for the README (needs Chromium)
	dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; \
	bin/scimdrill demo --seed 7 --out "$$dir" >"$$dir/text"; \
	"$$(command -v chromium chromium-browser google-chrome | head -n 1)" --headless --no-sandbox --disable-gpu --hide-scrollbars \
		--force-color-profile=srgb --window-size=1100,900 --screenshot="$(CURDIR)/docs/report.png" "file://$$dir/report.html"; \
	test "$$(wc -c <docs/report.png)" -le 150000

site: ## writes the documentation as a static site to the folder site; open site/index.html
	go run ./cmd/site -out site

site-pictures: ## takes pictures of the documentation on desktop and phone, light and dark, into OUT (needs Chromium; SCIMDRILL_AXE names axe.min.js)
	mkdir -p $(OUT)
	SCIMDRILL_PICTURES="$(abspath $(OUT))" go test -count=1 -tags browser -run '^TestBrowser' ./cmd/site

site-links: ## lists the links of the documentation to other sites
	@go run ./cmd/site -outside

cover: ## coverage of every package, in coverage.html
	go test -coverpkg=./... -coverprofile=coverage.out ./...
	go tool cover -func=coverage.out | tail -n 1
	go tool cover -html=coverage.out -o coverage.html

check: build lint test ## build, vet, lint, test
	go vet ./...

hooks: ## switches on the checks before a commit
	git config core.hooksPath .githooks

real-target: build ## starts SCIMMY and Better Auth (needs Node) and runs connect, plans, simulate and conform against them
	fixtures/realtargets/scimmy/run.sh bin/scimdrill $(OUT)
	fixtures/realtargets/betterauth/run.sh bin/scimdrill $(OUT)
