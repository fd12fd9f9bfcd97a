package player

import (
	"fmt"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// piece is what one shard left.
type piece struct {
	share

	dir    string
	shard  replay.Shard
	report *reports.Report
}

func readPiece(dir string) (p piece, err error) {
	p.dir = dir
	if p.report, err = reports.Read(dir); err != nil {
		return p, err
	}
	if p.report.Replay == nil {
		return p, fmt.Errorf("the report in %s is not that of a replay; hint: pass the --out folder of each shard", dir)
	}
	if p.report.Replay.Measured.Search != nil {
		return p, fmt.Errorf("the report in %s is one of --find-max, which cannot be merged; hint: replay at one rate with --shard", dir)
	}
	p.shard = replay.Shard{Of: 1}
	if text := p.report.Replay.Shard; text != "" {
		if p.shard, err = replay.ParseShard(text); err != nil {
			return p, fmt.Errorf("the report in %s: %w", dir, err)
		}
	}
	p.share, err = readShare(dir)
	return p, err
}

// name is that of a shard, for people.
func (p piece) name() string { return fmt.Sprintf("%d/%d", p.shard.Index+1, p.shard.Of) }

// notes are those of the shard, with its name.
func (p piece) notes() (list []string) {
	for _, note := range p.report.Target.Notes {
		list = append(list, "shard "+p.name()+": "+note)
	}
	return list
}

// belong reports what keeps runs from being the shards of one replay.
func belong(parts []piece) error {
	first, seen := parts[0], map[replay.Shard]string{}
	for _, p := range parts {
		if other, twice := seen[p.shard]; twice {
			return fmt.Errorf("%s and %s both hold shard %s; hint: pass each shard once", other, p.dir, p.name())
		}
		seen[p.shard] = p.dir
		a, b := first.report.Replay, p.report.Replay
		for _, same := range []struct {
			what string
			a, b any
		}{
			{"number of shards", first.shard.Of, p.shard.Of},
			{"stream", a.Stream, b.Stream},
			{"schedule", a.Schedule, b.Schedule},
			{"model", a.Model, b.Model},
			{"number of tenants", a.Tenants, b.Tenants},
			{"warm-up in seconds", a.WarmupSeconds, b.WarmupSeconds},
			{"target", first.report.Target.URL, p.report.Target.URL},
		} {
			if same.a != same.b {
				return fmt.Errorf("%s and %s are not shards of one replay: the %s is %v and %v", first.dir, p.dir, same.what, same.a, same.b)
			}
		}
	}
	for i := range first.shard.Of {
		if want := (replay.Shard{Index: i, Of: first.shard.Of}); seen[want] == "" {
			return fmt.Errorf("shard %s is missing; hint: pass the folders of all shards", piece{shard: want}.name())
		}
	}
	return nil
}
