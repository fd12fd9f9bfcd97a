package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/journal"
)

// TestFolderInUse starts every command that writes into --out while a simulation does: each is
// refused, names the simulation, and changes nothing. So is the cleanup of a live run (S2, F2).
func TestFolderInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out, link := filepath.Join(dir, "out"), filepath.Join(dir, "link")
	if err := os.Symlink("out", link); err != nil {
		t.Fatal(err)
	}
	other, _ := serveTarget(t, nil)
	tenant := writeTest(t, filepath.Join(dir, "tenant.jsonl"), `{"@odata.type":"#microsoft.graph.user","id":"1","userPrincipalName":"ada@contoso.example"}`+"\n")
	tried := false
	url, _ := serveTarget(t, func(r *http.Request) {
		if r.Method != http.MethodPost || tried {
			return
		}
		tried = true
		for name, args := range map[string][]string{
			"simulate":      {"simulate", "--target", other, "--generate", "users=5", "--out", out},
			"plan":          {"simulate", "--plan", "--target", other, "--generate", "users=5", "--out", out},
			"scenario":      {"simulate", "--scenario", "leavers-refused", "--out", link},
			"ondemand":      {"ondemand", "--target", other, "--tenant", tenant, "--user", "1", "--out", out},
			"conform":       {"conform", "--target", other, "--check", "USR-001", "--keep", "--out", link},
			"connect":       {"connect", "--target", other, "--out", out},
			"record":        {"record", "--target", other, "--listen", "127.0.0.1:0", "--out", out},
			"demo":          {"demo", "--out", out},
			"cleanup":       {"cleanup", "--run", link},
			"report render": {"report", "render", out, "--format", "html"},
		} {
			if name == "report render" {
				writeTest(t, filepath.Join(out, runs.ReportName), `{"schemaVersion":"2.0.0"}`)
			}
			before := files(t, out)
			r := invocation{env: withToken()}.run(t, args...)
			r.want(t, reports.ExitUsage)
			said := fmt.Sprintf(`the output folder %s is in use by process %d \(scimdrill simulate, since \d\d:\d\d:\d\d on \d+ \w+\)\n`, args[len(args)-1], os.Getpid())
			if name == "report render" {
				said = `is in use by process `
			}
			if !regexp.MustCompile(said).MatchString(r.stderr) {
				t.Errorf("%s: %s", name, r.stderr)
			}
			if diff := cmp.Diff(before, files(t, out)); diff != "" {
				t.Errorf("%s changed the folder:\n%s", name, diff)
			}
		}
	})
	invocation{env: withToken()}.run(t, "simulate", "--target", url, "--generate", "users=3", "--cycles", "1", "--out", out).want(t, 0)
	if !tried {
		t.Fatal("nothing was tried")
	}
	invocation{env: withToken()}.run(t, "cleanup", "--run", out).want(t, 0, " 0 remain")
}

// TestCleanupTakesAllJournals keeps what three runs left in one folder apart, and removes all
// of it (S10, F2).
func TestCleanupTakesAllJournals(t *testing.T) {
	t.Parallel()
	url, tgt := serveTarget(t, nil)
	out := filepath.Join(t.TempDir(), "out")
	run := func(args ...string) result {
		return invocation{env: withToken()}.run(t, append(args, "--out", out)...)
	}
	run("simulate", "--target", url, "--generate", "users=5,groups=1", "--seed", "1", "--cycles", "1").want(t, 0)
	run("conform", "--target", url+"/", "--check", "MEM-021", "--keep", "--seed", "2").want(t, 0)
	run("simulate", "--target", url, "--generate", "users=4", "--seed", "3", "--cycles", "1").want(t, 0)
	list, err := runs.Journals(out)
	if err != nil || len(list) != 3 {
		t.Fatalf("%d journals, %v", len(list), err)
	}
	foreign(t, url, "somebody.else@example.test")
	invocation{env: withToken()}.run(t, "cleanup", "--run", out).want(t, 0, " 0 were already gone, 0 remain")
	if users, groups, _ := tgt.Counts(); users != 1 || groups != 0 {
		t.Errorf("%d users and %d groups, want the one of somebody else", users, groups)
	}
}

