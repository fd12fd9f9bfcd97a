package play

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// namesOfGone is how many names are told of those whom a target that went away did not take.
const namesOfGone = 10

// gone says when the target went away, and whom it left behind; "" if it was there to the end.
func (s *simulation) gone(res *engine.Result, left []reports.Escrow) string {
	g := res.Gone
	switch {
	case g == nil:
		return ""
	case g.Answered == 0:
		return fmt.Sprintf("the target %s did not answer any of %s: %s", s.Redact.Text(s.cfg.Endpoint.TenantURL), console.Counted(int(g.Requests), "request"), g.Why)
	}
	text := fmt.Sprintf("the target went away after request %s, at %s: %s", console.Grouped(g.Answered), s.when(g.Last), g.Why)
	var names []string
	for _, e := range left {
		names = append(names, e.SourceName)
		if len(names) == namesOfGone {
			break
		}
	}
	if len(names) > 0 {
		text += "; not written: " + strings.Join(names, ", ")
		if more := len(left) - len(names); more > 0 {
			text += fmt.Sprintf(", and %d more", more)
		}
	}
	return text
}
