package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/recorder"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

const recordTenant = `{"@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000001","userPrincipalName":"ada@contoso.test","displayName":"Ada Byron","givenName":"Ada","surname":"Byron","mail":"ada@contoso.test","mailNickname":"ada","department":"Research","accountEnabled":true,"manager@delta":[{"id":"aaaaaaaa-0000-4000-8000-000000000002"}]}
{"@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000002","userPrincipalName":"grace@contoso.test","displayName":"Grace","mailNickname":"grace","accountEnabled":true}
{"@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000003","userPrincipalName":"alan@contoso.test","displayName":"Alan","mailNickname":"alan","accountEnabled":true}
{"@odata.type":"#microsoft.graph.group","id":"bbbbbbbb-0000-4000-8000-000000000001","displayName":"Engineering","securityEnabled":true,"members@delta":[{"id":"aaaaaaaa-0000-4000-8000-000000000001"},{"id":"aaaaaaaa-0000-4000-8000-000000000002"},{"id":"aaaaaaaa-0000-4000-8000-000000000003"}]}
`

const recordChanges = `{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000001","displayName":"Ada King","surname":"King","jobTitle":"Head","department":"Sales"}
{"at":"PT10M","@odata.type":"#microsoft.graph.group","id":"bbbbbbbb-0000-4000-8000-000000000001","members@delta":[{"id":"aaaaaaaa-0000-4000-8000-000000000001","@removed":{"reason":"deleted"}},{"id":"aaaaaaaa-0000-4000-8000-000000000003","@removed":{"reason":"deleted"}}]}
{"at":"PT50M","@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000002","jobTitle":"Admiral"}
{"at":"PT50M","@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000003","accountEnabled":false}
{"at":"PT50M","@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000001","jobTitle":null,"manager@delta":[{"id":"aaaaaaaa-0000-4000-8000-000000000002","@removed":{"reason":"deleted"}}]}
{"at":"PT50M","@odata.type":"#microsoft.graph.group","id":"bbbbbbbb-0000-4000-8000-000000000001","members@delta":[{"id":"aaaaaaaa-0000-4000-8000-000000000001"},{"id":"aaaaaaaa-0000-4000-8000-000000000002","@removed":{"reason":"deleted"}}]}
`

// firstWrite lets a test wait for the first line of a server.
type firstWrite struct {
	bytes.Buffer

	line chan string
}

func (w *firstWrite) Write(b []byte) (int, error) {
	if w.Len() == 0 {
		w.line <- strings.TrimSpace(string(b))
	}
	return w.Buffer.Write(b)
}

// recordedRun records what simulate sends to a fresh target, with further flags for it, and
// what record printed.
func recordedRun(t *testing.T, query string, recordFlags, simulateFlags []string) (dir, printed string) {
	t.Helper()
	url, _ := serveTarget(t, nil)
	return recorded(t, url, recordFlags, func(proxy string) {
		simulated(t, proxy+query, filepath.Join(t.TempDir(), "out"), simulateFlags)
	})
}

// recorded records what play does to a target through the proxy.
func recorded(t *testing.T, url string, flags []string, play func(proxy string)) (dir, printed string) {
	t.Helper()
	return recordedWith(t, nil, url, flags, play)
}

// recordedWith is recorded with variables.
func recordedWith(t *testing.T, env map[string]string, url string, flags []string, play func(proxy string)) (dir, printed string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "recording")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out := &firstWrite{line: make(chan string, 1)}
	ended := make(chan result)
	go func() {
		i := invocation{env: env, ctx: ctx, prepare: func(p *console.Process) { p.Stdout = out }}
		args := append([]string{"record", "--target", url, "--listen", "127.0.0.1:0", "--out", dir}, flags...)
		ended <- i.run(t, args...) //nolint:contextcheck // it takes the one of the invocation
	}()
	select {
	case proxy := <-out.line:
		play(proxy)
	case r := <-ended:
		t.Fatalf("record ended with %d: %s", r.code, r.stderr)
	}
	stop()
	r := <-ended
	r.want(t, reports.ExitOK)
	return dir, out.String() + r.stderr
}