// TestEarlierJournal runs on two targets with one folder. cleanup removes from both, or from
// the one that is named, and counts both (S10).
func TestEarlierJournal(t *testing.T) {
	t.Parallel()
	first, firstTarget := serveTarget(t, nil)
	second, secondTarget := serveTarget(t, nil)
	third, thirdTarget := serveTarget(t, nil)
	for name, c := range map[string]struct {
		args []string
		code int
		say  []string
	}{
		"both": {nil, 0, []string{"removed 10 objects, 0 were already gone, 0 remain"}},
		"one": {
			[]string{"--target", first},
			reports.ExitFailed,
			[]string{"not looked at: the journals of " + second, "removed 5 objects, 0 were already gone, 5 remain"},
		},
		"another": {[]string{"--target", third}, reports.ExitUsage, []string{"are in " + first + " and " + second + ", not in " + third, "add --rebind"}},
		"moved":   {[]string{"--target", third, "--rebind"}, reports.ExitUsage, []string{"belong to several targets"}},
	} {
		out := t.TempDir()
		for i, url := range []string{first, second} {
			args := []string{"simulate", "--target", url, "--generate", "users=5", "--seed", strconv.Itoa(i + 1), "--cycles", "1", "--out", out}
			invocation{env: withToken()}.run(t, args...).want(t, 0)
		}
		t.Log(name)
		invocation{env: withToken()}.run(t, append([]string{"cleanup", "--run", out}, c.args...)...).want(t, c.code, c.say...)
		_ = invocation{env: withToken()}.run(t, "cleanup", "--run", out)
		for _, tgt := range []*target.Target{firstTarget, secondTarget, thirdTarget} {
			if users, _, _ := tgt.Counts(); users != 0 {
				t.Errorf("%s: %d users are left", name, users)
			}
		}
	}
}

// TestResumeContinuesItsJournal runs one job twice in one folder: it has one journal (S1).
func TestResumeContinuesItsJournal(t *testing.T) {
	t.Parallel()
	url, _ := serveTarget(t, nil)
	dir := t.TempDir()
	out, state := filepath.Join(dir, "out"), filepath.Join(dir, "state")
	args := []string{"simulate", "--target", url, "--state", state, "--out", out, "--cycles", "1"}
	invocation{env: withToken()}.run(t, append(args, "--generate", "users=5", "--seed", "1")...).want(t, 0)
	invocation{env: withToken()}.run(t, append(args, "--generate", "users=8", "--seed", "1")...).want(t, 0)
	list, err := runs.Journals(out)
	if err != nil || len(list) != 1 || len(list[0].Entries) != 8 {
		t.Errorf("journals %+v, %v", list, err)
	}
}

// TestOlderJournals takes the journals of an older version: one without a header, and one that
// was set aside with its run.json. They are kept when a run begins.
func TestOlderJournals(t *testing.T) {
	t.Parallel()
	url, tgt := serveTarget(t, nil)
	out := t.TempDir()
	older := func(dir, name string) {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		id := foreign(t, url, name)
		writeTest(t, filepath.Join(dir, runs.RunName), `{"schemaVersion":"1.0.0","target":"`+url+`/?aadOptscim062020","runId":"r1","journal":"journal.jsonl"}`)
		writeTest(t, filepath.Join(dir, runs.JournalName), `{"seq":1,"event":"intent","collection":"Users","attribute":"userName","value":"`+name+`"}
{"seq":1,"event":"made","id":"`+id+`"}
`)
	}
	older(out, "a@r1.example")
	older(filepath.Join(out, "earlier-r0"), "b@r0.example")
	foreign(t, url, "c@r0.example")
	invocation{env: withToken()}.run(t, "simulate", "--target", url, "--generate", "users=3", "--cycles", "1", "--out", out).want(t, 0)
	invocation{env: withToken()}.run(t, "cleanup", "--run", out).want(t, 0, "removed 5 objects, 0 were already gone, 0 remain")
	if users, _, _ := tgt.Counts(); users != 1 {
		t.Errorf("%d users are left", users)
	}
}

// second is the model of a second owner: what is in the target, and what cleanup must leave.
type second struct {
	name, id, userName, externalID string
	journalled                     [4]string // id, userName, externalId, collection
	kept                           bool
	say                            string
}

