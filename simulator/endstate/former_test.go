package endstate_test

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

const work = `phoneNumbers[type eq "work"].value`

// TestFormer compares targets that still hold what was there before a change, a rename or a deletion.
func TestFormer(t *testing.T) {
	t.Parallel()
	renamed := func(w *world, more map[string]any) {
		w.want(3).Former = []endstate.Match{{Path: "userName", Value: "old3"}}
		w.user(3)["displayName"] = "User 3"
		other := map[string]any{"id": "old", "userName": "OLD3", "displayName": "User 3"}
		maps.Copy(other, more)
		w.stored["Users"] = append(w.stored["Users"], other)
	}
	phone := func(w *world, values ...any) {
		w.user(1)["phoneNumbers"] = append([]any{map[string]any{"type": "work", "value": "+1 425 555 0100"}}, values...)
		w.want(1).Attributes[2].Former = []string{"+1 425 555 0111"}
	}
	for name, c := range map[string]struct {
		spoil func(*world)
		opts  endstate.Options
		want  string
	}{
		"the old account stays after a rename": {
			spoil: func(w *world) { renamed(w, nil) },
			want:  "1 person was renamed, and another person still has the former userName: User 3",
		},
		"the old account stays, and only what the run wrote is read": {
			spoil: func(w *world) { renamed(w, nil) }, opts: endstate.Options{ByID: true},
			want: "1 person was renamed, and another person still has the former userName: User 3",
		},
		"somebody else took the name": {spoil: func(w *world) { renamed(w, map[string]any{"displayName": "Ada"}) }},
		"somebody of the directory took the name": {
			spoil: func(w *world) {
				renamed(w, nil)
				w.expected = append(w.expected, endstate.Expected{Ref: endstate.Ref{Type: endstate.User, ID: "s30", Target: "old"}})
			},
		},
		"the old group stays after a rename": {
			spoil: func(w *world) {
				w.want(30).Former = []endstate.Match{{Path: "displayName", Value: "Vendite"}}
				w.stored["Groups"] = append(w.stored["Groups"], map[string]any{"id": "o", "displayName": "Vendite", "members": w.stored["Groups"][0]["members"]})
			},
			want: "1 group was renamed, and another group still has the former displayName: Sales",
		},
		"the old value stays beside the new one": {
			spoil: func(w *world) { phone(w, map[string]any{"type": "work", "value": "+1 425 555 0111"}) },
			want:  "1 person has another " + work + ` in the target than the mapping gives: User 1 ("+1 425 555 0111" instead of "+1 425 555 0100")`,
		},
		"the old value has another type, and a third one is somebody else's": {
			spoil: func(w *world) {
				phone(w, map[string]any{"type": "home", "value": "+1 425 555 0111"}, map[string]any{"type": "work", "value": "+1 425 555 0199"})
			},
		},
		"one value twice": {
			spoil: func(w *world) { phone(w, map[string]any{"type": "work", "value": "+1 425 555 0100"}) },
			want:  work + ` is kept in another form, for 1 person: User 1 ("+1 425 555 0100, +1 425 555 0100" instead of "+1 425 555 0100")`,
		},
		"one member twice": {
			spoil: func(w *world) {
				g := w.stored["Groups"][0]
				g["members"] = append(g["members"].([]any), map[string]any{"value": "t7"})
			},
			want: "1 membership is in the target more than once, in 1 group: User 7 in Sales",
		},
		"a value of the person before": {
			spoil: func(w *world) {
				w.want(2).Attributes[1] = endstate.Attribute{Path: "title", Former: []string{"Chief"}}
				w.user(2)["title"] = "Chief"
			},
			want: `1 person has another title in the target than the mapping gives: User 2 ("Chief", and the mapping gives none)`,
		},
		"a default that the person before had not": {
			spoil: func(w *world) { w.want(2).Attributes[1] = endstate.Attribute{Path: "title", Former: []string{"Chief"}} },
		},
		"no value of the person before": {
			spoil: func(w *world) {
				w.want(2).Attributes[1] = endstate.Attribute{Path: "title", Former: []string{"Chief"}}
				delete(w.user(2), "title")
			},
		},
		"a manager who was taken away": {
			spoil: func(w *world) { w.want(4).Manager, w.want(4).NoManager = nil, enterprise+":manager" },
			want:  "1 person has a manager in the target, and none in the directory: User 4",
		},
		"a role too many": {
			spoil: func(w *world) {
				w.want(5).Attributes = append(w.want(5).Attributes, endstate.Attribute{Path: "roles", Want: []string{"User"}, Many: true, Exact: true})
				w.user(5)["roles"] = []any{map[string]any{"value": "User"}, map[string]any{"value": "Admin"}}
			},
			want: `1 person has another roles in the target than the mapping gives: User 5 ("Admin" instead of "User")`,
		},
		"a deleted person is back under another id": {
			spoil: func(w *world) {
				w.expected = append(w.expected, endstate.Expected{
					Ref: endstate.Ref{Type: endstate.User, ID: "x", Name: "Ada", Target: "tx"}, Presence: endstate.Gone,
					Matching: []endstate.Match{{Path: "userName", Value: "ada"}},
				})
				w.stored["Users"] = append(w.stored["Users"], map[string]any{"id": "ty", "userName": "ada"})
			},
			want: "1 person was deleted and is still in the target: Ada (under another id)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(30)
			c.spoil(w)
			if got := sentences(w.compared(t, &target{}, c.opts)); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// stale answers reads by id otherwise than lists.
type stale struct {
	endstate.Reader
	change func(id string, values map[string]any) error
}

func (s stale) Read(ctx context.Context, collection, id string) (scimclient.Resource, error) {
	r, err := s.Reader.Read(ctx, collection, id)
	if err != nil {
		return r, err
	}
	r.Values = maps.Clone(r.Values)
	return r, s.change(id, r.Values)
}

// TestSpotChecks finds a target whose lists are right and whose reads are not.
func TestSpotChecks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change   func(id string, values map[string]any) error
		requests int
		want     string
	}{
		"right": {func(string, map[string]any) error { return nil }, 8, ""},
		"a value": {func(_ string, v map[string]any) error {
			if v["userName"] != nil {
				v["title"] = "Old"
			}
			return nil
		}, 33, "30 people have another title in the target than the mapping gives: User 0"},
		"nobody": {func(id string, _ map[string]any) error {
			if id != "tg" {
				return endstate.ErrGone
			}
			return nil
		}, 33, "30 people are missing in the target: User 0"},
		"members": {func(id string, v map[string]any) error {
			if id == "tg" {
				delete(v, "members")
			}
			return nil
		}, 11, "unverified 1"}, // a search finds them
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(30)
			snapshot := endstate.Snapshot(func(endpoint string) []map[string]any { return w.stored[strings.TrimPrefix(endpoint, "/")] })
			o := endstate.Options{Matching: map[string][]string{"Users": {"userName"}, "Groups": {"displayName"}}, SpotChecks: true}
			res, err := endstate.Compare(t.Context(), w.all(), stale{snapshot, c.change}, o)
			if err != nil {
				t.Fatal(err)
			}
			if got := sentences(res); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" || c.requests > 0 && res.Requests != c.requests {
				t.Errorf("%d requests, got:\n%s", res.Requests, got)
			}
		})
	}
}
