package player

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	return exit.Unwritten(wholefile.WriteFrom(path, 0o600, write))
}

// progressText says how far the stream is.
func progressText(at replay.Progress, elapsed time.Duration) string {
	return fmt.Sprintf("%s sent, %s under way, %s/s", console.Grouped(at.Sent), console.Grouped(at.InFlight),
		console.Grouped(int64(float64(at.Sent)/elapsed.Seconds()+0.5)))
}

// writeFigures writes the histograms in the formats of others.
func writeFigures(dir string, r *measure.Recorder, began time.Time) error {
	return errors.Join(
		writeFile(filepath.Join(dir, measure.HlogName), func(w io.Writer) error { return r.WriteHlog(w, began) }),
		writeFile(filepath.Join(dir, measure.PrometheusName), r.WritePrometheus),
	)
}