// TestSecondOwner has somebody else's objects under ids and names of the run. Only what the
// journal identifies by id and externalId goes (S10).
func TestSecondOwner(t *testing.T) {
	t.Parallel()
	const gone = "removed 0 objects, 1 were already gone, 0 remain"
	for _, c := range []second{
		{name: "the run's own", id: "7", userName: "ada", externalID: "X", journalled: [4]string{"7", "ada", "X"}, say: "removed 1 objects"},
		{name: "renamed by the run", id: "7", userName: "lovelace", externalID: "X", journalled: [4]string{"7", "ada", "X"}, say: "removed 1 objects"},
		{name: "stored in lower case", id: "7", userName: "ada", journalled: [4]string{"7", "ADA", ""}, say: "removed 1 objects"},
		{name: "the id used again", id: "7", userName: "bob", externalID: "Y", journalled: [4]string{"7", "ada", "X"}, kept: true, say: "different object"},
		{name: "id and name used again", id: "7", userName: "ada", externalID: "Y", journalled: [4]string{"7", "ada", "X"}, kept: true, say: "different object"},
		{name: "the name used again", id: "9", userName: "ada", externalID: "Y", journalled: [4]string{"7", "ada", "X"}, kept: true, say: gone},
		{
			name: "the same person under another id", id: "9", userName: "ada", externalID: "X",
			journalled: [4]string{"7", "ada", "X"}, kept: true, say: "1 remain",
		},
		{name: "no response, the run's own", id: "7", userName: "ada", externalID: "X", journalled: [4]string{"", "ada", "X"}, say: "removed 1 objects"},
		{name: "no response, the name of somebody else", id: "7", userName: "ada", externalID: "Y", journalled: [4]string{"", "ada", "X"}, kept: true, say: gone},
		{
			name: "no response, renamed", id: "7", userName: "bob", externalID: "X",
			journalled: [4]string{"", "ada", "X"}, kept: true, say: "only some of the journalled values",
		},
		{name: "nothing shown", id: "7", journalled: [4]string{"7", "ada", "X"}, kept: true, say: "nothing proves"},
		{name: "edited id", id: "9", userName: "bob", externalID: "Y", journalled: [4]string{"9", "ada", "X"}, kept: true, say: "1 remain"},
		{
			name: "edited collection", id: "7", userName: "ada", externalID: "X",
			journalled: [4]string{"7", "ada", "X", "Users/7/.."}, kept: true, say: "the journal was edited",
		},
		{
			name: "edited to lead upwards", id: "7", userName: "ada", externalID: "X",
			journalled: [4]string{"..", "ada", "X"}, kept: true, say: "the journal was edited",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.try(t)
		})
	}
}

// try cleans up one journalled object on a target that holds one object and ignores filters.
func (c second) try(t *testing.T) {
	object := map[string]any{"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:User"}, "id": c.id}
	for name, value := range map[string]string{"userName": c.userName, "externalId": c.externalID} {
		if value != "" {
			object[name] = value
		}
	}
	deleted := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, status := any(object), http.StatusOK
		switch {
		case r.Method == http.MethodDelete && r.URL.Path == "/Users/"+c.id:
			deleted, status = true, http.StatusNoContent
		case r.Method == http.MethodDelete:
			t.Errorf("DELETE %s", r.URL.Path)
		case r.URL.Path == "/Users":
			body = map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}, "totalResults": 1, "Resources": []any{object}}
		case r.URL.Path != "/Users/"+c.id:
			status = http.StatusNotFound
		}
		w.Header().Set("Content-Type", "application/scim+json")
		w.WriteHeader(status)
		if status != http.StatusNoContent {
			_ = json.NewEncoder(w).Encode(body)
		}
	}))
	t.Cleanup(server.Close)
	out := t.TempDir()
	j, err := journal.Begin(filepath.Join(out, runs.JournalName), journal.Header{Target: server.URL, Run: "r1"})
	if err != nil {
		t.Fatal(err)
	}
	o := journal.Object{Collection: "Users", Attribute: "userName", Value: c.journalled[1]}
	if c.journalled[3] != "" {
		o.Collection = c.journalled[3]
	}
	if c.journalled[2] != "" {
		o.AltAttribute, o.AltValue = "externalId", c.journalled[2]
	}
	seq, err := j.Intent(o)
	if err == nil && c.journalled[0] != "" {
		err = j.Made(seq, c.journalled[0])
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	r := invocation{env: withToken()}.run(t, "cleanup", "--run", out)
	if deleted == c.kept || !strings.Contains(r.stdout+r.stderr, c.say) {
		t.Errorf("deleted %v\n%s%s", deleted, r.stdout, r.stderr)
	}
	if left, err := journal.Read(filepath.Join(out, runs.JournalName)); err != nil || (len(left) > 0) != (r.code != 0) {
		t.Errorf("code %d, %d entries left, %v", r.code, len(left), err)
	}
}
