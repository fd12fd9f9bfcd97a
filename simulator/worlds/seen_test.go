package worlds_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/fault"
)

// quarantined checks that nothing is written after a preflight that failed until one went
// well (E-250, A-33). Two preflights in a row belong together where groups are asked for too.
func (l *life) quarantined(trace []*sent) {
	failed := false
	for _, s := range trace {
		switch {
		case s.mark != "":
		case s.preflight && !s.fine():
			failed = true
		case s.preflight:
			failed = failed && strings.HasSuffix(s.path, "/Groups")
		case failed:
			l.problem("quarantine", "%s %s was sent after a preflight that failed", s.method, s.path)
			return
		}
	}
}

// quiet checks that the last cycles sent nothing but their preflights.
func (l *life) quiet(trace []*sent, cycles int) {
	preflights := 0
	for _, s := range slices.Backward(trace) {
		if s.mark != "" {
			continue
		}
		if !s.preflight {
			l.problem("quiet", "a cycle in which nothing was due sent %s %s?%s %s", s.method, s.path, s.query, s.body)
			return
		} else if strings.HasSuffix(s.path, "/Users") {
			if preflights++; preflights == cycles {
				return
			}
		}
	}
	l.problem("quiet", "there were only %d preflights at the end", preflights)
}

// told counts what happened to one object: by what the target saw, and by what the log says.
type told struct {
	sent, unsure int // writes that went well; answers that broke off
	spared       int // reads that can stand for a write
	logged       int
}

type ledger map[string]*told

func (g ledger) of(key ...string) *told {
	k := strings.Join(key, " ")
	if g[k] == nil {
		g[k] = &told{}
	}
	return g[k]
}

var (
	objectPath = regexp.MustCompile(`^/(Users|Groups)/([^/]+)$`)
	holdsQuery = regexp.MustCompile(`^filter=id eq "([^"]*)" and (\w+) eq "([^"]*)"$`)
	oneMember  = regexp.MustCompile(`^members\[value eq "([^"]*)"\]$`)
)

// logWhole compares the log with what the target saw: each write that was answered is one
// step, each step that says that something was written is one write.
func (l *life) logWhole() {
	raw, err := os.ReadFile(filepath.Join(l.cfg.Out, "provisioning-log.jsonl"))
	if err != nil {
		l.problem("log", "%v", err)
		return
	}
	ids, last := map[string]bool{}, time.Time{}
	for text := range strings.Lines(string(raw)) {
		var e worldEntry
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			l.problem("log", "%q: %v", text, err)
			return
		}
		if ids[e.ID] {
			l.problem("log", "the id %s stands in the log twice", e.ID)
		}
		ids[e.ID] = true
		if e.ActivityDateTime.Before(last) {
			l.problem("log", "an entry of %v stands after one of %v", e.ActivityDateTime, last)
		}
		last = e.ActivityDateTime
		l.told[e.TargetIdentity.ID] = true
		e.enter(l.book)
	}
	for key, n := range l.book {
		if n.logged < n.sent && !l.killed || n.logged > n.sent+n.unsure+n.spared {
			l.problem("log", "%s: the target saw %d writes go well (and %d answers break off, %d reads say that none was needed), the log tells of %d", key, n.sent,
				n.unsure, n.spared, n.logged)
		}
	}
}

// worldEntry is a line of the log in raw JSON names.
type worldEntry struct {
	ID                 string
	ActivityDateTime   time.Time
	TargetIdentity     struct{ ID, IdentityType string }
	ProvisioningSteps  []struct{ Name, Status string }
	ModifiedProperties []struct {
		DisplayName        string
		OldValue, NewValue *string
	}
}

// enter books what a request did.
func (l *life) enter(s *sent) {
	book := l.book
	count := func(key ...string) {
		switch t := book.of(key...); {
		case s.fine():
			t.sent++
		case s.status >= 200 && s.status < 300:
			t.unsure++
		}
	}
	object := objectPath.FindStringSubmatch(s.path)
	switch {
	case s.method == http.MethodPost:
		var made struct{ ID string }
		_ = json.Unmarshal([]byte(s.answer), &made) // a refusal has no id
		if made.ID != "" && s.did == http.StatusCreated {
			count("create", made.ID)
			if !s.fine() {
				l.lost[made.ID] = true
			}
		}
	case object == nil:
		if q := holdsQuery.FindStringSubmatch(s.query); q != nil {
			book.spared(q, bytes.Contains(s.out, []byte(`"totalResults":0`)))
		}
	case s.method == http.MethodDelete:
		count("delete", object[2])
		if s.status == http.StatusNotFound { // it is gone, and counts as deleted
			book.of("delete", object[2]).spared++
		}
		if s.did == http.StatusNoContent && (!s.fine() || l.w.meets(fault.Stale)) { // who asks for the past may find it
			l.unheard[object[2]] = true
		}
	case s.method == http.MethodGet && s.status == http.StatusNotFound:
		book.of("delete", object[2]).spared++
		if s.did == http.StatusOK { // fault.Stale: it is there, and counts as deleted
			l.lost[object[2]] = true
		}
	case s.method == http.MethodPatch:
		members := patchedMembers(s.body)
		for _, m := range members {
			count(m.op, object[2], m.id)
		}
		if len(members) == 0 {
			count("update", object[2])
		}
	}
}

// spared books a question whether a reference is there: the answer may have made a write unnecessary.
func (g ledger) spared(q []string, empty bool) {
	switch {
	case q[2] == "manager" && !empty:
		g.of("update", q[1]).spared++
	case q[2] == "members" && empty:
		g.of("remove", q[1], q[3]).spared++
	case q[2] == "members":
		g.of("add", q[1], q[3]).spared++
	}
}

type patchedMember struct{ op, id string }

// patchedMembers reads the members that a PATCH adds or removes, in any of the dialects.
func patchedMembers(body string) []patchedMember {
	var p struct {
		Operations []struct {
			Op, Path string
			Value    any
		}
	}
	if json.Unmarshal([]byte(body), &p) != nil {
		return nil
	}
	var out []patchedMember
	for _, o := range p.Operations {
		op := strings.ToLower(o.Op)
		if op == "replace" {
			op = "add" // W-84: the list is replaced by the new member
		}
		if m := oneMember.FindStringSubmatch(o.Path); m != nil {
			out = append(out, patchedMember{op, m[1]})
		}
		list, _ := o.Value.([]any)
		for _, v := range list {
			if m, ok := v.(map[string]any); ok && o.Path == "members" {
				out = append(out, patchedMember{op, text(m["value"])})
			}
		}
	}
	return out
}

// enter books what an entry of the log says was done.
func (e *worldEntry) enter(book ledger) {
	id, members := e.TargetIdentity.ID, false
	for _, p := range e.ModifiedProperties {
		if p.DisplayName != "members" {
			continue
		}
		members = true
		if p.NewValue != nil {
			book.of("add", id, *p.NewValue).logged++
		} else if p.OldValue != nil {
			book.of("remove", id, *p.OldValue).logged++
		}
	}
	for _, s := range e.ProvisioningSteps {
		if s.Status != "success" || members {
			continue
		}
		switch s.Name {
		case "EntryExportAdd":
			book.of("create", id).logged++
		case "EntryExportUpdate", "EntryExportUpdateSoftDelete":
			book.of("update", id).logged++
		case "EntryExportDelete":
			book.of("delete", id).logged++
		}
	}
}
