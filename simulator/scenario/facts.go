package scenario

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// facts are the events so far, from the files and hooks of the run.
type facts struct {
	logFile, auditFile     string
	logOffset, auditOffset int64
	log                    []logFact
	audit                  []auditFact
	cycles                 []cycle.Result

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

// read reads the lines added to the files since the last time.
func (f *facts) read() error {
	err := tail(f.logFile, &f.logOffset, func(raw []byte) error {
		var s provlog.Summary
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		f.log = append(f.log, logged(&s))
		return nil
	})
	return errors.Join(err, tail(f.auditFile, &f.auditOffset, func(raw []byte) error {
		var a job.Audit
		if err := json.Unmarshal(raw, &a); err != nil {
			return err
		}
		fact := auditFact{at: time.Time(a.ActivityDateTime), activity: a.ActivityDisplayName, result: a.Result, details: map[string]string{}}
		for _, d := range a.AdditionalDetails {
			fact.details[strings.ToLower(d.Key)] = d.Value
		}
		f.audit = append(f.audit, fact)
		return nil
	}))
}

func logged(s *provlog.Summary) logFact {
	f := logFact{
		at: time.Time(s.ActivityDateTime), action: string(s.ProvisioningAction), status: string(s.ProvisioningStatusInfo.Status),
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

// tail reads the complete lines after an offset.
func tail(path string, offset *int64, line func([]byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read the logs of the run: %w", err)
	}
	defer file.Close()
	if _, err := file.Seek(*offset, io.SeekStart); err != nil {
		return fmt.Errorf("read the logs of the run: %w", err)
	}
	r := bufio.NewReaderSize(file, 1<<16)
	for {
		raw, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the logs of the run: %w", err)
		}
		*offset += int64(len(raw))
		if err := line(bytes.TrimSpace(raw)); err != nil {
			return fmt.Errorf("read the logs of the run, %s: %w", path, err)
		}
	}
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
