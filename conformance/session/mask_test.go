package session_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// open serves a target that holds n people of others, and answers a create.
func open(t *testing.T, n int) (*session.Session, *[]*exchange.Exchange) {
	t.Helper()
	var people []string
	for i := range n {
		people = append(people,
			fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"%d","userName":"mary%d@contoso.test","active":true,`+
				`"emails":[{"value":"mary@contoso.test"}],"meta":{"resourceType":"User"}}`,
				i, i))
	}
	own := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			var in map[string]any
			if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
				t.Error(err)
			}
			own = fmt.Sprintf(`{"id":"mine","userName":%q}`, in["userName"])
			w.WriteHeader(http.StatusCreated)
			_, _ = fmt.Fprint(w, own)
			return
		}
		list := people
		if own != "" {
			list = append([]string{own}, people...)
		}
		_, _ = fmt.Fprintf(w, `{"totalResults":%d,"Resources":[%s]}`, len(list), strings.Join(list, ","))
	}))
	t.Cleanup(server.Close)
	recorded := &[]*exchange.Exchange{}
	return session.New(session.Config{
		BaseURL: server.URL, RunID: "r1", Keep: true, Record: func(x *exchange.Exchange) { *recorded = append(*recorded, x) },
		Sender: exchange.NewSender(server.Client(), exchange.Limits{Timeout: 5 * time.Second}, time.Now),
	}), recorded
}

func TestOthersAreMasked(t *testing.T) {
	t.Parallel()
	s, recorded := open(t, 2)
	c := s.Begin("QRY-009")
	name := c.Name("page") + "@scimdrill.example"
	if _, err := c.Make(t.Context(), "Users", "userName", map[string]any{"userName": name}); err != nil {
		t.Fatal(err)
	}
	a, err := c.Send(t.Context(), http.MethodGet, "/Users?count=10", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if list, _ := a.Body["Resources"].([]any); len(list) != 3 || !strings.Contains(string(a.Raw), "mary") {
		t.Errorf("the check does not see what was answered: %s", a.Raw)
	}
	s.Publish(c.Transcript())
	for what, list := range map[string][]*exchange.Exchange{"the finding": c.Exchanges, "the transcript": *recorded} {
		body := string(list[len(list)-1].ResponseBody)
		if strings.Contains(body, "mary") || !strings.Contains(body, "(masked)") || !strings.Contains(body, name) || !strings.Contains(body, "core:2.0:User") {
			t.Errorf("%s shows %s", what, body)
		}
	}
}

// TestLimit stops after a thousand objects of others.
func TestLimit(t *testing.T) {
	t.Parallel()
	s, _ := open(t, 600)
	c := s.Begin("QRY-001")
	for i := range 2 {
		if _, err := c.Send(t.Context(), http.MethodGet, "/Users", nil, nil); err != nil {
			t.Fatalf("query %d: %s", i+1, err)
		}
	}
	if _, err := c.Send(t.Context(), http.MethodGet, "/Users", nil, nil); err == nil || !strings.Contains(err.Error(), "1,000 objects that it did not create") {
		t.Errorf("the run reads on: %v", err)
	}
	if _, err := c.Send(t.Context(), http.MethodPost, "/Users", map[string]any{"userName": "x"}, nil); err != nil {
		t.Errorf("a write is refused as well: %v", err)
	}
}

// TestNotJSON returns an error for a body that cannot be encoded, and sends nothing.
func TestNotJSON(t *testing.T) {
	t.Parallel()
	s, recorded := open(t, 0)
	c := s.Begin("USR-001")
	if _, err := c.Send(t.Context(), http.MethodPost, "/Users", func() {}, nil); err == nil || !strings.Contains(err.Error(), "POST /Users: encode the body") {
		t.Errorf("Send = %v, want an error that names the request", err)
	}
	if len(*recorded) != 0 {
		t.Errorf("%d requests were sent", len(*recorded))
	}
}
