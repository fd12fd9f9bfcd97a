package worlds_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// check looks at what is left once the job came to its end: the target is as the model and an
// undisturbed job have it, nothing was made twice, and the log tells of everything once.
func (c *crash) check(sum *crashTally) {
	c.t.Helper()
	c.door.ended = nil // what follows is asked by the test
	c.watermark()
	c.wholeFiles()
	c.t.Logf("seed %d, %d at once: %d kills, %d requests, %d of them after the first kill", c.w.Seed, c.w.Parallel, c.kills, c.requests, c.requests-c.first)
	lived := c.pending.lived(c.w)
	s, err := c.converged(modelOf(lived, lived.end()), false)
	if err != nil {
		c.t.Fatal(err)
	}
	if len(s.links) < c.w.Cycles/2 || len(s.escrows) > 0 {
		c.problem("missing", "%d objects are linked, %d are escrowed: %v", len(s.links), len(s.escrows), s.escrows[:min(len(s.escrows), 3)])
	}
	c.sameAs(c.undisturbed(lived), s.outline())
	c.logOnce(s)
	c.journalled(s)
	for _, p := range c.problems {
		switch p.check {
		case "twice":
			sum.twice++
		case "gap":
			sum.gaps++
		case "double", "log":
			sum.doubles++
		case "untold":
			sum.untold++
		default:
			sum.missing++
		}
	}
	for _, p := range c.problems[:min(len(c.problems), 20)] {
		c.t.Errorf("%s: %s", p.check, p.text)
	}
}

// logOnce holds the log to the target: each object was created once, by the log, and each membership
// was written. Where only the program is killed, the door saw what the target did.
func (c *crash) logOnce(s *snapshot) {
	if c.remote == nil {
		c.logWhole()
		for key, n := range c.book {
			if n.logged < n.sent-n.unsure && !strings.HasPrefix(key, "add ") && !strings.HasPrefix(key, "remove ") {
				c.problem("gap", "%s: the target saw %d writes go well, the log tells of %d", key, n.sent, n.logged)
			}
		}
	}
	made, ids := map[string]int{}, map[string]bool{}
	members := map[string]bool{}
	for _, e := range c.entries() {
		if ids[e.ID] {
			c.problem("double", "the id %s stands in the log twice", e.ID)
		}
		ids[e.ID] = true
		c.told[e.TargetIdentity.ID] = true
		if e.ProvisioningAction == "create" && e.ProvisioningStatusInfo.Status == "success" {
			made[e.TargetIdentity.ID]++
		}
		for _, p := range e.ModifiedProperties {
			if p.DisplayName == "members" && p.NewValue != nil {
				members[e.TargetIdentity.ID+" "+*p.NewValue] = true
			}
		}
	}
	for id, n := range made {
		if n > 1 {
			c.problem("double", "the log has %d creates of %s", n, id)
		}
	}
	for id, o := range s.both() {
		if !c.told[id] {
			c.problem("untold", "%s (%v) is in the target and not in the log", id, o["displayName"])
		}
		if c.remote == nil && made[id] == 0 {
			c.problem("gap", "%s (%v) is in the target, and the log has no create of it", id, o["displayName"])
		}
		for _, m := range membersOf(o) {
			if !members[id+" "+m] {
				c.problem("gap", "the membership of %s in %s is not in the log", m, id)
			}
		}
	}
}

// crashEntry is a line of the log.
type crashEntry struct {
	ID, ProvisioningAction string
	ProvisioningStatusInfo struct{ Status string }
	TargetIdentity         struct{ ID string }
	ModifiedProperties     []struct {
		DisplayName string
		NewValue    *string
	}
}

