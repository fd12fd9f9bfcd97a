package inflight_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// BenchmarkWrite is what one write to the target costs here.
func BenchmarkWrite(b *testing.B) {
	for name, size := range map[string]int{"create": 2000, "member": 0} {
		b.Run(name, func(b *testing.B) {
			f, err := inflight.Open(filepath.Join(b.TempDir(), "inflight.jsonl"), inflight.Position{})
			if err != nil {
				b.Fatal(err)
			}
			facts, entry := &inflight.Facts{Source: strings.Repeat("x", 250)}, &provlog.Summary{ID: strings.Repeat("x", size)}
			n := 0
			for b.Loop() {
				seq, err := f.Begin(facts, entry)
				if err != nil {
					b.Fatal(err)
				}
				f.End(seq, inflight.Done, "7f0d1d4e-55d6-4f0e-8e86-6ed9b2f3e1a1")
				f.Settle(seq)
				if n++; n%1024 == 0 {
					if err := f.Trim(); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
