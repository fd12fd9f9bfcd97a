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

// covered gives for every rule id the tests that ran and passed and carry it in their name,
// as package.TestName, sorted. It fails when the run did: what it covered is then unknown.
func covered(r io.Reader) (map[string][]string, error) {
	found := map[string]map[string]bool{}
	var failed []string
	d := json.NewDecoder(r)
	for {
		var e event
		if err := d.Decode(&e); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read the test run: %w; give the output of go test -json", err)
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
			}
		}
	}
	if len(failed) > 0 {
		return nil, fmt.Errorf("the test run failed, so it covers nothing: %s", strings.Join(failed[:min(5, len(failed))], "; "))
	}
	out := make(map[string][]string, len(found))
	for id, names := range found {
		out[id] = slices.Sorted(maps.Keys(names))
	}
	return out, nil
}
