package player

import (
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
)

// before reads the earlier run of --compare, before the first request and before its folder may be written again.
func (f *Flags) before() (*reports.ReplayBefore, error) {
	if f.Compare == "" {
		return nil, nil //nolint:nilnil // no run is compared
	}
	const hint = "pass the folder of an earlier replay, which has report.json"
	path := f.Compare
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, runs.ReportName)
	}
	earlier, err := reports.Read(path)
	if err != nil {
		return nil, exit.Usage(hint, "--compare: %w", err)
	}
	name := filepath.Base(filepath.Dir(path))
	p := earlier.Replay
	if p == nil {
		return nil, exit.Usage(hint, "--compare: %s is not the report of a replay", path)
	}
	return &reports.ReplayBefore{
		Name: name, Stream: p.Stream, Schedule: p.Schedule, Rate: p.Measured.Rate, Errors: p.Measured.Errors,
		Response: p.Measured.Response, Operations: p.Measured.Operations,
	}, nil
}
