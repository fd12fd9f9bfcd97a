package scenario

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// facts are the events so far, from the hooks of the run.
type facts struct {
	log    []logFact
	audit  []auditFact
	cycles []cycle.Result

	mu       sync.Mutex // of requests and mishaps, which come from workers
	requests []requestFact
	mishaps  []mishapFact
}

type logFact struct {
	at                                               time.Time
	action, status, code, skip, id, kind, step, name string
	properties                                       []string
}

type auditFact struct {
	at               time.Time
	activity, result string
	details          map[string]string
}

type requestFact struct {
	at                 time.Time
	method, path, body string
	status             int
}

func (f *facts) request(x *exchange.Exchange) {
	f.mu.Lock()
	defer f.mu.Unlock()
	path := x.URL
	if _, after, ok := strings.Cut(path, "://"); ok {
		path = after
		if i := strings.IndexByte(path, '/'); i >= 0 {
			path = path[i:]
		}
	}
	f.requests = append(f.requests, requestFact{at: x.Virtual, method: x.Method, path: path, body: string(x.RequestBody), status: x.Status})
}

// logEntry keeps an entry of the provisioning log.
func (f *facts) logEntry(s *provlog.Summary) { f.log = append(f.log, logged(s)) }

// auditEvent keeps an event of the audit log.
func (f *facts) auditEvent(a *job.Audit) {
	fact := auditFact{at: second(a.ActivityDateTime), activity: a.ActivityDisplayName, result: a.Result, details: map[string]string{}}
	for _, d := range a.AdditionalDetails {
		fact.details[strings.ToLower(d.Key)] = d.Value
	}
	f.audit = append(f.audit, fact)
}

// second is a time as both logs write it: they have whole seconds.
func second(t provlog.Time) time.Time { return time.Time(t).Truncate(time.Second) }

func logged(s *provlog.Summary) logFact {
	f := logFact{
		at: second(s.ActivityDateTime), action: string(s.ProvisioningAction), status: string(s.ProvisioningStatusInfo.Status),
		id: s.SourceIdentity.ID, kind: s.SourceIdentity.IdentityType, name: s.SourceIdentity.DisplayName,
	}
	if info := s.ProvisioningStatusInfo.ErrorInformation; info != nil {
		f.code = info.ErrorCode
	}
	for _, step := range s.ProvisioningSteps {
		if reason := step.Details.Get("SkipReason"); reason != "" {
			f.skip = reason
		}
		f.step = step.Name
	}
	for _, m := range s.ModifiedProperties {
		f.properties = append(f.properties, m.DisplayName)
	}
	return f
}

// state is the state of a cycle in Graph's words.
func state(c cycle.Result) string {
	switch {
	case c.Failed:
		return "Failed"
	case c.Counts.Failed > 0:
		return "EntryLevelErrors"
	}
	return "Succeeded"
}

// matches compares a value with the wanted one, without regard to letter case; a
// list of alternatives is joined by |.
func matches(got, want string) bool {
	return slices.ContainsFunc(strings.Split(want, "|"), func(w string) bool { return strings.EqualFold(got, w) })
}