func simulated(t *testing.T, target, out string, flags []string) {
	t.Helper()
	dir := t.TempDir()
	args := []string{
		"simulate", "--target", target, "--tenant", writeTest(t, filepath.Join(dir, "tenant.jsonl"), recordTenant),
		"--changes", writeTest(t, filepath.Join(dir, "changes.jsonl"), recordChanges), "--cycles", "3", "--transcript", "all", "--verify", "off", "--out", out,
	}
	invocation{env: withToken()}.run(t, append(args, flags...)...).want(t, 0)
}

// differs compares two recordings and returns each difference as "rule option".
func differs(t *testing.T, args ...string) (list []string, text string) {
	t.Helper()
	return differsWith(t, nil, args...)
}

// differsWith is differs with variables.
func differsWith(t *testing.T, env map[string]string, args ...string) (list []string, text string) {
	t.Helper()
	r := invocation{env: env}.run(t, append([]string{"record", "diff", "--format", "json"}, args...)...)
	var res struct {
		Differences []struct{ Rule, Title, Option string }
	}
	if err := json.Unmarshal([]byte(r.stdout), &res); err != nil {
		t.Fatalf("exit code %d, %v\n%s%s", r.code, err, r.stdout, r.stderr)
	}
	for _, d := range res.Differences {
		list = append(list, strings.TrimSpace(d.Rule+" "+d.Option))
	}
	if want := min(1, len(list)); r.code != want {
		t.Errorf("exit code %d with %d differences", r.code, len(list))
	}
	return list, r.stdout
}

