package recorder

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

func (r *recorder) Facts() *runs.Recording {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.summary
	f := &runs.Recording{Requests: s.Requests, Failed: s.Failed, Cycles: s.Cycles, Kinds: map[string]int{}, LeftOut: r.transcript.Har.Omitted()}
	for kind, n := range s.ByKind {
		if n > 0 {
			f.Kinds[string(kind)] = n
		}
	}
	if s.Requests > 0 {
		first, last := s.First.UTC(), s.Last.UTC()
		f.First, f.Last = &first, &last
	}
	var seen []recording.Sign
	f.Dialect, seen = s.Signs.Dialect()
	for _, sign := range seen {
		f.Evidence = append(f.Evidence, sign.Dialect+": "+sign.String())
	}
	return f
}

// PrintRecorded prints what was recorded.
func PrintRecorded(con *console.Console, r *recorder, dir string) {
	f := r.Facts()
	cycles := " in " + console.Counted(int64(f.Cycles), "cycle")
	if f.Cycles == 0 {
		cycles = "" // without a preflight nothing shows where one begins
	}
	con.Print("recorded %s%s, %s failed", console.Counted(int64(f.Requests), "request"), cycles, console.Grouped(int64(f.Failed)))
	for _, kind := range recording.Kinds() {
		if n := f.Kinds[string(kind)]; n > 0 {
			con.Print("  %-22s %8s", kind, console.Grouped(int64(n)))
		}
	}
	if f.Cycles == 0 && f.Requests > 0 {
		con.Print("cycles: unknown; the client sends no preflight query")
	}
	switch {
	case f.Requests == 0:
		con.Print("no requests received; check that the tenant URL in Entra leads to this proxy")
		return
	case f.Dialect == "":
		con.Print("dialect: unknown; only a PATCH shows it")
	default:
		con.Print("dialect: %s", f.Dialect)
	}
	for _, line := range f.Evidence {
		con.Item("  ", line)
	}
	if f.LeftOut > 0 {
		con.Say("%s omitted from %s at its limit of 64 MB; %s contains all", console.Counted(int64(f.LeftOut), "exchange"), runs.HARName, StreamName)
	}
	con.Say("next: scimdrill record diff --tenant FILE --changes FILE %s", layout.Quote(dir))
}
