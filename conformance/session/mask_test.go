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
		people = append(people, fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"%d","userName":"mary%d@contoso.test","active":true,"emails":[{"value":"mary@contoso.test"}],"meta":{"resourceType":"User"}}`, i, i))
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
	if _, ok := c.Make(t.Context(), "Users", "userName", map[string]any{"userName": name}); !ok {
		t.Fatal(c.Unanswered)
	}
	a, ok := c.Send(t.Context(), http.MethodGet, "/Users?count=10", nil, nil)
	if !ok {
		t.Fatal(c.Unanswered)
	}
	if list, _ := a.Body["Resources"].([]any); len(list) != 3 || !strings.Contains(string(a.Raw), "mary") {
		t.Errorf("the check does not see what was answered: %s", a.Raw)
	}
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
		if _, ok := c.Send(t.Context(), http.MethodGet, "/Users", nil, nil); !ok {
			t.Fatalf("query %d: %s", i+1, c.Unanswered)
		}
	}
	if _, ok := c.Send(t.Context(), http.MethodGet, "/Users", nil, nil); ok || !strings.Contains(c.Unanswered, "1,000 objects that it did not create") {
		t.Errorf("the run reads on: %q", c.Unanswered)
	}
	if _, ok := c.Send(t.Context(), http.MethodPost, "/Users", map[string]any{"userName": "x"}, nil); !ok {
		t.Errorf("a write is refused as well: %s", c.Unanswered)
	}
}