// TestRecordDiff records the engine itself: against the same engine there is no difference,
// and against one with another option exactly that one, in both directions.
func TestRecordDiff(t *testing.T) {
	t.Parallel()
	const flag = "?aadOptscim062020"
	for _, c := range []struct {
		name, query, recorded string
		flags                 []string // of the recorded engine
		want, back            []string
	}{
		{"the same engine", "", "", nil, nil, nil},
		{"the same engine with the flag", flag, flag, nil, nil, nil},
		{"eight requests at once", "", "", []string{"--parallel", "8"}, nil, nil},
		{"W-84 memberAdd", flag, flag, []string{"--set", "memberAdd=replace"}, []string{"W-84 --set memberAdd=replace"}, []string{"W-84 --set memberAdd=add"}},
		{"W-43 adscimGroup", "", "", []string{"--set", "adscimGroup=true"}, []string{"W-43 --set adscimGroup=true"}, []string{"W-43 --set adscimGroup=false"}},
		{"W-122 flagInURL", flag, flag, []string{"--set", "flagInURL=false"}, []string{"W-122 --set flagInURL=false"}, []string{"W-122 --set flagInURL=true"}},
		{"W-71 membersPerPatch", "", "", []string{"--set", "membersPerPatch=3"}, []string{"W-71 --set membersPerPatch=3"}, []string{"W-71 --set membersPerPatch=1"}},
		{
			"W-6 preflightGroups", "", "",
			[]string{"--set", "preflightGroups=true"},
			[]string{"W-6 --set preflightGroups=true"},
			[]string{"W-6 --set preflightGroups=false"},
		},
		{"W-79 optscimAdd", flag, flag, []string{"--set", "optscimAdd=replace"}, []string{"W-79 --set optscimAdd=replace"}, []string{"W-79 --set optscimAdd=add"}},
		{
			"dialect optscim", "", flag, nil,
			[]string{
				"W-64 --set clearedManager=filter", "W-74 --dialect optscim", "W-75 --dialect optscim", "W-76 --dialect optscim", "W-82 --dialect optscim",
				"W-122 --dialect optscim",
			},
			[]string{
				"W-56 --dialect legacy", "W-57 --dialect legacy", "W-58 --dialect legacy", "W-64 --set clearedManager=keep", "W-70 --dialect legacy",
				"W-122 --dialect legacy",
			},
		},
		{
			"dialect customappsso", "", "",
			[]string{"--dialect", "customappsso"},
			[]string{
				"W-20 --dialect customappsso", "W-21 --dialect customappsso", "W-43 --dialect customappsso", "W-54 --dialect customappsso", "W-63 --dialect customappsso",
				"W-69 --set memberRef=null",
			},
			[]string{
				"W-20 --dialect legacy", "W-21 --dialect legacy", "W-43 --dialect legacy", "W-54 --dialect legacy", "W-63 --dialect legacy",
				"W-69 --set memberRef=none",
			},
		},
		{
			"W-C1 patchBooleans", "", "",
			[]string{"--set", "patchBooleans=boolean"},
			[]string{"W-75 --set patchBooleans=boolean"},
			[]string{"W-58 --set patchBooleans=string"},
		},
		{
			"A-42 postBooleans", "", "",
			[]string{"--set", "postBooleans=string"},
			[]string{"W-33 --set postBooleans=string"},
			[]string{"W-33 --set postBooleans=boolean"},
		},
		{
			"W-C11 unflaggedAdd", "", "",
			[]string{"--set", "unflaggedAdd=replace"},
			[]string{"W-51 --set unflaggedAdd=replace"},
			[]string{"W-51 --set unflaggedAdd=add"},
		},
		{"W-C14 patchType", "", "", []string{"--set", "patchType=json"}, []string{"W-24 --set patchType=json"}, []string{"W-24 --set patchType=scim"}},
		{"W-C3 userAgent", "", "", []string{"--set", "userAgent=Entra Sync"}, []string{"W-26 --set 'userAgent=Entra Sync'"}, []string{"W-26 --set userAgent=none"}},
		{"W-C16 postNulls", "", "", []string{"--set", "postNulls=true"}, []string{"W-37 --set postNulls=true"}, []string{"W-37 --set postNulls=false"}},
		{"W-C10 memberRef", "", "", []string{"--set", "memberRef=null"}, []string{"W-69 --set memberRef=null"}, []string{"W-69 --set memberRef=none"}},
		{"W-C5 managerValue", "", "", []string{"--set", "managerValue=object"}, []string{"W-63 --set managerValue=object"}, []string{"W-63 --set managerValue=id"}},
		{"W-C5 managerValue list", "", "", []string{"--set", "managerValue=list"}, []string{"W-63 --set managerValue=list"}, []string{"W-63 --set managerValue=id"}},
		{
			"W-C13 groupMatch", "", "",
			[]string{"--set", "groupMatch=externalId"},
			[]string{"W-14 --set groupMatch=externalId"},
			[]string{"W-14 --set groupMatch=displayName"},
		},
		{
			"A-11 checkReferences", "", "",
			[]string{"--set", "checkReferences=true"},
			[]string{"W-20 --set checkReferences=true", "W-21 --set checkReferences=true"},
			[]string{"W-20 --set checkReferences=false", "W-21 --set checkReferences=false"},
		},
		{
			"A-27 cycleOrder", "", "",
			[]string{"--set", "cycleOrder=groupsFirst"},
			[]string{"W-87 --set cycleOrder=groupsFirst"},
			[]string{"W-87 --set cycleOrder=managersFirst"},
		},
		{
			"A-28 readBeforeUpdate", "", "",
			[]string{"--set", "readBeforeUpdate=false"},
			[]string{"W-17 --set readBeforeUpdate=false", "W-51 --set readBeforeUpdate=false"},
			[]string{"W-17 --set readBeforeUpdate=true", "W-51 --set readBeforeUpdate=true"},
		},
		{"W-C6 clearedValue", "", "", []string{"--set", "clearedValue=null"}, []string{"W-55 --set clearedValue=null"}, []string{"W-55 --set clearedValue=keep"}},
		{
			"W-C6 clearedManager", "", "",
			[]string{"--set", "clearedManager=empty"},
			[]string{"W-64 --set clearedManager=empty"},
			[]string{"W-64 --set clearedManager=keep"},
		},
		{
			"A-23 memberOrder", "", "",
			[]string{"--set", "memberOrder=removalsFirst"},
			[]string{"A-23 --set memberOrder=removalsFirst"},
			[]string{"A-23 --set memberOrder=addsFirst"},
		},
		{"a mapping", "", "", []string{"--profile", "goto"}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url, _ := serveTarget(t, nil)
			run := filepath.Join(t.TempDir(), "run")
			simulated(t, url+c.query, run, nil)
			rec, printed := recordedRun(t, c.recorded, nil, c.flags)
			if !strings.Contains(printed, "in 3 cycles, 0 failed") {
				t.Errorf("printed: %s", printed)
			}
			got, text := differs(t, run, rec)
			if c.name == "a mapping" {
				if !slices.ContainsFunc(got, func(d string) bool { return strings.HasPrefix(d, "E-140") }) {
					t.Errorf("no difference about mappings: %v", got)
				}
				return
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("differences (-want +got):\n%s\n%s", d, text)
			}
			got, text = differs(t, rec, run)
			if d := cmp.Diff(c.back, got); d != "" {
				t.Errorf("the other way round (-want +got):\n%s\n%s", d, text)
			}
		})
	}
}

