package bench

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// docsVariable names the Markdown file that keeps the last figures; without it they are
// printed only.
const docsVariable = "SCIMDRILL_BENCH_DOCS"

// table is a section of docs/benchmarks.md: what was measured, and what was asked for.
type table struct {
	title string
	text  strings.Builder
	notes []string
	asked []string
}

func newTable(title string, head ...string) *table {
	t := &table{title: title}
	t.row(head...)
	t.row(strings.Split(strings.Repeat("---|", len(head)-1)+"---", "|")...)
	return t
}

func (t *table) row(cells ...string) { fmt.Fprintf(&t.text, "| %s |\n", strings.Join(cells, " | ")) }

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

func (t *table) atLeast(what string, have, want float64) {
	t.ask(what, ratio(have), "at least "+ratio(want), have >= want)
}

func (t *table) atMost(what string, have, want float64) {
	t.ask(what, ratio(have), "at most "+ratio(want), have <= want)
}

func (t *table) ask(what, have, want string, met bool) {
	verdict := "PASS"
	if !met {
		verdict = "**short**"
	}
	t.asked = append(t.asked, fmt.Sprintf("- %s: **%s**, asked: %s: %s", what, have, want, verdict))
}

// write prints the section and puts it into the file, in place of an older one.
func (t *table) write(b *testing.B) {
	b.Helper()
	section := fmt.Sprintf("## %s\n\n%s.\n\n%s\n%s\n", t.title, strings.Join(t.notes, "; "), t.text.String(), strings.Join(t.asked, "\n"))
	fmt.Println(section) // b.Log would cut it short
	path := os.Getenv(docsVariable)
	if path == "" {
		return
	}
	old, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		b.Fatal(err)
	}
	begin, end := "<!-- "+t.title+" -->\n", "<!-- end -->\n"
	section = begin + "\n" + section + "\n" + fmt.Sprintf("%s, %d cores.\n\n", runtime.Version(), runtime.NumCPU()) + end
	before, rest, found := bytes.Cut(old, []byte(begin))
	if found {
		if _, after, ok := bytes.Cut(rest, []byte(end)); ok {
			section = string(before) + section + string(after)
		}
	} else {
		section = strings.TrimRight(string(old), "\n") + "\n\n" + section
	}
	if err := os.WriteFile(path, []byte(section), 0o644); err != nil {
		b.Fatal(err)
	}
}

func ratio(x float64) string                  { return fmt.Sprintf("%.2f", x) }
func percent(x float64) string                { return fmt.Sprintf("%.2f %%", 100*x) }
func seconds(d time.Duration) string          { return fmt.Sprintf("%.2f s", d.Seconds()) }
func millis(d time.Duration) string           { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }
func megabytes(n int64) string                { return fmt.Sprintf("%d MB", n>>20) }
func perSecond(n int, d time.Duration) string { return fmt.Sprintf("%.0f/s", float64(n)/d.Seconds()) }
