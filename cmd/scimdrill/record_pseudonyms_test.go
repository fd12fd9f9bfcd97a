package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// peculiar is a tenant whose words are nowhere else.
const peculiar = `{"@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000001","userPrincipalName":"xylia.quenby@zwetschge.test","displayName":"Xylia Quenby","givenName":"Xylia","surname":"Quenby","mail":"xylia.quenby@zwetschge.test","mailNickname":"xylia","department":"Flurbereinigung","jobTitle":"Obmannin","businessPhones":["+49 8171 990017"],"employeeId":"770031","accountEnabled":true,"manager@delta":[{"id":"aaaaaaaa-0000-4000-8000-000000000002"}]}
{"@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000002","userPrincipalName":"borivoj@kraxlhuber.test","displayName":"Borivoj","mailNickname":"borivoj","accountEnabled":true}
{"@odata.type":"#microsoft.graph.group","id":"bbbbbbbb-0000-4000-8000-000000000001","displayName":"Gerstensaft","securityEnabled":true,"members@delta":[{"id":"aaaaaaaa-0000-4000-8000-000000000001"},{"id":"aaaaaaaa-0000-4000-8000-000000000002"}]}
`

const peculiarChanges = `{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"aaaaaaaa-0000-4000-8000-000000000001","displayName":"Xylia Nepomuk","surname":"Nepomuk"}
{"at":"PT10M","@odata.type":"#microsoft.graph.group","id":"bbbbbbbb-0000-4000-8000-000000000001","members@delta":[{"id":"aaaaaaaa-0000-4000-8000-000000000001","@removed":{"reason":"deleted"}}]}
`

func TestRecordPseudonyms(t *testing.T) {
	t.Parallel()
	const seed = "s3cr3t seed of the pseudonyms"
	env := map[string]string{"SCIMDRILL_PSEUDONYM_SEED": seed, "SCIMDRILL_TOKEN": testToken}
	dir := t.TempDir()
	tenant, changes := writeTest(t, filepath.Join(dir, "tenant.jsonl"), peculiar), writeTest(t, filepath.Join(dir, "changes.jsonl"), peculiarChanges)
	run := func(target, out string, more ...string) {
		t.Helper()
		args := []string{
			"simulate", "--target", target, "--tenant", tenant, "--changes", changes, "--cycles", "3", "--transcript", "all", "--verify", "off", "--out", out,
		}
		invocation{env: env}.run(t, append(args, more...)...).want(t, 0)
	}
	url, _ := serveTarget(t, nil)
	rec, printed := recordedWith(t, env, url, []string{"--pseudonyms"}, func(proxy string) { run(proxy, filepath.Join(dir, "through")) })
	plain := filepath.Join(dir, "plain")
	other, _ := serveTarget(t, nil)
	run(other, plain)

	t.Run("no original value and no seed is in any file", func(t *testing.T) {
		words := []string{"xylia", "quenby", "zwetschge", "flurbereinigung", "obmannin", "990017", "770031", "borivoj", "kraxlhuber", "gerstensaft", "nepomuk"}
		before, err := os.ReadFile(filepath.Join(plain, "exchanges.har"))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if !strings.Contains(strings.ToLower(string(before)), w) {
				t.Errorf("%s is not even there without pseudonyms, so this proves nothing", w)
			}
		}
		files := 0
		if err := filepath.WalkDir(rec, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files++
			text, err := os.ReadFile(path)
			for _, w := range append(words, strings.ToLower(seed)) {
				if i := strings.Index(strings.ToLower(string(text)), w); i >= 0 {
					t.Errorf("%s holds %q: %s", path, w, text[max(0, i-200):min(len(text), i+100)])
				}
			}
			return err
		}); err != nil || files < 3 {
			t.Errorf("%d files, error %v", files, err)
		}
		if strings.Contains(printed, seed) {
			t.Error("the seed was printed though it was given")
		}
	})
	diff := func(args ...string) []string {
		t.Helper()
		list, _ := differsWith(t, env, args...)
		return list
	}
	t.Run("record diff finds nothing between a run and its recording", func(t *testing.T) {
		if d := cmp.Diff([]string(nil), diff("--pseudonyms", plain, rec)); d != "" {
			t.Error(d)
		}
	})
	t.Run("nor with an engine that runs the tenant", func(t *testing.T) {
		if d := cmp.Diff([]string(nil), diff("--pseudonyms", "--tenant", tenant, "--changes", changes, "--cycles", "3", rec)); d != "" {
			t.Error(d)
		}
	})
	t.Run("W-43 and a changed option is the one difference", func(t *testing.T) {
		if d := cmp.Diff([]string{"W-43 --set adscimGroup=false"},
			diff("--pseudonyms", "--tenant", tenant, "--changes", changes, "--cycles", "3", "--set", "adscimGroup=true", rec)); d != "" {
			t.Error(d)
		}
	})
	t.Run("without the seed names do not meet", func(t *testing.T) {
		if len(diff(plain, rec)) == 0 {
			t.Error("no difference, so nothing was replaced")
		}
		invocation{}.run(t, "record", "diff", "--pseudonyms", plain, rec).want(t, 2, "--pseudonyms needs SCIMDRILL_PSEUDONYM_SEED")
	})
}
