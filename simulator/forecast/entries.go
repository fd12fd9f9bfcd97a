package forecast

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/internal/mappings"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// writeEntries words the log, entry by entry, into a file of lines beside it.
func (p *planning) writeEntries(ctx context.Context, tenant *directory.Tenant, f *Result) error {
	settings, err := options.Parse(p.cfg.Set)
	if err != nil {
		return err
	}
	m, err := mappings.Compile(p.cfg.App.Schema, settings)
	if err != nil {
		return err
	}
	names, err := openNames(ctx, p.copy.State, tenant)
	if err != nil {
		return err
	}
	log := &plan.Log{Offline: f.Offline, Matching: matchingNames(m), Resolve: names.resolver(ctx)}
	out, err := os.Create(filepath.Join(p.copy.Out, "entries"))
	if err != nil {
		return errors.Join(err, names.close())
	}
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	path := filepath.Join(p.copy.Out, "provisioning-log.jsonl")
	err = names.learn(path, func(s *provlog.Summary) bool { return s.ProvisioningAction == provlog.Delete })
	if err != nil {
		return errors.Join(err, out.Close(), names.close())
	}
	err = eachSummary(path, func(s *provlog.Summary) error {
		e := log.Entry(s)
		f.add(&e)
		return enc.Encode(e)
	})
	return errors.Join(err, names.err, w.Flush(), out.Close(), names.close())
}

func (p *planning) writePlan(f *Result) error {
	lines, err := os.Open(filepath.Join(p.copy.Out, "entries"))
	if err != nil {
		return err
	}
	defer lines.Close()
	path := filepath.Join(p.cfg.Out, File)
	part, err := os.Create(path + ".part")
	if err != nil {
		return fmt.Errorf("write plan: %w", err)
	}
	if err := errors.Join(plan.Write(part, &f.Document, lines), part.Close()); err != nil {
		return errors.Join(fmt.Errorf("write plan: %w", err), os.Remove(path+".part"))
	}
	return os.Rename(path+".part", path)
}