func (c *crash) entries() []crashEntry {
	c.t.Helper()
	raw, err := os.ReadFile(filepath.Join(c.cfg.Out, "provisioning-log.jsonl"))
	if err != nil {
		c.t.Fatal(err)
	}
	var out []crashEntry
	for dec := json.NewDecoder(bytes.NewReader(raw)); dec.More(); {
		var e crashEntry
		if err := dec.Decode(&e); err != nil {
			c.t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// both are users and groups by id.
func (s *snapshot) both() map[string]line {
	out := maps.Clone(s.users)
	maps.Copy(out, s.groups)
	return out
}

// outline is the target without what differs from job to job: ids, and people who are not active. Who
// came into scope and left it while the job stood still was never made.
func (s *snapshot) outline() map[string]string {
	out := map[string]string{}
	for _, u := range s.users {
		if u["active"] == false {
			continue
		}
		out["user "+strings.ToLower(text(u["userName"]))] += " " + line{"name": u["name"], "title": u["title"]}.String()
	}
	for _, g := range s.groups {
		var members []string
		for _, m := range membersOf(g) {
			if u := s.users[m]; u["active"] != false {
				members = append(members, text(u["userName"]))
			}
		}
		slices.Sort(members)
		out["group "+text(g["displayName"])] += " " + strings.Join(members, ",")
	}
	return out
}

// undisturbed is the target of a job that was never killed and met the same source.
func (c *crash) undisturbed(w *world) map[string]string {
	c.t.Helper()
	l, err := newLife(w, c.t.TempDir())
	if err != nil {
		c.t.Fatal(err)
	}
	defer l.close()
	l.door.ended = func(*sent) {}
	l.cfg.For = minutes(w.end() + afterwards)
	deps := engine.Deps{HTTP: l.door.Client(), Clock: clock.NewVirtual(engine.Start()), Now: time.Now}
	if _, err := engine.Run(c.t.Context(), l.cfg, deps); err != nil {
		c.t.Fatal(err)
	}
	l.watermark()
	s, err := l.snapshot()
	if err != nil {
		c.t.Fatal(err)
	}
	return s.outline()
}

// sameAs compares two outlines.
func (c *crash) sameAs(want, got map[string]string) {
	for name, state := range want {
		switch have, ok := got[name]; {
		case !ok:
			c.problem("missing", "%s is in the target of an undisturbed job only", name)
		case have != state:
			c.problem("differs", "%s is %s, and with an undisturbed job %s", name, have, state)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			c.problem("twice", "%s is not in the target of an undisturbed job", name)
		}
	}
}

// wholeFiles checks that both SQLite files are whole, whenever the process was killed.
func (c *crash) wholeFiles() {
	c.t.Helper()
	for _, name := range []string{"tenant.db", "job.db"} {
		path := filepath.Join(c.cfg.State, name)
		if _, err := os.Stat(path); err != nil {
			continue // it was not made yet
		}
		db, err := sql.Open("sqlite", "file:"+path)
		if err != nil {
			c.t.Fatal(err)
		}
		var word string
		if err := db.QueryRowContext(context.Background(), "PRAGMA integrity_check").Scan(&word); err != nil || word != "ok" {
			c.problem("sqlite", "%s: %s %v", name, word, err)
		}
		if err := db.Close(); err != nil {
			c.t.Error(err)
		}
	}
}

// journalled checks that the journal can be read, and knows each object of the target by id or by
// a value that it had. So cleanup finds all of them.
func (c *crash) journalled(s *snapshot) {
	c.t.Helper()
	entries, err := journal.Read(filepath.Join(c.cfg.Out, "journal.jsonl"))
	if err != nil {
		c.problem("journal", "%v", err)
		return
	}
	ids, values := map[string]bool{}, map[string]bool{}
	for _, e := range entries {
		ids[e.ID] = true
		values[e.Value], values[e.AltValue] = true, true
	}
	for id, o := range s.both() {
		if !ids[id] && !values[text(o["externalId"])] && !values[text(o["userName"])] {
			c.problem("journal", "%s is in the target, and the journal does not know it", id)
		}
	}
}

var _ http.Handler = (*remote)(nil)
