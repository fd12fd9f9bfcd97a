package engine_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

var update = flag.Bool("update", false, "rewrite docs/why/wire.md from a recording")

const wireFile = "../../docs/why/wire.md"

// TestWire records the bytes that the engine puts on the wire, with a plain TCP relay that
// knows nothing of HTTP, and compares them with docs/why/wire.md.
func TestWire(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(wireHead)
	for _, dialect := range []struct{ title, query string }{
		{"Without a flag", ""}, {"With aadOptscim062020", "?aadOptscim062020"},
	} {
		raw := recordWire(t, dialect.query)
		checkWire(t, dialect.title, raw)
		fmt.Fprintf(&b, "\n## %s\n", dialect.title)
		for i, r := range raw {
			fmt.Fprintf(&b, "\n%d. %s\n\n```http\n%s\n```\n", i+1, explainWire(r), r)
		}
	}
	if *update {
		if err := os.WriteFile(wireFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(wireFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s is not what was recorded; make golden rewrites it (-want +got):\n%s", wireFile, diff)
	}
}

const wireHead = `# What a vendor sees on the wire

Recorded by a TCP relay between the engine and the reference target. An initial cycle has a user, her manager and a group. In the next cycle
she is renamed, moves to another department, and leaves the group. Host and token are
replaced, nothing else. The ids are those of the [behaviour ledger](behaviour.md).
`

// relay copies connections to an address and keeps what the client sends.
type relay struct {
	mu   sync.Mutex
	sent bytes.Buffer
}

func (r *relay) listen(t *testing.T, to string) net.Listener {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", to)
			if err != nil {
				_ = client.Close()
				return
			}
			go func() {
				_, _ = io.Copy(client, server)
				_ = client.Close()
			}()
			go func() {
				_, _ = io.Copy(io.MultiWriter(r, server), client)
				_ = server.Close()
			}()
		}
	}()
	return l
}

// Write keeps what a client sent.
func (r *relay) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sent.Write(p)
}

