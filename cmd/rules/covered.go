package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// event is a line of go test -json.
type event struct {
	Action  string
	Package string
	Test    string
}

// shown is what a test run showed of each rule id.
type shown struct {
	tests map[string][]string // that carry it in their name, as package.TestName, sorted
	names map[string][]string // the whole names of those and of their sub-tests, as they came
}

// covered reads the tests that ran and passed. It fails when the run did: what it covered is
// then unknown.
func covered(r io.Reader) (shown, error) {
	out := shown{tests: map[string][]string{}, names: map[string][]string{}}
	found := map[string]map[string]bool{}
	var failed []string
	d := json.NewDecoder(r)
	for {
		var e event
		if err := d.Decode(&e); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return out, fmt.Errorf("read the test run: %w; give the output of go test -json", err)
		}
		switch {
		case e.Action == "fail":
			failed = append(failed, strings.TrimSpace(e.Package+" "+e.Test))
		case e.Action == "pass" && e.Test != "":
			top, _, _ := strings.Cut(e.Test, "/")
			name := e.Package[strings.LastIndexByte(e.Package, '/')+1:] + "." + top
			for _, id := range ids(e.Test) {
				if found[id] == nil {
					found[id] = map[string]bool{}
				}
				found[id][name] = true
				out.names[id] = append(out.names[id], e.Test)
			}
		}
	}
	if len(failed) > 0 {
		return out, fmt.Errorf("the test run failed, so it covers nothing: %s", strings.Join(failed[:min(5, len(failed))], "; "))
	}
	for id, names := range found {
		out.tests[id] = slices.Sorted(maps.Keys(names))
	}
	return out, nil
}