// TestRecordDiffOwnRun runs the engine on a target of its own.
func TestRecordDiffOwnRun(t *testing.T) {
	t.Parallel()
	rec, _ := recordedRun(t, "?aadOptscim062020", nil, []string{"--set", "memberAdd=replace"})
	dir := t.TempDir()
	own := []string{
		"--tenant", writeTest(t, filepath.Join(dir, "tenant.jsonl"), recordTenant),
		"--changes", writeTest(t, filepath.Join(dir, "changes.jsonl"), recordChanges), "--flag", "aadOptscim062020", rec,
	}
	if got, text := differs(t, own...); !slices.Equal(got, []string{"W-84 --set memberAdd=replace"}) {
		t.Errorf("%v\n%s", got, text)
	}
	if got, text := differs(t, append(own, "--set", "memberAdd=replace")...); len(got) > 0 {
		t.Errorf("%v\n%s", got, text)
	}
	invocation{}.run(t, append([]string{"record", "diff"}, own...)...).want(t, reports.ExitFailed,
		"1 difference, grouped by the rules of "+
			"docs/why/behaviour.md", "W-84 ", "explained by --set memberAdd=replace", "next: run again with --set memberAdd=replace")
	invocation{}.run(t, append([]string{"record", "diff", "--format", "markdown"}, own...)...).want(t, reports.ExitFailed,
		"### W-84: ", "`--set memberAdd=replace`", `{"op":"replace","path":"members","value":[{"value":"{{users["ada@contoso.test"].id}}"}]}`)
}

// TestRecordStream proves that the stream has a line a request, with names in place of ids.
func TestRecordStream(t *testing.T) {
	t.Parallel()
	rec, _ := recordedRun(t, "", []string{"--redact", "department"}, nil)
	data, err := os.ReadFile(filepath.Join(rec, recorder.StreamName))
	if err != nil {
		t.Fatal(err)
	}
	har, err := os.ReadFile(filepath.Join(rec, runs.HARName))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{testToken, "Research", "Sales"} {
		if bytes.Contains(data, []byte(secret)) || bytes.Contains(har, []byte(secret)) {
			t.Errorf("%q is in the recording", secret)
		}
	}
	var lines []recording.Line
	ids := map[string]string{}
	for dec := json.NewDecoder(bytes.NewReader(data)); dec.More(); {
		var l recording.Line
		if err := dec.Decode(&l); err != nil {
			t.Fatal(err)
		}
		maps.Copy(ids, l.Binds)
		for name, id := range ids {
			if strings.Contains(l.Path+l.Body, id) {
				t.Errorf("the id of %s stands in %s %s", name, l.Path, l.Body)
			}
		}
		lines = append(lines, l)
	}
	want := fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Add",`+
		`"path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"%s"}]}`,
		`{{users["grace@contoso.test"].id}}`)
	if !slices.ContainsFunc(lines, func(l recording.Line) bool {
		return l.Path == `/Users/{{users["ada@contoso.test"].id}}` && l.Method == "PATCH" && l.Body == want && l.Status == 200
	}) {
		t.Errorf("the manager is not in the stream:\n%s", data)
	}
	if len(ids) != 4 || lines[2].Status != 201 || lines[2].Headers["ADSCIMVersion"] != "1.0" || lines[0].At != "PT0S" {
		t.Errorf("ids %v, %+v", ids, lines[2])
	}
}