// recordWire plays the two cycles and gives the requests as they were sent, host and token replaced.
func recordWire(t *testing.T, query string) []string {
	t.Helper()
	b := newBench(t, "customappsso", 1, 0)
	var err error
	if b.target, err = target.New(target.Options{Seed: 1, Token: "wire-secret", Now: b.clock.Now}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b.target)
	t.Cleanup(server.Close)
	r := &relay{}
	l := r.listen(t, strings.TrimPrefix(server.URL, "http://"))
	b.cfg.Endpoint = scimclient.Config{TenantURL: "http://" + l.Addr().String() + query, Authorization: "Bearer wire-secret"}
	b.cfg.Tenant = strings.NewReader(`{"@odata.type":"#microsoft.graph.user","id":"11111111-0000-4000-8000-000000000001","userPrincipalName":"grace@contoso.example","displayName":"Grace","mailNickname":"grace"}
{"@odata.type":"#microsoft.graph.user","id":"11111111-0000-4000-8000-000000000002","userPrincipalName":"ada@contoso.example","displayName":"Ada Byron","givenName":"Ada","surname":"Byron","mail":"ada@contoso.example","mailNickname":"ada","department":"Research","manager@delta":[{"id":"11111111-0000-4000-8000-000000000001"}]}
{"@odata.type":"#microsoft.graph.group","id":"22222222-0000-4000-8000-000000000001","displayName":"Engineering","members@delta":[{"id":"11111111-0000-4000-8000-000000000002"}]}`)
	b.changes(`{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"11111111-0000-4000-8000-000000000002","displayName":"Ada King","surname":"King","department":"Sales"}
{"at":"PT30M","@odata.type":"#microsoft.graph.group","id":"22222222-0000-4000-8000-000000000001","members@delta":[{"id":"11111111-0000-4000-8000-000000000002","@removed":{"reason":"deleted"}}]}`)
	b.cfg.Cycles, b.cfg.Secrets = 2, []string{"wire-secret"}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	if _, err := engine.Run(t.Context(), b.cfg, engine.Deps{HTTP: &http.Client{Transport: transport}, Clock: b.clock, Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	text := strings.NewReplacer(l.Addr().String(), "scim.vendor.example", "wire-secret", "…", "\r\n", "\n").Replace(r.sent.String())
	starts := regexp.MustCompile(`(?m)(GET|POST|PATCH|DELETE) /\S* HTTP/1\.1$`).FindAllStringIndex(text, -1)
	var out []string
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		out = append(out, strings.TrimSpace(text[at[0]:end]))
	}
	return out
}

// checkWire holds what is true of every request.
func checkWire(t *testing.T, title string, requests []string) {
	t.Helper()
	all := strings.Join(requests, "\n\n")
	rule := func(name string, holds bool) {
		t.Run(title+" "+name, func(t *testing.T) {
			if !holds {
				t.Errorf("it does not hold:\n%s", all)
			}
		})
	}
	count := func(text string) int { return strings.Count(all, text) }
	bodies := count("POST /") + count("PATCH /")
	rule("W-27 W-126 every request carries the bearer token", count("Authorization: Bearer …\n") == len(requests))
	rule("W-24 W-C14 bodies are SCIM in UTF-8", bodies > 0 && count("\nContent-Type: application/scim+json; charset=utf-8\n") == bodies)
	rule("W-25 a GET has neither media type nor Accept", count("\nContent-Type:") == bodies && count("\nAccept:") == 0)
	rule("W-26 W-C3 there is no User-Agent", count("User-Agent") == 0)
	rule("W-27 W-111 there is no precondition and no Prefer", count("\nIf-") == 0 && count("Prefer") == 0 && count("client-request-id") == 0)
	others := 0
	for _, other := range []string{"startIndex", "PUT ", "/Bulk", "/Me", "/Schemas", "/ServiceProviderConfig", "/ResourceTypes"} {
		others += count(other)
	}
	rule("W-15 W-22 W-115 nothing else is asked for", others == 0)
	rule("W-37 W-C16 no null is sent", count("null") == 0)
	rule("W-28 JSON is compact", count(`": `) == 0 && count(`", `) == 0)
}

// explainWire says what a request is for, with the rules beside it.
func explainWire(r string) string {
	head, body, _ := strings.Cut(r, "\n\n")
	line, _, _ := strings.Cut(head, "\n")
	member := strings.Contains(body, "members") && strings.HasPrefix(line, "PATCH")
	switch {
	case strings.HasPrefix(line, "GET /Users?") && !strings.Contains(line, "contoso"):
		return "The preflight of a cycle asks for a user that cannot exist (W-1, W-4)."
	case strings.HasPrefix(line, "GET /Users?"):
		return "Is the user there already? By the matching attribute (W-13, E-95)."
	case strings.HasPrefix(line, "GET /Groups?"):
		return "Is the group there already? Its members are left out (W-14)."
	case strings.HasPrefix(line, "GET /Groups/"):
		return "A linked group is read before a change, without members (W-18)."
	case strings.HasPrefix(line, "GET /Users/"):
		return "A linked user is read before a change; what differs is written (W-17, W-51)."
	case strings.HasPrefix(line, "POST /Users"):
		return "It is not: it is created with every value that is not null (W-29 to W-38)."
	case strings.HasPrefix(line, "POST /Groups"):
		return "It is not: it is created empty (W-42, W-44)."
	case strings.Contains(body, ":manager"):
		return "The manager follows when both users exist, as a bare id (W-63, W-80)."
	case member && strings.Contains(strings.ToLower(body), `"op":"remove"`):
		return "A member is removed (W-70; with the flag W-82)."
	case member:
		return "A member is added when user and group exist (W-69; with the flag W-83)."
	}
	return "What changed, in one PATCH (W-50, W-57; with the flag W-76, W-77)."
}
