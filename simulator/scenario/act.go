package scenario

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// doing is one administrator action on the job.
type doing func(ctx context.Context, j *job.Job, at time.Time, p *Play) error

// parseJob reads a job event.
func parseJob(text string) (doing, error) {
	verb, rest, _ := strings.Cut(text, " ")
	switch {
	case text == "pause":
		return func(ctx context.Context, j *job.Job, at time.Time, _ *Play) error { return j.Pause(ctx, at) }, nil
	case text == "start":
		return func(ctx context.Context, j *job.Job, at time.Time, _ *Play) error { return j.Start(ctx, at) }, nil
	case text == "allow deletes": // E-228
		return restart(job.ForceDeletes), nil
	case verb == "restart":
		s, err := job.ParseScope(rest)
		if err != nil {
			return nil, err
		}
		return restart(s), nil
	case text == "scope all", text == "scope assigned":
		return func(ctx context.Context, j *job.Job, at time.Time, _ *Play) error {
			return j.ChangeScope(ctx, at, text == "scope all")
		}, nil
	case text == "credentials renewed":
		return func(ctx context.Context, j *job.Job, at time.Time, p *Play) error {
			return j.ChangeCredentials(ctx, at, p.env.NextAuthorization)
		}, nil
	}
	return nil, nearest.Unknown("job event", text, jobEvents(), "")
}

// jobEvents are the events that parseJob reads; a restart may name what it resets.
func jobEvents() []string {
	return []string{
		"pause", "start", "restart", "restart Watermark,Escrows", "allow deletes", "scope all", "scope assigned", "credentials renewed",
	}
}

func restart(s job.Scope) doing {
	return func(ctx context.Context, j *job.Job, at time.Time, _ *Play) error { return j.Restart(ctx, at, s) }
}

// byHand is a request that an operator makes on the target's console.
type byHand struct {
	method, path string
	body         string
}

var braces = regexp.MustCompile(`\{([^{}]+)\}`)

// parseByHand reads METHOD PATH [JSON]; {ada} in path or body is the target's id of ada,
// {old@x.example} is the id of the first account with this name.
func (s *Scenario) parseByHand(text string) (byHand, error) {
	method, rest, _ := strings.Cut(text, " ")
	path, body, _ := strings.Cut(rest, " ")
	switch {
	case !slices.Contains([]string{http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete}, method) || !strings.HasPrefix(path, "/"):
		return byHand{}, fmt.Errorf("%q is not a valid request; hint: write for example DELETE /Users/{ada}", text)
	case body != "" && !json.Valid([]byte(body)):
		return byHand{}, fmt.Errorf("the body of %q is not valid JSON", text)
	}
	for _, m := range braces.FindAllStringSubmatch(strings.ReplaceAll(path, "{run}", "run"), -1) {
		if !s.names.has(m[1]) && !strings.Contains(m[1], "@") {
			return byHand{}, s.names.unknown("user or group", m[1])
		}
	}
	return byHand{method, path, body}, nil
}

// do makes the request. A refusal by the target is a mistake in the scenario.
func (h byHand) do(ctx context.Context, j *job.Job, p *Play) error {
	var errs []error
	resolve := func(m string) string {
		name := strings.Trim(m, "{}")
		if !p.scenario.names.has(name) && !strings.Contains(name, "@") {
			return m // part of the JSON
		}
		for _, endpoint := range []string{"/Users", "/Groups"} {
			found, err := p.resource(ctx, j, p.env.Target.Snapshot(endpoint), map[string]string{"/Users": "userName", "/Groups": "displayName"}[endpoint], name)
			if id, ok := found["id"].(string); ok && err == nil {
				return id
			}
		}
		errs = append(errs, fmt.Errorf("by hand, %s %s: %s is not in the target at that time", h.method, h.path, name))
		return m
	}
	fillIn := func(text string) string {
		return braces.ReplaceAllStringFunc(strings.ReplaceAll(text, "{run}", p.env.RunID), resolve)
	}
	path := fillIn(h.path)
	var body []byte
	if h.body != "" {
		body = []byte(fillIn(h.body))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if status, answer := p.env.Target.Do(h.method, path, body); status >= 300 {
		return fmt.Errorf("by hand, %s %s: the target responded with %d: %s", h.method, h.path, status, answer)
	}
	return nil
}
