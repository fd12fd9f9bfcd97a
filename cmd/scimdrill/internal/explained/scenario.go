package explained

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/explain"
)

// Scenarios writes a scenario for the first cause, or into a folder one for each kind of entry.
func Scenarios(con *console.Console, list []explain.Explanation, out string) error {
	if info, err := os.Stat(out); !strings.HasSuffix(out, "/") && (err != nil || !info.IsDir()) {
		return one(con, list, out)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return exit.Unwritten(err)
	}
	written := map[string]bool{}
	for _, g := range explain.ByCause(list) {
		for _, x := range g.Entries {
			name := kindOf(x)
			if written[name] {
				continue
			}
			written[name] = true
			text, err := explain.Reproduce(x)
			if err != nil {
				con.Say("note: %s", err)
				continue
			}
			if err := save(con, filepath.Join(out, name+".yaml"), text); err != nil {
				return err
			}
		}
	}
	return nil
}

// kindOf names entries for which one scenario is enough.
func kindOf(x *explain.Explanation) string {
	words := []string{x.Cause.Key, x.Kind(), string(x.Facts.Action), x.Facts.Code}
	if r := x.Facts.Response; r != nil && r.Status != 0 {
		words = append(words, strconv.Itoa(r.Status))
	}
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, strings.Join(words, "-"))
	for strings.Contains(name, "--") {
		name = strings.ReplaceAll(name, "--", "-")
	}
	return strings.Trim(name, "-")
}

// one writes the scenario of the first entry that has one, in the order of the causes.
func one(con *console.Console, list []explain.Explanation, out string) error {
	var failed error
	for _, g := range explain.ByCause(list) {
		for _, x := range g.Entries {
			text, err := explain.Reproduce(x)
			if err == nil {
				return save(con, out, text)
			}
			if failed == nil {
				failed = err
			}
		}
	}
	return exit.Usage("--user NAME chooses another entry", "--scenario-out: %w", failed)
}

func save(con *console.Console, path string, text []byte) error {
	if err := wholefile.Write(path, 0o644, text); err != nil {
		return exit.Unwritten(err)
	}
	con.Say("scenario written to %s", path)
	con.Say("play it with: scimdrill simulate --scenario %s", layout.Quote(path))
	return nil
}
