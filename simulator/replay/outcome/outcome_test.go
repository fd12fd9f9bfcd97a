package outcome_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/outcome"
)

func write(method, path, name, body string) replay.Write {
	collection, id, _ := strings.Cut(path, "/")
	return replay.Write{Method: method, Collection: collection, ID: id, Name: name, Body: []byte(body)}
}

// state is what a model expects, in a line for each object.
func state(m *outcome.Model) (list []string) {
	for e, err := range m.Expected() {
		if err != nil {
			return append(list, err.Error())
		}
		text := []string{fmt.Sprintf("%s %s", e.Type, e.Target)}
		switch {
		case e.Presence == endstate.Gone:
			text = append(text, "gone")
		case e.Active != nil:
			text = append(text, fmt.Sprintf("active=%v", *e.Active))
		}
		for _, a := range e.Attributes {
			text = append(text, fmt.Sprintf("%s=%s", a.Path, a.Want[0]))
		}
		if e.Manager != nil {
			text = append(text, "manager="+e.Manager.Target)
		}
		for _, member := range e.Members {
			text = append(text, "+"+member.Target)
		}
		if e.AnyMembers && e.Type == "Group" {
			text = append(text, "any")
		}
		if e.OtherMembers {
			text = append(text, "others")
		}
		list = append(list, strings.Join(text, " "))
	}
	return list
}

// Every form in which clients write leads to the same state.
func TestForms(t *testing.T) {
	t.Parallel()
	const ext = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	create := write("POST", "Users/1", "ada", `{"schemas":[],"userName":"ada","active":true,"name":{"givenName":"Ada","familyName":"B"},"title":"x",
		"emails":[{"type":"work","value":"a@x.test","primary":true}],"`+ext+`":{"department":"D","manager":{"value":"9"}}}`)
	for name, body := range map[string]string{
		"legacy (W-56, W-58)": `{"Operations":[{"op":"Replace","path":"active","value":"False"},{"op":"Add","path":"name.givenName","value":"Eve"},
			{"op":"Replace","path":"emails[type eq \"work\"].value","value":"e@x.test"},{"op":"Remove","path":"title"},
			{"op":"Add","path":"` + ext + `:department","value":"E"},{"op":"Add","path":"` + ext + `:manager","value":[{"$ref":null,"value":"2"}]}]}`,
		"optscim (W-74 to W-76)": `{"Operations":[{"op":"replace","value":{"active":false,"name.givenName":"Eve","emails[type eq \"work\"].value":"e@x.test",
			"` + ext + `:department":"E","` + ext + `:manager":"2"}},{"op":"remove","path":"title"}]}`,
		"customappsso (W-54)": `{"Operations":[{"op":"Replace","path":"active","value":"False"},{"op":"Replace","path":"name","value":{"givenName":"Eve"}},
			{"op":"Replace","path":"Emails[type eq \"work\"].value","value":"e@x.test"},{"op":"Replace","path":"title","value":""},
			{"op":"Add","path":"` + ext + `.department","value":"E"},{"op":"Add","path":"` + ext + `.manager","value":"2"}]}`,
		"nested": `{"operations":[{"op":"replace","value":{"active":false,"name":{"givenName":"Eve"},"emails":[{"type":"work","value":"e@x.test"}],
			"` + ext + `":{"department":"E","manager":{"value":"2"}}}},{"op":"remove","path":"title"}]}`,
	} {
		m := outcome.New("")
		m.Apply(create)
		m.Apply(write("PATCH", "Users/1", "ada", body))
		list := state(m)
		for i := range list { // the spelling of a path is that of the last write
			list[i] = strings.ReplaceAll(list[i], "Emails", "emails")
		}
		want := []string{`User 1 active=false emails[type eq "work"].value=e@x.test name.familyName=B name.givenName=Eve ` +
			ext + `:department=E userName=ada manager=2`}
		if d := cmp.Diff(want, list); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	m := outcome.New("")
	for _, w := range []replay.Write{
		write("POST", "Users/1", "ada", `{"userName":"ada"}`), write("POST", "Users/2", "bob", `{"userName":"bob"}`),
		write("POST", "Users/3", "eve", `{"userName":"eve"}`),
		write("POST", "Groups/7", "Team", `{"displayName":"Team","members":[]}`),
		write("PATCH", "Groups/7", "Team", `{"Operations":[{"op":"Add","path":"members","value":[{"$ref":null,"value":"1"},{"value":"2"}]}]}`),
		write("PATCH", "Groups/7", "Team", `{"Operations":[{"op":"add","path":"members","value":[{"value":"3"}]},
			{"op":"remove","path":"members[value eq \"1\"]"}]}`),
		write("PATCH", "Groups/7", "Team", `{"Operations":[{"op":"Remove","path":"members","value":[{"value":"2"}]}]}`),
		write("PATCH", "Groups/8", "Old", `{"Operations":[{"op":"add","path":"members","value":[{"value":"2"}]}]}`),
		write("DELETE", "Users/3", "eve", ""),
	} {
		m.Apply(w)
	}
	want := []string{"User 1 userName=ada", "User 2 userName=bob", "User 3 gone", "Group 7 displayName=Team", "Group 8 +2 others"}
	if d := cmp.Diff(want, state(m)); d != "" {
		t.Error(d)
	}
	m.Apply(write("PUT", "Groups/8", "Old", `{"displayName":"New","members":[{"value":"1"}]}`))
	if have := state(m)[4]; have != "Group 8 displayName=New +1" {
		t.Error(have)
	}
	for e, err := range m.Expected() {
		if err != nil || e.Target == "7" && e.After != endstate.AfterRemoval {
			t.Errorf("%+v", e)
		}
	}
}

// What the model does not understand is not compared; that the object is there still is.
func TestUncertain(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"Operations":[{"op":"move","path":"title","value":"x"}]}`, `{"Operations":[{"op":"replace","path":"a[b gt 5].c","value":"x"}]}`, `{}`, `[`,
		`{"Operations":[{"op":"replace","path":"active","value":"perhaps"}]}`,
	} {
		m := outcome.New("")
		m.Apply(write("POST", "Users/1", "ada", `{"userName":"ada"}`))
		m.Apply(write("PATCH", "Users/1", "ada", body))
		if have := state(m); !slices.Equal(have, []string{"User 1"}) {
			t.Errorf("%s: %q", body, have)
		}
	}
}
