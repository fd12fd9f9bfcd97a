package player

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/k6"
)

// exportable refuses an unknown form.
func (f *Flags) exportable() error {
	if f.Export != "" && f.Export != "k6" {
		return exit.Usage("the form is k6", "--export %q is unknown", f.Export)
	}
	return nil
}

// export writes the stream for another program. Nothing is sent.
func (l *Load) export() error {
	chains, err := replay.Chains(l.source)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	if err := os.MkdirAll(l.Out, 0o700); err != nil {
		return exit.Unwritten(err)
	}
	left := 0
	script, data := filepath.Join(l.Out, k6.ScriptName), filepath.Join(l.Out, k6.DataName)
	err = errors.Join(
		writeFile(script, func(w io.Writer) error { return k6.Script(w, l.Endpoint.URL.String()) }),
		writeFile(data, func(w io.Writer) (err error) {
			left, err = k6.Data(w, chains)
			return err
		}),
	)
	if err != nil {
		return err
	}
	l.Console.Say("%s\n%s", script, data)
	if left > 0 {
		l.Console.Say("%s left out: only rules (bindsFrom) find their values", console.Counted(int64(left), "request"))
	}
	l.Console.Say("run it with: k6 run -e TOKEN=… %s", script)
	return nil
}
