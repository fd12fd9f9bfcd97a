package endstate_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

// world is a target of n users u0, u1, … and one group of all of them, and what is expected of it.
type world struct {
	stored   map[string][]map[string]any
	expected []endstate.Expected
}

func newWorld(n int) *world {
	w := &world{stored: map[string][]map[string]any{}}
	group := endstate.Expected{
		Ref: endstate.Ref{Type: endstate.Group, ID: "g", Name: "Sales", Target: "tg"}, Matching: []endstate.Match{{Path: "displayName", Value: "Sales"}},
	}
	var members []any
	for i := range n {
		id, name, active := fmt.Sprintf("t%d", i), fmt.Sprintf("u%d@example.test", i), true
		w.stored["Users"] = append(w.stored["Users"], map[string]any{
			"id": id, "userName": name, "active": true, "title": "Clerk",
			"phoneNumbers": []any{map[string]any{"type": "work", "value": "+1 425 555 0100"}},
			enterprise:     map[string]any{"department": "Sales", "manager": map[string]any{"value": "t0"}},
		})
		members = append(members, map[string]any{"value": id})
		ref := endstate.Ref{Type: endstate.User, ID: fmt.Sprintf("s%d", i), Name: fmt.Sprintf("User %d", i), Target: id}
		w.expected = append(w.expected, endstate.Expected{
			Ref: ref, Matching: []endstate.Match{{Path: "userName", Value: name}}, Active: &active,
			Attributes: []endstate.Attribute{
				{Path: "userName", Want: []string{strings.ToUpper(name)}},
				{Path: "title", Want: []string{"Clerk"}},
				{Path: `phoneNumbers[type eq "work"].value`, Want: []string{"+1 425 555 0100"}},
				{Path: enterprise + ":department", Want: []string{"Sales"}},
			},
			Manager: &endstate.Reference{Ref: endstate.Ref{Type: endstate.User, ID: "s0", Name: "User 0", Target: "t0"}, Path: enterprise + ":manager"},
		})
		group.Members = append(group.Members, endstate.Reference{Ref: ref})
	}
	w.stored["Groups"] = []map[string]any{{"id": "tg", "displayName": "Sales", "members": members}}
	w.expected = append(w.expected, group)
	return w
}

func (w *world) user(i int) map[string]any     { return w.stored["Users"][i] }
func (w *world) want(i int) *endstate.Expected { return &w.expected[i] }

// marked gives user 3 a mark, in the target as well.
func (w *world) marked(mark string) {
	w.want(3).Mark = endstate.Match{Path: "externalId", Value: mark}
	w.user(3)["externalId"], w.user(3)["displayName"] = mark, "User 3"
}

// named gives user 0 a name in the target and another displayName in the directory.
func (w *world) named(changed bool, shown string) {
	e := w.want(0)
	e.Attributes = append(e.Attributes, endstate.Attribute{Path: "displayName", Want: []string{"Lovelace, Ada"}, Changed: changed})
	w.user(0)["displayName"], w.user(0)["name"] = shown, map[string]any{"givenName": "Ada", "familyName": "Lovelace"}
}

func (w *world) members(from, to int) {
	g := w.stored["Groups"][0]
	g["members"] = g["members"].([]any)[from:to]
}

