package explained

import (
	"fmt"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/simulator/explain"
)

// Difference prints what two logs do not have in common.
func Difference(con *console.Console, d *explain.Difference, asJSON bool) error {
	if asJSON {
		return con.PrintIndented(d)
	}
	con.Print("%s compared, %s, %d only in the real log, %d only in the simulated one", console.Counted(d.Entries, "pair"),
		console.Counted(len(d.Fields), "difference"), len(d.OnlyReal), len(d.OnlySimulated))
	last := ""
	for _, f := range d.Fields {
		if f.Entry != last {
			con.Print("")
			con.Row("", f.Entry)
			last = f.Entry
		}
		con.Row("  "+f.Field+"  ", fmt.Sprintf("real %q, simulated %q", f.Real, f.Simulated))
	}
	for _, part := range []struct {
		title string
		list  []string
	}{{"Only in the real log:", d.OnlyReal}, {"Only in the simulated log:", d.OnlySimulated}} {
		if len(part.list) == 0 {
			continue
		}
		con.Print("")
		con.Print("%s", part.title)
		for _, text := range part.list {
			con.Row("  ", text)
		}
	}
	return nil
}
