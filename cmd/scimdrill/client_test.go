package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestClients plays the clients other than Entra from the command line.
func TestClients(t *testing.T) {
	t.Parallel()
	for client, log := range map[string]string{"okta": "system-log.jsonl", "onelogin": "onelogin-log.jsonl"} {
		t.Run(client, func(t *testing.T) {
			t.Parallel()
			var logs []string
			for _, parallel := range []string{"1", "16"} {
				url, _ := serveTarget(t, nil)
				dir := t.TempDir()
				r := invocation{env: withToken()}.run(t, "simulate", "--client", client, "--target", url, "--generate", "users=25,groups=4", "--changes", "morning",
					"--seed", "7", "--parallel", parallel, "--state", filepath.Join(dir, "state"), "--out", filepath.Join(dir, "out"))
				if r.code != 0 || !strings.Contains(r.stdout, client+", 2 rounds") || !strings.Contains(r.stdout, "4 groups compared") {
					t.Fatalf("exit %d\n%s%s", r.code, r.stdout, r.stderr)
				}
				data, err := os.ReadFile(filepath.Join(dir, "out", log))
				if err != nil {
					t.Fatal(err)
				}
				logs = append(logs, string(data))
				planAndClean(t, client, url, dir)
			}
			if logs[0] != logs[1] {
				t.Error("the logs of --parallel 1 and 16 differ")
			}
		})
	}
}

// planAndClean plans after a run, which has nothing to do, and removes what the run made.
func planAndClean(t *testing.T, client, url, dir string) {
	t.Helper()
	state := filepath.Join(dir, "state")
	r := invocation{env: withToken()}.run(t, "simulate", "--client", client, "--plan", "--target", url, "--state", state, "--out", filepath.Join(dir, "plan"))
	if r.code != 0 || !strings.Contains(r.stdout, "0 writes would be sent") {
		t.Errorf("plan: exit %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	r = invocation{env: withToken()}.run(t, "simulate", "--target", url, "--state", state, "--generate", "users=5", "--out", filepath.Join(dir, "entra"))
	if r.code != 2 || !strings.Contains(r.stderr, "belongs to another client than Entra") {
		t.Errorf("Entra with the state of %s: exit %d\n%s", client, r.code, r.stderr)
	}
	r = invocation{env: withToken()}.run(t, "cleanup", "--target", url, "--run", filepath.Join(dir, "out"))
	if r.code != 0 || !strings.Contains(r.stdout, "0 remain") {
		t.Errorf("cleanup: exit %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}

// TestClientFlags wants flags that mean nothing for a client to be rejected, before any request.
func TestClientFlags(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--client", "okta", "--interval", "20m"}, "--interval means nothing for the client okta: it pushes on events and has no cycles"},
		{[]string{"--client", "onelogin", "--cycles", "2"}, "--cycles means nothing for the client onelogin"},
		{[]string{"--client", "okta", "--dialect", "legacy"}, "--dialect means nothing"},
		{[]string{"--client", "okta", "--profile", "goto"}, "--profile means nothing"},
		{[]string{"--client", "onelogin", "--client-mode", "oin"}, "--client-mode belongs to --client okta"},
		{[]string{"--client-mode", "oin"}, "--client-mode means nothing for the client entra"},
		{[]string{"--client", "okta", "--set", "mod=oin"}, `"mod"`},
		{[]string{"--client", "okta", "--client-mode", "oin", "--set", "mode=aiw"}, "contradict each other"},
	} {
		r := invocation{env: withToken()}.run(t, append([]string{"simulate", "--target", "http://127.0.0.1:1", "--generate", "users=5"}, c.args...)...)
		if r.code != 2 || !strings.Contains(r.stderr, c.want) {
			t.Errorf("%v: exit %d\n%s", c.args, r.code, r.stderr)
		}
	}
	r := invocation{}.run(t, "simulate", "--client", "okta", "--list-options")
	if r.code != 0 || !strings.Contains(r.stdout, "attempts429") || strings.Contains(r.stdout, "adscimGroup") {
		t.Errorf("--list-options: exit %d\n%s", r.code, r.stdout)
	}
}

// TestClientOnDemand provisions one user and one group now.
func TestClientOnDemand(t *testing.T) {
	t.Parallel()
	url, _ := serveTarget(t, nil)
	dir := t.TempDir()
	tenant := writeTest(t, filepath.Join(dir, "tenant.jsonl"), `{"@odata.type":"#microsoft.graph.user","id":"ada","userPrincipalName":"ada@contoso.test",`+
		`"givenName":"Ada","surname":"King","displayName":"Ada King"}
{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Team","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"ada"}]}
`)
	for _, c := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"--user", "ada@contoso.test"}, "create   User  ada@contoso.test", 0},
		{[]string{"--group", "Team"}, "create   Group Team  adds ada@contoso.test", 0},
		{[]string{"--user", "eve"}, `the directory has no user "eve"`, 2},
	} {
		args := append([]string{
			"ondemand", "--client", "okta", "--client-mode", "oin", "--target", url, "--tenant", tenant, "--state", filepath.Join(dir, "state"),
			"--out", filepath.Join(dir, "out"),
		}, c.args...)
		r := invocation{env: withToken()}.run(t, args...)
		if r.code != c.code || !strings.Contains(r.stdout+r.stderr, c.want) {
			t.Errorf("%v: exit %d\n%s%s", c.args, r.code, r.stdout, r.stderr)
		}
	}
}
