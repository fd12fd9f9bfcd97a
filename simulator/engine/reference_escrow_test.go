package engine_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// once plays a mishap on the first PATCH whose body holds a text; lost says that the target
// does what it was asked for all the same.
func (e *endpoint) once(text string, lost bool) {
	met := false
	e.answer = func(w http.ResponseWriter, r *http.Request, body string) bool {
		if met || r.Method != http.MethodPatch || !strings.Contains(body, text) {
			return false
		}
		met = true
		if lost {
			again := httptest.NewRequestWithContext(r.Context(), r.Method, r.URL.Path, strings.NewReader(body))
			again.Header = r.Header
			e.target.ServeHTTP(httptest.NewRecorder(), again)
		}
		w.WriteHeader(http.StatusInternalServerError)
		return true
	}
}

// always answers 500 to every PATCH whose body holds a text.
func (e *endpoint) always(text string) {
	e.answer = func(w http.ResponseWriter, r *http.Request, body string) bool {
		fails := r.Method == http.MethodPatch && strings.Contains(body, text)
		if fails {
			w.WriteHeader(http.StatusInternalServerError)
		}
		return fails
	}
}

// TestReferenceEscrows tells of references whose write failed and that changed before they
// were tried again.
func TestReferenceEscrows(t *testing.T) {
	t.Parallel()
	t.Run("E-292 E-235 a membership that the target wrote and answered with an error is taken away when it ends", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("ada"), assigned("g"))
		s.server.once(`"members"`, true)
		s.cycle()
		s.cycle(regroup("g", "-ada")).writes("PATCH Groups/g Remove members ada")
		s.holds("g")
		s.cycle().reads()
	})
	t.Run("E-292 E-235 a membership that the target removed and answered with an error is written when it comes back", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("ada"), assigned("g")).cycle()
		s.server.once(`"members"`, true)
		s.cycle(regroup("g", "-ada"))
		s.cycle(regroup("g", "ada")).writes("PATCH Groups/g Add members ada")
		s.holds("g", "ada")
		s.cycle().reads()
	})
	t.Run("E-235 a membership of somebody who is gone is not tried again", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("ada"), assigned("g"))
		s.server.once(`"members"`, false)
		s.cycle()
		s.cycle(hardDeleted("ada")).writes("DELETE Users/ada")
		s.cycle().reads()
	})
	t.Run("E-45 a membership of somebody who failed and left scope is not tried again", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("g"))
		s.refuse("ada")
		s.cycle().cycle(regroup("g", "-ada")).cycle().reads()
	})
	t.Run("E-44 a manager who failed and left scope is not waited for", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob", "manager@delta", `[{"id":"ada"}]`), assigned("ada"), assigned("bob"))
		s.refuse("ada")
		s.cycle().cycle(unassigned("ada")).cycle().reads()
	})
	t.Run("A-2 E-235 the members of a group that fails itself wait for its next try", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), group("g", "ada"), assigned("ada"), assigned("bob"), assigned("g")).cycle()
		s.server.once(`"members"`, false)
		s.cycle(regroup("g", "bob"))
		s.server.do(t, http.MethodDelete, "/Groups/"+s.server.id("g"), "")
		read := "GET Groups/g?excludedAttributes=members"
		s.cycle().reads(read)                                               // the member is due, and the group is gone
		s.cycle().reads(read)                                               // the next cycle
		s.cycle().reads()                                                   // nobody before six hours are over
		s.cycle().reads()                                                   //
		s.cycle(change("ada", "jobTitle", `"Head"`)).reads("GET Users/ada") // others are looked at
		s.cycle(regroup("g", "-ada")).reads(read)                           // a change is tried at once
	})
	t.Run("E-46 E-240 E-276 a restart removes a member whose removal failed and who was disabled in between", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("ada"), assigned("g")).cycle()
		s.server.always(`"members"`)
		s.cycle(regroup("g", "-ada"))
		s.cycle(softDeleted("ada")).cycle(change("ada"))
		s.server.answer = nil
		s.restart() // which drops what was to be tried again
		s.cycle().writes("PATCH Groups/g Remove members ada")
		s.holds("g")
		s.cycle().reads()
	})
	t.Run("E-44 an earlier manager who failed is not waited for", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob", "manager@delta", `[{"id":"ada"}]`), user("eve"), assigned("ada"), assigned("bob"), assigned("eve"))
		s.refuse("ada", "eve")
		s.cycle().cycle(change("bob", "manager@delta", `[{"id":"eve"}]`))
		s.cycle().cycle().reads()
	})
}

// refuse makes the target refuse to create some.
func (s *story) refuse(names ...string) {
	s.server.answer = func(w http.ResponseWriter, r *http.Request, body string) bool {
		if r.Method != http.MethodPost || !slices.Contains(names, short(body)) {
			return false
		}
		w.WriteHeader(http.StatusInternalServerError)
		return true
	}
}

// holds compares the members of a group in the target.
func (s *story) holds(name string, members ...string) {
	s.t.Helper()
	text := s.server.do(s.t, http.MethodGet, "/Groups/"+s.server.id(name), "")
	for _, m := range members {
		if !strings.Contains(text, s.server.id(m)) {
			s.t.Errorf("%s is not a member of %s: %s", m, name, text)
		}
	}
	if n := strings.Count(text, `"value"`); n != len(members) {
		s.t.Errorf("%s has %d members and not %v: %s", name, n, members, text)
	}
}
