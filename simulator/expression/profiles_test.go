package expression

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Every source in a bundled profile, found in the raw JSON, parses, gives a value or
// null, and says the same in its three spellings.
func TestProfiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../fixtures/profiles/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no profiles: %v", err)
	}
	seen := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var profile any
		if err := json.Unmarshal(data, &profile); err != nil {
			t.Fatal(err)
		}
		eachSource(t, profile, func(raw map[string]any, source GraphSource) {
			seen++
			e, err := FromSource(source.Type, source.Name, source.Expression, source.Parameters)
			if err != nil {
				t.Errorf("%s: %v: %v", filepath.Base(file), raw, err)
				return
			}
			if _, err := e.Eval(testEnv(map[string]Value{"IsSoftDeleted": Boolean(false), "mail": String("a@b.test")})); err != nil {
				t.Errorf("%s: %v", filepath.Base(file), err)
			}
			built, err := FromSource(source.Type, source.Name, "", source.Parameters)
			if source.Expression != "" && (err != nil || built.String() != e.String()) {
				t.Errorf("%s: %s from its parameters is %v: %v", filepath.Base(file), e, built, err)
			}
			if again := mustParse(t, e.String()); again.String() != e.String() {
				t.Errorf("%s: %s formatted again is %s", filepath.Base(file), e, again)
			}
		})
	}
	if seen < 20 {
		t.Errorf("only %d sources found", seen)
	}
}

// eachSource calls fn for every member "source" that is an object with a type.
func eachSource(t *testing.T, v any, fn func(map[string]any, GraphSource)) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			eachSource(t, element, fn)
		}
	case map[string]any:
		for name, member := range v {
			raw, ok := member.(map[string]any)
			if name != "source" || !ok || raw["type"] == nil {
				eachSource(t, member, fn)
				continue
			}
			data, err := json.Marshal(raw)
			if err != nil {
				t.Fatal(err)
			}
			var source GraphSource
			if err := json.Unmarshal(data, &source); err != nil {
				t.Fatal(err)
			}
			fn(raw, source)
		}
	}
}
