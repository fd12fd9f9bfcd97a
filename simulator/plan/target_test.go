package plan_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// shelf is a Reader over a fixed list of users.
type shelf []scimclient.Resource

func (s shelf) Find(_ context.Context, _ scimclient.Call, q scimclient.Query) ([]scimclient.Resource, *scimclient.Failure) {
	var found []scimclient.Resource
	for _, r := range s {
		if v, _ := r.Values[q.Attribute].(string); strings.EqualFold(v, q.Value) {
			found = append(found, r)
		}
	}
	return found, nil
}

func (s shelf) Holds(context.Context, scimclient.Call, scimclient.Reference) (bool, *scimclient.Failure) {
	return true, nil
}

func (s shelf) Read(_ context.Context, _ scimclient.Call, _, id string) (scimclient.Resource, *scimclient.Failure) {
	for _, r := range s {
		if r.ID == id {
			return r, nil
		}
	}
	return scimclient.Resource{}, scimclient.Failed(provlog.Fault{Status: 404})
}

func TestTargetSeesItsOwnWrites(t *testing.T) {
	t.Parallel()
	const users = "Users"
	target := plan.NewTarget(shelf{
		{ID: "1", Values: map[string]any{"id": "1", "userName": "ada@x.example"}},
		{ID: "2", Values: map[string]any{"id": "2", "userName": "bob@x.example"}},
	})
	ctx := t.Context()
	find := func(name string) string {
		t.Helper()
		found, failure := target.Find(ctx, scimclient.Call{}, scimclient.Query{Collection: users, Attribute: "userName", Value: name})
		if failure != nil {
			t.Fatal(failure)
		}
		ids := make([]string, len(found))
		for i, r := range found {
			ids[i] = r.ID
		}
		return strings.Join(ids, " ")
	}
	want := func(what, name, ids string) {
		t.Helper()
		if got := find(name); got != ids {
			t.Errorf("%s: %s finds %q, want %q", what, name, got, ids)
		}
	}
	want("before", "ADA@x.example", "1")
	made, failure := target.Create(ctx, scimclient.Call{Label: "c1"}, users, []byte(`{"userName":"new@x.example","externalId":"E"}`))
	if failure != nil || !plan.Planned(made.ID) {
		t.Fatalf("%+v %v", made, failure)
	}
	want("created", "New@x.example", "planned:c1")
	rename := `{"Operations":[{"op":"Replace","path":"userName","value":"eve@x.example"}]}`
	if failure := target.Patch(ctx, scimclient.Call{}, users, "1", []byte(rename)); failure != nil {
		t.Fatal(failure)
	}
	want("renamed away", "ada@x.example", "")
	want("renamed to", "eve@x.example", "1")
	whole := `{"Operations":[{"op":"replace","value":{"userName":"ada@x.example"}}]}`
	if failure := target.Patch(ctx, scimclient.Call{}, users, made.ID, []byte(whole)); failure != nil {
		t.Fatal(failure)
	}
	want("an operation without a path", "ada@x.example", "planned:c1")
	other := `{"Operations":[{"op":"replace","path":"title","value":"T"}]}`
	if failure := target.Patch(ctx, scimclient.Call{}, users, "2", []byte(other)); failure != nil {
		t.Fatal(failure)
	}
	want("another attribute", "bob@x.example", "2")
	for _, id := range []string{"2", made.ID} {
		if failure := target.Delete(ctx, scimclient.Call{}, users, id); failure != nil {
			t.Fatal(failure)
		}
		if _, failure := target.Read(ctx, scimclient.Call{}, users, id); failure == nil || failure.Status != http.StatusNotFound {
			t.Errorf("A-17: reading %s after its deletion: %v", id, failure)
		}
	}
	for _, r := range []scimclient.Reference{{ID: "1", Value: "2"}, {ID: "1", Value: made.ID}, {ID: made.ID, Value: "1"}} {
		if there, _ := target.Holds(ctx, scimclient.Call{}, r); there != (r.ID == "1" && r.Value == "2") {
			t.Errorf("W-20: %+v is there: %v", r, there)
		}
	}
	want("deleted", "bob@x.example", "")
	want("created and deleted", "ada@x.example", "")
	if r, failure := target.Read(ctx, scimclient.Call{}, users, "1"); failure != nil || r.ID != "1" {
		t.Errorf("read: %+v %v", r, failure)
	}
}

func TestExternalIDIsCaseExact(t *testing.T) {
	t.Parallel()
	target := plan.NewTarget(plan.Offline{})
	if _, failure := target.Create(t.Context(), scimclient.Call{Label: "c"}, "Users", []byte(`{"externalId":"Abc"}`)); failure != nil {
		t.Fatal(failure)
	}
	for value, want := range map[string]int{"Abc": 1, "abc": 0} {
		found, _ := target.Find(t.Context(), scimclient.Call{}, scimclient.Query{Collection: "Users", Attribute: "externalId", Value: value})
		if len(found) != want {
			t.Errorf("externalId eq %q finds %d", value, len(found))
		}
	}
}

// TestReadOnly proves that nothing but GET passes, whatever stands above.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = append(got, r.Method) }))
	defer server.Close()
	guard := plan.NewReadOnly(server.Client(), server.URL+"/token")
	client := &http.Client{Transport: guard}
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "GET"} {
		req, err := http.NewRequestWithContext(t.Context(), method, server.URL, strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if (err == nil) != (method == "GET") {
			t.Errorf("%s: %v", method, err)
		}
		if err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
	}
	if strings.Join(got, " ") != "GET" || guard.Sent() != 1 {
		t.Errorf("what arrived: %v, counted %d", got, guard.Sent())
	}
	for _, form := range []struct {
		path, kind string
		passes     bool
	}{
		{"/token", "application/x-www-form-urlencoded", true},
		{"/token", "application/scim+json", false},
		{"/token/more", "application/x-www-form-urlencoded", false},
		{"/Users", "application/x-www-form-urlencoded", false},
	} {
		resp, err := client.Post(server.URL+form.path, form.kind, strings.NewReader("grant_type=client_credentials"))
		if (err == nil) != form.passes {
			t.Errorf("W-128: POST %s as %s: %v", form.path, form.kind, err)
		}
		if err == nil {
			_ = resp.Body.Close()
		}
	}
}
