package expression

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// scriptCase is one line of testdata/*.expr.
type scriptCase struct {
	rule, place string
	attributes  map[string]Value
	lenient     bool
	strict      bool
	expression  string
	want        string // a value, if wantError is nil
	wantError   *regexp.Regexp
}

func testEnv(attributes map[string]Value) *Env {
	return &Env{
		Attribute:     func(name string) Value { return attributes[name] },
		Now:           func() time.Time { return time.Date(2021, 7, 2, 15, 33, 38, 5, time.UTC) },
		Random:        rand.New(rand.NewPCG(1, 2)),
		DefaultDomain: "contoso.com",
	}
}

func readScripts(tb testing.TB) []scriptCase {
	tb.Helper()
	files, err := filepath.Glob("testdata/*.expr")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no scripts: %v", err)
	}
	var cases []scriptCase
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		rule := ""
		for i, line := range strings.Split(string(data), "\n") {
			place := fmt.Sprintf("%s:%d", filepath.Base(file), i+1)
			switch heading, ok := strings.CutPrefix(line, "# "); {
			case ok:
				rule = heading
			case line != "":
				cases = append(cases, readCase(tb, rule, place, line))
			}
		}
	}
	return cases
}

func readCase(tb testing.TB, rule, place, line string) scriptCase {
	tb.Helper()
	c := scriptCase{rule: rule, place: place, attributes: map[string]Value{}}
	left, right, ok := strings.Cut(line, "| ")
	if !ok {
		tb.Fatalf("%s: no | in %q", place, line)
	}
	for left = strings.TrimSpace(left); left != ""; left = strings.TrimSpace(left) {
		if rest, ok := strings.CutPrefix(left, "!lenient"); ok {
			c.lenient, left = true, rest
			continue
		}
		if rest, ok := strings.CutPrefix(left, "!strict"); ok {
			c.strict, left = true, rest
			continue
		}
		name, rest, _ := strings.Cut(left, "=")
		if name == roleAttribute {
			var roles []AppRole
			d := json.NewDecoder(strings.NewReader(rest))
			if err := d.Decode(&roles); err != nil {
				tb.Fatalf("%s: attribute %s: %v", place, name, err)
			}
			c.attributes[name] = FromAny(roles)
			left = rest[d.InputOffset():]
			continue
		}
		d := json.NewDecoder(strings.NewReader(rest))
		var v any
		if err := d.Decode(&v); err != nil {
			// A raw tab is allowed in these scripts, not in JSON.
			rest = strings.ReplaceAll(rest, "\t", `\t`)
			d = json.NewDecoder(strings.NewReader(rest))
			if err := d.Decode(&v); err != nil {
				tb.Fatalf("%s: attribute %s: %v", place, name, err)
			}
		}
		c.attributes[name] = FromAny(v)
		left = rest[d.InputOffset():]
	}
	if expression, pattern, ok := strings.Cut(right, "### "); ok {
		c.expression = strings.TrimSpace(expression)
		c.wantError = regexp.MustCompile(strings.TrimSuffix(strings.TrimPrefix(pattern, `"`), `"`))
		return c
	}
	i := strings.LastIndex(right, " => ")
	if i < 0 {
		tb.Fatalf("%s: neither => nor ### in %q", place, line)
	}
	c.expression, c.want = right[:i], right[i+len(" => "):]
	return c
}

func TestScripts(t *testing.T) {
	t.Parallel()
	for _, c := range readScripts(t) {
		t.Run(c.rule+"/"+c.place, func(t *testing.T) {
			t.Parallel()
			e, err := Parse(c.expression)
			var v Value
			if err == nil {
				env := testEnv(c.attributes)
				env.LenientIIF, env.StrictIIF = c.lenient, c.strict
				v, err = e.Eval(env)
			}
			switch {
			case c.wantError != nil && err == nil:
				t.Fatalf("%s\n got %s\nwant error %s", c.expression, v, c.wantError)
			case c.wantError != nil:
				if !c.wantError.MatchString(err.Error()) {
					t.Fatalf("%s\n got error %v\nwant error %s", c.expression, err, c.wantError)
				}
				if !v.IsNull() {
					t.Errorf("value %s beside an error", v)
				}
			case err != nil:
				t.Fatalf("%s\n got error %v\nwant %s", c.expression, err, c.want)
			case v.String() != c.want:
				t.Fatalf("%s\n got %s\nwant %s", c.expression, v, c.want)
			}
		})
	}
}

// Every rule of the language has lines in the scripts.
func TestScriptsNameEveryRule(t *testing.T) {
	t.Parallel()
	covered := map[string]bool{}
	for _, c := range readScripts(t) {
		id, _, _ := strings.Cut(c.rule, " ")
		covered[id] = true
	}
	covered["E-198"] = covered["E-198"] && covered["E-206"]
	for n := 160; n <= 204; n++ {
		if id := "E-" + strconv.Itoa(n); !covered[id] {
			t.Errorf("no script line for %s", id)
		}
	}
	for _, f := range Functions() {
		if !covered[f.Rule] {
			t.Errorf("no script line for %s of %s", f.Rule, f.Name)
		}
	}
}