func TestRecordRefuses(t *testing.T) {
	t.Parallel()
	held := t.TempDir()
	writeTest(t, filepath.Join(held, recorder.StreamName), "")
	har := writeTest(t, filepath.Join(t.TempDir(), "a.har"), `{"log":{"entries":[{"request":{}}]}}`)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"record"}, "--target URL is missing"},
		{[]string{"record", "--target", "https://api.vendor.example/scim"}, "--allow-host api.vendor.example"},
		{[]string{"record", "--target", "http://127.0.0.1:1/scim?aadOptscim062020"}, "flags belong in the tenant URL in Entra"},
		{[]string{"record", "--target", "http://127.0.0.1:1", "--listen", "0.0.0.0:0"}, "bearer tokens would arrive there in clear text"},
		{[]string{"record", "--target", "http://127.0.0.1:1", "--listen", ":0"}, "add --expose"},
		{[]string{"record", "--target", "http://127.0.0.1:1", "--listen", "nowhere"}, "listen: listen tcp: address nowhere: missing port in address"},
		{[]string{"record", "--target", "http://127.0.0.1:1", "--listen", "127.0.0.1:0", "--out", held}, "already contains a recording"},
		{[]string{"record", "diff", held}, "got 1 paths, want 2"},
		{[]string{"record", "diff", held, held}, "read recording"},
		{[]string{"record", "diff", har, har}, "entry 1: method or URL is missing"},
		{[]string{"record", "diff", har, har, "--set", "memberAdd=add"}, "flags for running the engine have no effect"},
	} {
		invocation{prepare: func(p *console.Process) { p.Dial = refuseDial(t) }}.run(t, c.args...).want(t, reports.ExitUsage, c.says)
	}
}

// TestRecordLearnsSecrets records a target that says aloud what it was given; nobody told
// record the secret.
func TestRecordLearnsSecrets(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"bearer", "basic"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			env, flags := map[string]string{"SCIMDRILL_TOKEN": knownSecret}, []string{}
			if kind == "basic" {
				env, flags = map[string]string{"SCIMDRILL_BASIC_PASSWORD": knownSecret}, []string{"--basic-user", "admin"}
			}
			dir, printed := recorded(t, chatter(t, kind), nil, func(proxy string) {
				invocation{env: env}.run(t, append([]string{
					"simulate", "--target", proxy, "--generate", "users=4,groups=1",
					"--cycles", "2", "--out", filepath.Join(t.TempDir(), "out"),
				}, flags...)...)
			})
			silent(t, "record on its streams", printed)
			for _, name := range []string{runs.HARName, recorder.StreamName, runs.RunName} {
				text, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil {
					t.Fatal(err)
				}
				silent(t, name, string(text))
				if name == runs.HARName && !strings.Contains(string(text), "REDACTED") {
					t.Errorf("nothing was redacted in %s", text)
				}
			}
		})
	}
}

func TestRecordExposed(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	out := filepath.Join(t.TempDir(), "recording")
	r := invocation{ctx: ctx}.run(t, "record", "--target", "http://127.0.0.1:1", "--listen", "0.0.0.0:0", "--expose", "--out", out)
	r.want(t, reports.ExitOK, "WARNING: --expose: any machine that reaches 0.0.0.0:0 can send requests", "recorded 0 requests", "no requests received")
	if run, err := runs.Read(out); err != nil || run.Recording == nil || run.Command != "record proxy" {
		t.Errorf("run.json: %+v, %v", run, err)
	}
}
