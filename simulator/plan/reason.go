package plan

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// lost says why an object is not wanted in the target any more (E-68, E-142).
func lost(s *provlog.Summary) string {
	if has(s, provlog.EntryImportDelete) {
		return "deleted in the source for good"
	}
	var why []string
	for _, step := range s.ProvisioningSteps {
		if step.Name != provlog.EntrySynchronizationScoping {
			continue
		}
		why = append(why, failed(step.Details)...)
	}
	if len(why) == 0 {
		return "not in scope"
	}
	return strings.Join(why, ", ")
}

// failed words the conditions of the scoping step that are false and count: an assignment
// does not where everybody is in scope, and who has none has no role either.
func failed(details provlog.Details) []string {
	var why []string
	assigned := true
	for _, d := range details {
		switch {
		case d.Value != "False":
		case strings.HasPrefix(d.Key, "Assigned"):
			assigned = false
		case isRole(d.Key) && !assigned:
			why = append(why, "not assigned to the application")
		default:
			why = append(why, condition(d.Key, details))
		}
	}
	return why
}

// condition words a condition of the scoping step that is false.
func condition(key string, details provlog.Details) string {
	switch {
	case strings.HasPrefix(key, "Active"):
		return "blocked or deleted in the source"
	case isRole(key):
		return "without a role that entitles"
	case strings.HasPrefix(key, "Scoping filter"):
		return "not let through by the scoping filters (" + untrue(details.Get("ScopeEvaluationResult")) + ")"
	}
	return key + " is false"
}

// untrue lists the clauses that did not hold, of the log's JSON object of clause and outcome.
func untrue(result string) string {
	var clauses []string
	d := json.NewDecoder(strings.NewReader(result))
	name := ""
	for {
		token, err := d.Token()
		if err != nil {
			return "false: " + strings.Join(clauses, "; ")
		}
		switch v := token.(type) {
		case string:
			name = v
		case bool:
			if !v {
				clauses = append(clauses, name)
			}
		}
	}
}

func isRole(key string) bool { return strings.HasSuffix(key, "has the required role") }

// skipText says why an object is passed over.
func skipText(s *provlog.Summary) string {
	if skipReason(s) == provlog.SkipNotEffectivelyEntitled {
		return lost(s)
	}
	text := ""
	for _, step := range s.ProvisioningSteps {
		if step.Details.Get("SkipReason") != "" {
			text = step.Description
		}
	}
	if _, why, ok := strings.Cut(text, "will be skipped: "); ok {
		return why
	}
	if _, why, ok := strings.Cut(text, "will be skipped because "); ok {
		return why
	}
	return text
}

// plannedID finds ids that a plan gave, in a text.
var plannedID = regexp.MustCompile(prefix + `[0-9A-Za-z-]+`)

// named is the reason of a failure without the times of retries, and with names where the
// plan put ids of its own.
func (l *Log) named(reason string) string {
	reason, _, _ = strings.Cut(reason, " This operation was retried")
	return plannedID.ReplaceAllStringFunc(reason, func(id string) string {
		if o := l.object("", &id); o.ID != "" {
			return o.Type + " " + o.Name
		}
		return "an object that this plan creates"
	})
}
