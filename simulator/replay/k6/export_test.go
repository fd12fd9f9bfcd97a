package k6_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/k6"
)

// stream has a user whose manager comes later, a group with both, and a refused creation.
const stream = `{"method":"GET","path":"/Users?filter=userName+eq+%22ada%22","status":200}
{"method":"POST","path":"/Users","body":"{\"userName\":\"ada\"}","status":201}
{"method":"POST","path":"/Groups","body":"{\"displayName\":\"Team\"}","status":201}
{"method":"PATCH","path":"/Users/{{users[\"ada\"].id}}","body":"{\"manager\":\"{{users[\"bob\"].id}}\"}","status":204}
{"method":"PATCH","path":"/Groups/{{groups[\"Team\"].id}}","body":"{\"add\":[\"{{users[\"ada\"].id}}\",\"{{users[\"bob\"].id}}\"]}","status":204}
{"method":"POST","path":"/Users","body":"{\"userName\":\"bob\"}","status":201}
{"method":"POST","path":"/Users","body":"{\"userName\":\"eve\"}","status":201}
{"method":"DELETE","path":"/Users/{{users[\"eve\"].id}}","status":204}
`

func chains(t *testing.T) []replay.Chain {
	t.Helper()
	list, err := replay.Chains(replay.Lines(strings.NewReader(stream), "s.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Objects come after those that they need.
func TestChains(t *testing.T) {
	t.Parallel()
	var order []string
	for _, c := range chains(t) {
		var numbers []byte
		for _, r := range c.Requests {
			numbers = append(numbers, byte('0'+r.Number))
		}
		order = append(order, string(numbers))
	}
	if d := cmp.Diff([]string{"6", "78", "124", "35"}, order); d != "" {
		t.Error(d)
	}
}

// fakes stands in for the modules of k6: a target in memory that gives ids and refuses eve.
const fakes = `
const log = [], users = {}, counters = {}; let last = 0, refuse = 'eve';
const __ENV = { TOKEN: 't', VUS: '1' };
const open = (path) => require('fs').readFileSync(require('path').join(__dirname, path), 'utf8');
class SharedArray { constructor(name, make) { return make(); } }
class Counter { constructor(name) { this.name = name; } add(n) { counters[this.name] = (counters[this.name] || 0) + n; } }
const sleep = () => {}, check = (v, all) => { for (const name in all) { counters[all[name](v)] = (counters[all[name](v)] || 0) + 1; } };
const exec = { scenario: { iterationInTest: 0 } };
const http = {
  get(url, o) { return http.request('GET', url, null, o); },
  request(method, url, body, o) {
    log.push([method, url.replace('http://t/scim', ''), body || '', o.headers.Authorization].join(' ').trim());
    if (method === 'POST') {
      const name = Object.values(JSON.parse(body))[0];
      if (name === refuse) { return { status: 409, body: '{}', headers: {} }; }
      users[name] = 'id "' + ++last + '"';
      return { status: 201, body: '', headers: { Location: 'http://t/scim/Users/' + encodeURIComponent(users[name]) } };
    }
    const found = users[(decodeURIComponent(url).match(/"(.*)"/) || [])[1]];
    if (method !== 'GET') { return { status: 204, body: null, headers: {} }; }
    return { status: 200, body: JSON.stringify({ Resources: found ? [{ id: found }] : [] }), headers: {} };
  },
};
`

const runner = `
for (let i = 0; i < chains.length + 1; i++) { exec.scenario.iterationInTest = i; ids.clear(); run(); }
console.log(JSON.stringify({ log, counters, options }));
`

// The script is JavaScript, and carries ids where the modules of k6 are those of the test. Each object is sent by a
// VU that has seen none of the others.
func TestScript(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	dir := t.TempDir()
	var script, data bytes.Buffer
	if err := k6.Script(&script, "http://t/scim/"); err != nil {
		t.Fatal(err)
	}
	if left, err := k6.Data(&data, chains(t)); err != nil || left != 0 {
		t.Fatal(left, err)
	}
	text := script.String()
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.HasPrefix(line, "import ") })
	text = strings.NewReplacer("export default function ()", "function run()", "export const", "const").Replace(strings.Join(lines, "\n"))
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write(k6.DataName, data.String())
	if out, err := exec.CommandContext(t.Context(), node, "--check", write("whole.mjs", script.String())).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), node, write("run.cjs", fakes+text+runner)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var got struct {
		Log      []string
		Counters map[string]int
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const auth = " Bearer t"
	want := []string{
		`POST /Users {"userName":"bob"}` + auth,
		`POST /Users {"userName":"eve"}` + auth, // refused: its removal is not sent
		`GET /Users?filter=userName+eq+%22ada%22 ` + auth,
		`POST /Users {"userName":"ada"}` + auth,
		`GET /Users?filter=userName+eq+%22bob%22 ` + auth,
		`PATCH /Users/id%20%222%22 {"manager":"id \"1\""}` + auth,
		`POST /Groups {"displayName":"Team"}` + auth,
		`GET /Users?filter=userName+eq+%22ada%22 ` + auth,
		`GET /Users?filter=userName+eq+%22bob%22 ` + auth,
		`PATCH /Groups/id%20%223%22 {"add":["id \"2\"","id \"1\""]}` + auth,
	}
	if d := cmp.Diff(want, got.Log); d != "" {
		t.Errorf("requests (-want +got):\n%s", d)
	}
	if c := got.Counters; c["scim_unsent"] != 1 || c["scim_lookups"] != 3 || c["scim_different_status"] != 1 || c["false"] != 1 {
		t.Errorf("%v", c)
	}
}
