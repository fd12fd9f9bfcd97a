package worlds_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// Marks between the requests of a trace.
const (
	forceMark = "force" // an administrator allowed what was held back
	stopMark  = "stop"  // a run was stopped in the middle of a cycle
)

// disables finds the operation that takes somebody's access away, in any dialect.
var disables = regexp.MustCompile(`"active":"?(False|false)|"path":"active","value":"?(False|false)`)

// gated checks that no cycle disables or deletes more objects than the threshold says, until
// an administrator allows it (E-225 to E-228, A-15). A cycle begins with its preflight.
func (l *life) gated(trace []*sent) {
	if !l.w.gate() {
		return
	}
	threshold, err := strconv.Atoi(l.w.Set["deleteThreshold"])
	if err != nil {
		l.problem("run", "the threshold: %v", err)
		return
	}
	if l.w.Set["deleteThresholdMet"] == "true" {
		threshold = max(threshold-1, 0)
	}
	gone := map[string]bool{}
	free := 0 // cycles to come in which what was held back may go
	for _, s := range trace {
		switch {
		case s.mark == forceMark:
			free = 2
		case s.mark == stopMark && free > 0:
			free++ // the cycle begins again
		case s.mark != "":
		case s.preflight && strings.HasSuffix(s.path, "/Users"):
			clear(gone)
			if s.fine() && free > 0 {
				free--
			}
		case s.method == http.MethodDelete, s.method == http.MethodPatch && disables.MatchString(s.body):
			if gone[s.path] = true; len(gone) > threshold && free == 0 {
				l.problem("gate", "%s %s is number %d of a cycle that may disable or delete %d", s.method, s.path, len(gone), threshold)
				return
			}
		}
	}
}

// acted checks that no action on users was taken that was never on (E-115).
func (l *life) acted(m *model, trace []*sent) {
	for _, s := range trace {
		if !s.write() || !strings.HasPrefix(s.path, "/Users") {
			continue
		}
		action := map[string]string{http.MethodPost: "Add", http.MethodDelete: "Delete", http.MethodPatch: "Update"}[s.method]
		manager := action == "Update" && strings.Contains(s.body, "manager") // of somebody who was made
		if !m.ever.actions[action] && !manager {
			l.problem("action", "%s %s %s was sent, and the action %s was never on", s.method, s.path, s.body, action)
			return
		}
	}
}