func (w *world) all() iter.Seq2[endstate.Expected, error] {
	return func(yield func(endstate.Expected, error) bool) {
		for _, e := range w.expected {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// target is a target in memory that answers in its own way.
type target struct {
	endstate.Reader
	page    int  // resources of a page; 0 is all
	cut     int  // lists show so many, and say so; 0 shows all
	ignores bool // searches return everybody
	stuck   bool // every page is the first
	empty   bool // searches return nobody
	refuses bool // no list
	down    error
}

func (x *target) List(ctx context.Context, collection string, start int) (scimclient.Page, error) {
	if x.down != nil {
		return scimclient.Page{}, x.down
	}
	if x.refuses {
		return scimclient.Page{}, errors.New("status 403")
	}
	p, err := x.Reader.List(ctx, collection, 1)
	all := p.Resources
	if x.cut > 0 {
		all = all[:min(len(all), x.cut)]
		p.Total = len(all)
	}
	if x.stuck {
		start = 1
	}
	p.Resources = all[min(start-1, len(all)):]
	if x.page > 0 {
		p.Resources = p.Resources[:min(x.page, len(p.Resources))]
	}
	return p, err
}

func (x *target) Find(ctx context.Context, collection, attribute, value string) ([]scimclient.Resource, error) {
	switch {
	case x.down != nil:
		return nil, x.down
	case x.empty:
		return nil, nil
	case x.ignores:
		p, err := x.List(ctx, collection, 1)
		return p.Resources, err
	}
	return x.Reader.Find(ctx, collection, attribute, value)
}

func (x *target) Read(ctx context.Context, collection, id string) (scimclient.Resource, error) {
	if x.down != nil {
		return scimclient.Resource{}, x.down
	}
	return x.Reader.Read(ctx, collection, id)
}

// compared compares a world with its expectations.
func (w *world) compared(t *testing.T, x *target, o endstate.Options) endstate.Result {
	t.Helper()
	x.Reader = endstate.Snapshot(func(endpoint string) []map[string]any { return w.stored[strings.TrimPrefix(endpoint, "/")] })
	o.Matching = map[string][]string{"Users": {"userName"}, "Groups": {"displayName"}}
	o.Owner = func(_ context.Context, id string) (endstate.Ref, bool, error) {
		for _, e := range w.expected {
			if e.Target == id && id != "" {
				return e.Ref, true, nil
			}
		}
		return endstate.Ref{}, false, nil
	}
	o.Marks = map[string][]string{"Users": {"externalId"}}
	o.Deleted = func(_ context.Context, id string) (endstate.Ref, bool, error) {
		return endstate.Ref{Type: endstate.User, Name: "Ada"}, id == "deleted", nil
	}
	res, err := endstate.Compare(t.Context(), w.all(), x, o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// sentences are the findings, what could not be compared, and the notes.
func sentences(r endstate.Result) string {
	var list []string
	for _, f := range r.Findings {
		list = append(list, f.Sentence())
	}
	if r.Unverified > 0 {
		list = append(list, fmt.Sprintf("unverified %d", r.Unverified))
	}
	if r.Impossible != "" {
		list = append(list, "impossible: "+r.Impossible)
	}
	return strings.Join(append(list, r.Notes...), "\n")
}

// TestCompare compares targets of every kind of fault with 30 users and a group (field D1 to D4).
func TestCompare(t *testing.T) {
	t.Parallel()
	inactive := false
	for name, c := range map[string]struct {
		spoil func(*world)
		as    target
		opts  endstate.Options
		want  string
	}{
		"the same":          {},
		"pages of 7":        {as: target{page: 7}},
		"a list cut at ten": {as: target{cut: 10}, want: "the list of Users is cut: it shows 10, and others can be read by their ids"},
		"the same page again": {
			as: target{page: 10, stuck: true}, want: "the list of Users shows the same page for every startIndex, so only 10 of 30 were listed",
		},
		"no lists": {as: target{refuses: true}, want: "Users cannot be listed, so each was read by itself: status 403\n" +
			"Groups cannot be listed, so each was read by itself: status 403"},
		"a person is lost": {
			spoil: func(w *world) { w.stored["Users"] = w.stored["Users"][1:]; w.members(1, 30) },
			want:  "1 person is missing in the target: User 0\n1 membership is missing in the target, in 1 group: User 0 in Sales",
		},
		"a person without a link": {
			spoil: func(w *world) { w.want(3).Target = "" },
		},
		"a person whom provisioning gave up": {
			spoil: func(w *world) {
				w.expected = append(w.expected, endstate.Expected{
					Ref: endstate.Ref{Type: endstate.User, ID: "x", Name: "Ada"}, Matching: []endstate.Match{{Path: "userName", Value: "ada"}},
					Known: endstate.Known{GivenUp: true, Why: "500"},
				})
			},
			want: "1 person is missing in the target, and provisioning gave up: Ada (500)",
		},
		"without a link, and nobody can be searched for": {
			spoil: func(w *world) { w.want(29).Target = "" },
			as:    target{cut: 10, ignores: true},
			want:  "unverified 1\nthe list of Users is cut: it shows 10, and others can be read by their ids",
		},
		"without a link, and searches find nobody": {
			spoil: func(w *world) { w.want(29).Target = "" },
			as:    target{cut: 10, empty: true},
			want:  "unverified 1\nthe list of Users is cut: it shows 10, and others can be read by their ids",
		},
		"doubled": {
			spoil: func(w *world) {
				w.stored["Users"] = append(w.stored["Users"], map[string]any{"id": "twin", "userName": "U1@example.test"})
			},
			want: "1 person is in the target more than once: User 1",
		},
		"renamed": {
			spoil: func(w *world) { w.user(4)["userName"] = "other@example.test" },
			want:  `1 person has another userName in the target than the mapping gives: User 4 ("other@example.test" instead of "U4@EXAMPLE.TEST")`,
		},
		"not disabled": {
			spoil: func(w *world) { w.want(2).Presence, w.want(2).Active = endstate.Disabled, &inactive },
			want:  "1 person is still active in the target and should be disabled: User 2",
		},
		"disabled by a string": {
			spoil: func(w *world) {
				w.want(2).Presence, w.want(2).Active = endstate.Disabled, &inactive
				w.user(2)["active"] = "False"
			},
		},
		"not deleted": {
			spoil: func(w *world) { w.want(2).Presence = endstate.Gone },
			want:  "1 person was deleted and is still in the target: User 2",
		},
		"a title is dropped": {
			spoil: func(w *world) { delete(w.user(5), "title") },
			want:  `1 person has another title in the target than the mapping gives: User 5 ("" instead of "Clerk")`,
		},
		"titles are not kept": {
			spoil: func(w *world) {
				for i := range 30 {
					delete(w.user(i), "title")
				}
			},
			want: "title is not kept by the target: the directory has one for 30 people",
		},
		"titles are not announced": {
			spoil: func(w *world) {
				for i := range 30 {
					delete(w.user(i), "title")
				}
			},
			opts: endstate.Options{Announces: func(context.Context, string) bool { return false }},
			want: "title is not kept by the target, which does not announce it in /Schemas either; the directory has one for 30 people",
		},
		"managers are not kept": {
			spoil: func(w *world) {
				for i := range 30 {
					delete(w.user(i)[enterprise].(map[string]any), "manager")
				}
			},
			want: "manager is not kept by the target: the directory has one for 30 people",
		},
		"another manager": {
			spoil: func(w *world) { w.user(7)[enterprise].(map[string]any)["manager"] = "t9" },
			want:  "1 person has not the manager of the directory: User 7 (another one instead of User 0)",
		},
		"a canonical phone number": {
			spoil: func(w *world) {
				w.user(1)["phoneNumbers"] = []any{map[string]any{"type": "work", "value": "tel:+1-425-555-0100"}}
			},
			want: `phoneNumbers[type eq "work"].value is kept in another form, for 1 person: User 1 ("tel:+1-425-555-0100" instead of "+1 425 555 0100")`,
		},
		"an empty group": {
			spoil: func(w *world) { w.members(0, 0) },
			want: "30 memberships are missing in the target, in 1 group: User 0 in Sales, User 1 in Sales, User 2 in Sales, User 3 in Sales, User 4 in Sales, " +
				"User 5 in Sales, User 6 in Sales, User 7 in Sales, User 8 in Sales, User 9 in Sales, and 20 more",
		},
		"members that a group does not show": {
			spoil: func(w *world) {
				w.members(0, 20)
				for i := range 30 {
					w.user(i)["groups"] = []any{map[string]any{"value": "tg"}}
				}
			},
			want: "unverified 1",
		},
		"an extra member": {
			spoil: func(w *world) { g := w.want(30); g.Members = g.Members[:29] },
			want:  "1 membership is in the target and not in the directory, in 1 group: User 29 in Sales",
		},
		"a member of somebody else": {
			spoil: func(w *world) {
				g := w.stored["Groups"][0]
				g["members"] = append(g["members"].([]any), map[string]any{"value": "stranger"})
			},
			want: "1 membership of the target belongs to nobody in the directory, such as in Sales",
		},
		"a member who was deleted": {
			spoil: func(w *world) {
				g := w.stored["Groups"][0]
				g["members"] = append(g["members"].([]any), map[string]any{"value": "deleted"})
			},
			want: "1 membership of deleted people is left in the target, in 1 group: Ada in Sales",
		},
		"another account with the mark and the mail of a person": {
			spoil: func(w *world) {
				w.marked("m3")
				w.stored["Users"] = append(w.stored["Users"], map[string]any{"id": "old", "userName": "old3", "externalId": "m3", "displayName": "User 3"})
			},
			want: "1 person has a second account in the target, with the same externalId: User 3",
		},
		"doubled, and no lists": {
			spoil: func(w *world) {
				w.stored["Users"] = append(w.stored["Users"], map[string]any{"id": "twin", "userName": "U1@example.test"})
			},
			as: target{refuses: true},
			want: "1 person is in the target more than once: User 1\n" +
				"Users cannot be listed, so each was read by itself: status 403\nGroups cannot be listed, so each was read by itself: status 403",
		},
		"a second account, and only what the run wrote is read": {
			spoil: func(w *world) {
				w.marked("m3")
				w.stored["Users"] = append(w.stored["Users"], map[string]any{"id": "old", "userName": "old3", "externalId": "m3", "displayName": "User 3"})
			},
			opts: endstate.Options{ByID: true},
			want: "1 person has a second account in the target, with the same externalId: User 3",
		},
		"somebody else with the mark of a person": {
			spoil: func(w *world) {
				w.marked("m3")
				w.stored["Users"] = append(w.stored["Users"], map[string]any{"id": "other", "userName": "o", "externalId": "m3", "displayName": "Ada"})
			},
		},
		"letters composed otherwise, and white space": {
			spoil: func(w *world) {
				w.want(1).Attributes[1].Want, w.want(2).Attributes[1].Want = []string{"Büro"}, []string{"Head of\r\n IT"}
				w.user(1)["title"], w.user(2)["title"] = "Bu\u0308ro", "Head of IT"
			},
			want: "title is kept in another form, for 2 people: User 1 (\"Bu\u0308ro\" instead of \"Büro\"), User 2 (\"Head of IT\" instead of \"Head of\\r\\n IT\")",
		},
		"displayName is derived": {
			spoil: func(w *world) { w.named(false, "Ada Lovelace") },
			want: "displayName is kept in another form, for 1 person: User 0 (\"Ada Lovelace\" instead of \"Lovelace, Ada\")\n" +
				"the target derives displayName from name.givenName and name.familyName, so displayName was not compared",
		},
		"displayName is derived, or its change was ignored": {
			spoil: func(w *world) { w.named(true, "Ada Lovelace") },
			want:  `1 person has another displayName in the target than the mapping gives: User 0 ("Ada Lovelace" instead of "Lovelace, Ada")`,
		},
		"displayName is not derived from everybody": {
			spoil: func(w *world) {
				w.named(false, "Ada Lovelace")
				w.user(1)["displayName"], w.user(1)["name"] = "Boss", map[string]any{"givenName": "Grace", "familyName": "Hopper"}
			},
			want: `1 person has another displayName in the target than the mapping gives: User 0 ("Ada Lovelace" instead of "Lovelace, Ada")`,
		},
		"the target is down": {
			as: target{down: errors.New("429 Too Many Requests")},
			want: "unverified 5\nimpossible: 5 requests in a row failed; the last one was to read a person: 429 Too Many Requests\n" +
				"Users cannot be listed, so each was read by itself: 429 Too Many Requests\nGroups cannot be listed, so each was read by itself: 429 Too Many Requests",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(30)
			if c.spoil != nil {
				c.spoil(w)
			}
			if got := sentences(w.compared(t, &c.as, c.opts)); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// TestCost asks for few requests: pages for a right target, and a few reads more where a list
// shows less than the resource.
func TestCost(t *testing.T) {
	t.Parallel()
	w := newWorld(1000)
	if got := w.compared(t, &target{page: 100}, endstate.Options{}).Requests; got != 11 {
		t.Errorf("%d requests for ten pages of users and one of groups", got)
	}
	for i := range 1000 {
		delete(w.user(i), "title")
	}
	if got := w.compared(t, &target{page: 100}, endstate.Options{}).Requests; got > 100 {
		t.Errorf("%d requests where the target keeps no titles", got)
	}
}

// TestSample asks that a sample compares so many, the same ones each time.
func TestSample(t *testing.T) {
	t.Parallel()
	w := newWorld(300)
	w.stored["Users"] = nil
	first := w.compared(t, &target{}, endstate.Options{Sample: 20})
	again := w.compared(t, &target{}, endstate.Options{Sample: 20})
	if got := first.Users + first.Groups; got != 20 {
		t.Errorf("%d compared", got)
	}
	if a, b := sentences(first), sentences(again); a != b || !strings.Contains(a, "missing in the target") {
		t.Errorf("first:\n%s\nagain:\n%s", a, b)
	}
}

// TestEach asks that every difference is given, not only the first ones.
func TestEach(t *testing.T) {
	t.Parallel()
	w := newWorld(100)
	w.stored["Users"] = nil
	n := 0
	w.compared(t, &target{}, endstate.Options{Each: func(d endstate.Difference) error {
		if d.Kind == endstate.Missing {
			n++
		}
		return nil
	}})
	if n != 100 {
		t.Errorf("%d differences", n)
	}
}

// TestJoined finds who got into another group, and says nothing where groups are not listed.
func TestJoined(t *testing.T) {
	t.Parallel()
	w := newWorld(3)
	w.members(0, 2)
	list := func(x *target, limit int) *endstate.Memberships {
		x.Reader = endstate.Snapshot(func(endpoint string) []map[string]any { return w.stored[strings.TrimPrefix(endpoint, "/")] })
		m, err := endstate.ListMemberships(t.Context(), x, limit)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	before := list(&target{}, 100)
	w.stored["Groups"][0]["members"] = []any{map[string]any{"value": "t0"}, map[string]any{"value": "t1"}, map[string]any{"value": "t2"}}
	w.stored["Groups"] = append(w.stored["Groups"], map[string]any{"id": "new", "displayName": "Own", "members": map[string]any{"value": "t2"}})
	people := map[string]endstate.Ref{"t1": {ID: "s1"}, "t2": {Type: endstate.User, ID: "s2", Name: "User 2"}}
	var res endstate.Result
	if err := res.Found(list(&target{page: 1}, 100).Joined(before, people, "new"), nil); err != nil {
		t.Fatal(err)
	}
	if got, want := sentences(res), "1 membership is in the target and not in the directory, in 1 group: User 2 in Sales"; got != want {
		t.Errorf("got %s", got)
	}
	if list(&target{}, 2) != nil || list(&target{refuses: true}, 9) != nil {
		t.Error("more than the limit, or no list at all, is compared")
	}
}
