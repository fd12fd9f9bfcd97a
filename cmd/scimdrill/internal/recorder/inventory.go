package recorder

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/recording/intake"
)

// rateRows is how many rows the rate over time has.
const rateRows = 16

// InventoryText draws what a recording contains, for 80 columns.
func InventoryText(file string, res *intake.Result, v *intake.Inventory) *console.Page {
	p := &console.Page{}
	p.Item("recording   ", fmt.Sprintf("%s (%s)", file, res.Format))
	p.Item("requests    ", fmt.Sprintf("%s in %s, %s failed, at most %s in one second",
		console.Grouped(int64(v.Requests)), v.Length.Round(time.Second), console.Grouped(int64(v.Failed)), console.Grouped(int64(v.Rate.Peak))))
	for _, kind := range recording.Kinds() {
		if n := v.ByKind[kind]; n > 0 {
			p.Line(fmt.Sprintf("            %-24s %9s", kind, console.Grouped(int64(n))))
		}
	}
	p.Item("ids         ", bindings(v))
	if len(res.Tenants) > 1 {
		p.Heading("Tenants")
		for _, name := range ranked(res.Tenants) {
			p.Item(fmt.Sprintf("%9s  ", console.Grouped(int64(res.Tenants[name]))), name)
		}
	}
	obstacles(p, v)
	if len(res.Left) > 0 {
		p.Heading("Not in the stream")
		for _, l := range res.Left {
			p.Item(fmt.Sprintf("%9s  ", console.Grouped(int64(l.Count))), l.What)
		}
	}
	if len(res.Dropped) > 0 {
		p.Line("")
		p.Item("dropped     ", "headers that may hold secrets: "+strings.Join(res.Dropped, ", "))
	}
	if res.Incomplete {
		p.Item("incomplete  ", "the file says that exchanges are missing")
	}
	rate(p, v.Rate)
	p.Line("")
	if res.Format != intake.Stream {
		p.Item("next        ", "scimdrill stream convert "+layout.Quote(file)+" --out requests.jsonl")
	}
	return p
}

// bindings says which ids the responses tell.
func bindings(v *intake.Inventory) string {
	text := console.Counted(v.Created, "object") + " created here"
	if v.Found > 0 {
		text += fmt.Sprintf("; %s only read, so a replay needs %s at the target before it begins", console.Counted(v.Found, "object"), map[bool]string{true: "it", false: "them"}[v.Found == 1])
	}
	if v.ByRule > 0 {
		text += "; " + console.Counted(v.ByRule, "other id") + " by --bind"
	}
	return text
}

func obstacles(p *console.Page, v *intake.Inventory) {
	list := v.List()
	if len(list) == 0 {
		p.Line("")
		p.Item("replay      ", "every request can be replayed at another target")
		return
	}
	p.Heading(fmt.Sprintf("At another target (%s of %s cannot be replayed)", console.Grouped(int64(v.Stuck)), console.Counted(v.Requests, "request")))
	for _, o := range list {
		word := "cannot be replayed: "
		if !o.Stops {
			word = "differs: "
		}
		p.Item(fmt.Sprintf("%9s  ", console.Grouped(int64(o.Count))), word+o.Why)
		p.Item("           ", fmt.Sprintf("line %d: %s", o.Line, o.Example))
	}
}

func rate(p *console.Page, r intake.Rate) {
	r = r.Within(rateRows)
	p.Heading(fmt.Sprintf("Requests over time (a row is %s)", r.Width))
	most := slices.Max(append([]int{1}, r.Counts...))
	for i, n := range r.Counts {
		bar := strings.Repeat("#", (n*40+most-1)/most)
		p.Line(fmt.Sprintf("%12s %9s  %s", time.Duration(i)*r.Width, console.Grouped(int64(n)), bar))
	}
}

// ranked are names by their count.
func ranked(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
}

// InventoryJSON is InventoryText for programs.
func InventoryJSON(res *intake.Result, v *intake.Inventory) any {
	rate := v.Rate.Within(rateRows)
	return struct {
		Format        intake.Format          `json:"format"`
		Read          int                    `json:"read"`
		Requests      int                    `json:"requests"`
		Failed        int                    `json:"failed"`
		Seconds       float64                `json:"seconds"`
		Kinds         map[recording.Kind]int `json:"kinds"`
		Methods       map[string]int         `json:"methods"`
		Tenants       map[string]int         `json:"tenants"`
		Created       int                    `json:"created"`
		Found         int                    `json:"found"`
		ByRule        int                    `json:"boundByRule"`
		NotReplayable int                    `json:"notReplayable"`
		Obstacles     []intake.Obstacle      `json:"obstacles"`
		Left          []intake.Left          `json:"left"`
		Dropped       []string               `json:"droppedHeaders"`
		Incomplete    bool                   `json:"incomplete"`
		Peak          int                    `json:"mostInOneSecond"`
		BucketSeconds float64                `json:"bucketSeconds"`
		Buckets       []int                  `json:"buckets"`
	}{
		res.Format, res.Read, v.Requests, v.Failed, v.Length.Seconds(), v.ByKind, v.ByMethod, res.Tenants, v.Created, v.Found, v.ByRule, v.Stuck,
		v.List(), append([]intake.Left{}, res.Left...), append([]string{}, res.Dropped...), res.Incomplete, rate.Peak, rate.Width.Seconds(), rate.Counts,
	}
}

// SayConverted says on stderr what became of a recording.
func SayConverted(con *console.Console, res *intake.Result, v *intake.Inventory) {
	con.Say("%s: %s of %s in the stream, %s left out", res.Format, console.Grouped(int64(res.Taken)), console.Counted(res.Read, "request"), console.Grouped(int64(res.Read-res.Taken)))
	for _, l := range res.Left {
		con.Say("  left out: %s %s", console.Grouped(int64(l.Count)), l.What)
	}
	if len(res.Dropped) > 0 {
		con.Say("  dropped headers, because they may hold secrets: %s", strings.Join(res.Dropped, ", "))
	}
	for _, o := range v.List() {
		if o.Stops {
			con.Say("  cannot be replayed at another target: %s: %s", console.Counted(o.Count, "request"), o.Why)
		}
	}
	if len(v.Tenants) > 1 {
		con.Say("  the recording has %s; --tenant NAME takes one: %s", console.Counted(len(v.Tenants), "tenant"), strings.Join(ranked(v.Tenants), "; "))
	}
}
