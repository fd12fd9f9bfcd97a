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
	// target are those of tests that are in the packages of the reference target.
	target map[string][]string
}

// covered reads the tests that ran and passed. It fails when the run did: what it covered is
// then unknown.
func covered(r io.Reader) (shown, error) {
	out := shown{names: map[string][]string{}}
	found, target := findings{}, findings{}
	var failed []string
	d := json.NewDecoder(r)
	for {
		var e event
		if err := d.Decode(&e); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return out, fmt.Errorf("read the test run: %w; hint: pass the output of go test -json", err)
		}
		switch {
		case e.Action == "fail":
			failed = append(failed, strings.TrimSpace(e.Package+" "+e.Test))
		case e.Action == "pass" && e.Test != "":
			top, _, _ := strings.Cut(e.Test, "/")
			name := e.Package[strings.LastIndexByte(e.Package, '/')+1:] + "." + top
			for _, id := range ids(e.Test) {
				found.add(id, name)
				if strings.Contains(e.Package+"/", "/fixtures/target/") {
					target.add(id, name)
				}
				out.names[id] = append(out.names[id], e.Test)
			}
		}
	}
	if len(failed) > 0 {
		return out, fmt.Errorf("the test run failed, so no rule counts as covered: %s", strings.Join(failed[:min(5, len(failed))], "; "))
	}
	out.tests, out.target = found.lists(), target.lists()
	return out, nil
}

// findings are the names of tests by rule id.
type findings map[string]map[string]bool

func (f findings) add(id, name string) {
	if f[id] == nil {
		f[id] = map[string]bool{}
	}
	f[id][name] = true
}

func (f findings) lists() map[string][]string {
	out := make(map[string][]string, len(f))
	for id, names := range f {
		out[id] = slices.Sorted(maps.Keys(names))
	}
	return out
}
