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

// table is a section of docs/why/benchmarks.md: what was measured, and what was asked for.
type table struct {
	title string
	text  strings.Builder
	notes []string
	asked []string
	load  string // of the machine, when the section was begun
}

func newTable(title string, head ...string) *table {
	t := &table{title: title, load: loadAverage()}
	t.row(head...)
	t.row(strings.Split(strings.Repeat("---|", len(head)-1)+"---", "|")...)
	return t
}

func (t *table) row(cells ...string) { fmt.Fprintf(&t.text, "| %s |\n", strings.Join(cells, " | ")) }

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

func (t *table) atLeast(what string, have figure, want float64) {
	t.ask(what, have.text(), "at least "+ratio(want), have.middle >= want)
	t.doubt(what, have)
}

func (t *table) atMost(what string, have figure, want float64) {
	t.ask(what, have.text(), "at most "+ratio(want), have.middle <= want)
	t.doubt(what, have)
}

func (t *table) within(what string, have figure, low, high float64, asked string) {
	t.ask(what, have.text(), asked, have.middle >= low && have.middle <= high)
	t.doubt(what, have)
}

// doubt says where the rounds of a figure do not agree.
func (t *table) doubt(what string, have figure) {
	if have.apart() > 0.15 {
		t.asked = append(t.asked,
			fmt.Sprintf("- %s: two rounds differ by %.0f %%, so that the machine was not at rest and the median is a rough one", what, 100*have.apart()))
	}
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
	section = begin + "\n" + section + "\n" + fmt.Sprintf("%s, %d cores; processes that wanted to run, a minute's mean: %s at the beginning, %s at the end.\n\n",
		runtime.Version(), runtime.NumCPU(), t.load, loadAverage()) + end
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

// loadAverage is the kernel's mean of the last minute; the processes of the benchmark count.
func loadAverage() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	mean, _, _ := strings.Cut(string(data), " ")
	return mean
}

func ratio(x float64) string                  { return fmt.Sprintf("%.2f", x) }
func percent(x float64) string                { return fmt.Sprintf("%.2f %%", 100*x) }
func seconds(d time.Duration) string          { return fmt.Sprintf("%.2f s", d.Seconds()) }
func millis(d time.Duration) string           { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }
func megabytes(n int64) string                { return fmt.Sprintf("%d MB", n>>20) }
func perSecond(n int, d time.Duration) string { return fmt.Sprintf("%.0f/s", float64(n)/d.Seconds()) }
