package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

const token = "t"

// A day of people: created, given a manager, put into groups, changed, and some of them deleted.
func day() string {
	var b strings.Builder
	line := func(method, path, body string, status int) {
		data, _ := json.Marshal(map[string]any{"at": "PT0S", "method": method, "path": path, "body": body, "status": status})
		b.Write(append(data, '\n'))
	}
	const schema = `"schemas":["urn:ietf:params:scim:schemas:core:2.0:`
	const patch = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`
	const people, teams = 60, 6
	user := func(i int) string { return fmt.Sprintf(`{{users["u%d"].id}}`, i) }
	for i := range people {
		line("GET", fmt.Sprintf("/Users?filter=userName+eq+%%22u%d%%22", i), "", 200)
		line("POST", "/Users", fmt.Sprintf(`{%sUser"],"userName":"u%d","externalId":"x%d","active":true}`, schema, i, i), 201)
		line("PATCH", "/Users/"+user(i), patch+fmt.Sprintf(`{"op":"replace","path":"title","value":"t%d"}]}`, i), 204)
		line("PATCH", "/Users/"+user(i), patch+`{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":{"value":"`+
			user(i/2)+`"}}]}`, 204)
	}
	for g := range teams {
		name := fmt.Sprintf(`{{groups["g%d"].id}}`, g)
		line("POST", "/Groups", fmt.Sprintf(`{%sGroup"],"displayName":"g%d"}`, schema, g), 201)
		for i := g; i < people; i += teams {
			line("PATCH", "/Groups/"+name, patch+`{"op":"add","path":"members","value":[{"value":"`+user(i)+`"}]}]}`, 204)
		}
		line("PATCH", "/Groups/"+name, patch+`{"op":"remove","path":"members[value eq \"`+user(g)+`\"]"}]}`, 204)
	}
	for i := range people / 2 {
		line("PATCH", "/Users/"+user(i), patch+`{"op":"replace","path":"active","value":false}]}`, 204)
	}
	return b.String()
}

// endpoint is a target in this process.
func endpoint(t *testing.T) (*target.Target, string) {
	t.Helper()
	tgt, err := target.New(target.Options{Seed: 1, Token: token, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(tgt)
	t.Cleanup(server.Close)
	return tgt, server.URL
}

// holds is what a target has, with names in the place of ids, and without dates and addresses.
func holds(tgt *target.Target) string {
	names := map[string]string{}
	var all []map[string]any
	for _, kind := range []string{"/Users", "/Groups"} {
		for _, o := range tgt.Snapshot(kind) {
			id, _ := o["id"].(string)
			names[id] = fmt.Sprint(kind, o["userName"], o["displayName"])
			all = append(all, o)
		}
	}
	lines := make([]string, len(all))
	for i, o := range all {
		raw, _ := json.Marshal(named(o, names))
		lines[i] = string(raw)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func named(value any, names map[string]string) any {
	switch v := value.(type) {
	case string:
		if name, ok := names[v]; ok {
			return name
		}
	case map[string]any:
		kept := map[string]any{}
		for k, child := range v {
			if k != "meta" && k != "$ref" {
				kept[k] = named(child, names)
			}
		}
		return kept
	case []any:
		kept := make([]any, len(v))
		for i, child := range v {
			kept[i] = named(child, names)
		}
		slices.SortFunc(kept, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		return kept
	}
	return value
}

// Three processes of k6, each with its segment of the iterations, leave what one replay of scimdrill leaves.
func TestThreeProcesses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bin, stream := filepath.Join(dir, "k6-scimdrill"), filepath.Join(dir, "stream.jsonl")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(stream, []byte(day()), 0o600); err != nil {
		t.Fatal(err)
	}
	want, base := endpoint(t)
	play(t, base, stream)
	got, at := endpoint(t)
	segments := []string{"0:1/3", "1/3:2/3", "2/3:1"}
	failed := make(chan string, len(segments))
	for _, segment := range segments {
		go func() {
			c := exec.CommandContext(t.Context(), bin, "run", "--quiet", "--no-usage-report", "--address", "", "--execution-segment", segment,
				"--execution-segment-sequence", "0,1/3,2/3,1", "-e", "STREAM="+stream, "-e", "TARGET="+at, "-e", "TOKEN="+token, "-e", "VUS=6", "replay.js")
			if out, err := c.CombinedOutput(); err != nil {
				failed <- fmt.Sprintf("%v\n%s", err, out)
				return
			}
			failed <- ""
		}()
	}
	for range segments {
		if text := <-failed; text != "" {
			t.Error(text)
		}
	}
	if holds(got) != holds(want) {
		t.Errorf("k6 left\n%s\nreplay left\n%s", holds(got), holds(want))
	}
	if users, groups, memberships := got.Counts(); users != 60 || groups != 6 || memberships == 0 {
		t.Errorf("%d users, %d groups, %d memberships", users, groups, memberships)
	}
}

// play sends the stream as `scimdrill replay` does.
func play(t *testing.T, base, stream string) {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	source, err := replay.Open(stream, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	p, err := replay.New(replay.Config{
		Base: u, Header: http.Header{}, Tenants: []replay.Tenant{{Authorization: "Bearer " + token}}, Concurrency: 8, Timeout: time.Minute,
		Recorder: measure.NewRecorder(0), Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Play(context.WithoutCancel(t.Context()), source); err != nil {
		t.Fatal(err)
	}
}

// A host that is not loopback is spared unless the script names it, and gets no token in clear text.
func TestOtherHosts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bin := filepath.Join(dir, "k6-scimdrill")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, tc := range []struct {
		env  []string
		says string
	}{
		{[]string{"TARGET=https://scim.invalid/scim"}, "scim.invalid is not loopback"},
		{[]string{"TARGET=http://scim.invalid/scim", "ALLOW_HOST=scim.invalid", "TOKEN=t"}, "in clear text"},
		{[]string{"TARGET="}, "open needs a stream"},
	} {
		args := []string{"run", "--quiet", "--no-usage-report", "--address", "", "-e", "STREAM=s.jsonl"}
		for _, e := range tc.env {
			args = append(args, "-e", e)
		}
		out, err := exec.CommandContext(t.Context(), bin, append(args, "replay.js")...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), tc.says) {
			t.Errorf("%v: %v, want %q in\n%s", tc.env, err, tc.says, out)
		}
	}
}
