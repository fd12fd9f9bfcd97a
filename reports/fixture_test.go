package reports_test

import (
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/severity"
)

// injection is what a hostile source or target may call a user.
const injection = `<script>alert("x")</script><img src=x onerror=alert(1)>`

func start() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }

// fixture is a report as a run makes it: a job over some hours with an outage,
// and checks with each outcome. Nothing in it is real.
func fixture() *reports.Report {
	r := &reports.Report{
		SchemaVersion: reports.SchemaVersion,
		Tool:          reports.Tool{Name: "scimdrill", Version: "0.1.0", Commit: "4f2c9e1", Go: "go1.26.8", CatalogueVersion: "1"},
		Run: reports.Run{
			ID: "k7m2q9", Seed: 7, Command: "scimdrill demo --seed 7 --out scimdrill-out",
			Options: []reports.Option{
				{Name: "dialect", Value: "legacy"}, {Name: "interval", Value: "40m"}, {Name: "parallel", Value: "4"}, {Name: "token", Value: "REDACTED"},
			},
		},
		Target: reports.Target{
			URL: "http://127.0.0.1:38211/scim/v2", Kind: reports.TargetEmbedded, Notes: []string{"The target has 3 defects switched on: PAT-03, CAS-01, MEM-02."},
		},
		Timing: reports.Timing{
			Started: time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC), Ended: time.Date(2026, 11, 24, 9, 30, 12, 400e6, time.UTC),
			SimulationSeconds: 6.25, ConformanceSeconds: 2.5, Checks: []reports.CheckTiming{
				{Check: "USR-001", Seconds: 0.012}, {Check: "ATT-012[name.familyName|PATCH replace]", Seconds: 0.031},
			},
		},
		Simulation: shortSimulation(), Conformance: conformance(nil),
	}
	return r
}

func shortSimulation() *reports.Simulation {
	at := func(minutes int) time.Time { return start().Add(time.Duration(minutes) * time.Minute) }
	initial := reports.CycleCounts{Imported: 26, Created: 25, MembershipsAdded: 40, Requests: 92}
	job := reports.Job{
		Profile: "goto", ID: "goto.k7m2q9", Status: "Active",
		Cycles: []reports.Cycle{
			{Number: 1, Kind: reports.CycleInitial, Began: at(0), Ended: at(3), State: reports.CycleSucceeded, Counts: initial},
			{Number: 2, Kind: reports.CycleIncremental, Began: at(40), Ended: at(40), State: reports.CycleSucceeded, Counts: reports.CycleCounts{Requests: 1}},
			{Number: 3, Kind: reports.CycleIncremental, Began: at(80), Ended: at(80), State: reports.CycleSucceeded, Counts: reports.CycleCounts{Requests: 1}},
			{
				Number: 4, Kind: reports.CycleIncremental, Began: at(120), Ended: at(120), State: reports.CycleFailed, Counts: reports.CycleCounts{Requests: 1},
				Events: []string{"The job entered quarantine."},
			},
			{
				Number: 5, Kind: reports.CycleIncremental, Began: at(480), Ended: at(481), State: reports.CycleEntryLevelErrors,
				Counts: reports.CycleCounts{Imported: 3, Updated: 1, Disabled: 1, Failed: 1, Escrowed: 1, Requests: 6}, Events: []string{"The job left quarantine."},
			},
		},
		Quarantines: []reports.Span{{
			Began: at(120), Ended: at(480), Reason: "EncounteredQuarantineException", Error: "the target did not accept the credentials (401)",
			Attempts: []reports.Attempt{{At: at(480), Result: "the target answered; the job is active again"}},
		}},
		Escrows: []reports.Escrow{{
			ObjectType: "User", SourceID: "2d1f0a3c-0000-4000-8000-00000000002a", SourceName: "eve.k7m2q9@contoso.example", Since: at(480), Attempts: 1,
			NextAttempt: at(520),
			Error:       "400 invalidPath: the path emails[type eq \"work\"].value has no target",
		}},
		EscrowsTotal: 1, Entries: shortLog(at), EntriesTotal: 71,
	}
	return &reports.Simulation{
		Jobs: []reports.Job{job},
		Events: []reports.Event{
			{At: at(50), Kind: reports.EventChange, Title: "Grace Hopper changes her surname"},
			{At: at(110), Until: at(300), Kind: reports.EventOutage, Title: "the target answers 401 to everything"},
		},
		Expectations: []reports.Expectation{
			{Title: "The job is in quarantine at 11:00", Expected: "Quarantine", Actual: "Quarantine", Outcome: reports.Passed},
			{Title: "Every leaver is disabled", Expected: "2 users with active false", Actual: "1 user with active false", Outcome: reports.Failed},
		},
	}
}

func shortLog(at func(int) time.Time) []reports.Entry {
	return []reports.Entry{
		{
			Time: at(1), Cycle: 1, Action: "create", Status: reports.StatusSuccess, ObjectType: "User", SourceID: "2d1f0a3c-0000-4000-8000-000000000001",
			SourceName: injection, TargetID: "9b1deb4d",
			Steps: []reports.Step{
				{Name: "EntryImportAdd", Type: "import", Status: reports.StatusSuccess, Description: "Received User change of type (Add) from the source"},
				{
					Name: "EntrySynchronizationScoping", Type: "scoping", Status: reports.StatusSuccess, Description: "The user is in scope",
					Details: map[string]string{"Assigned to the application": "True", "Active in the source system": "True"},
				},
				{Name: "EntryExportAdd", Type: "export", Status: reports.StatusSuccess, Description: "The user was created in the target"},
			},
			Modified: []reports.Change{{Name: "userName", New: injection}, {Name: "active", New: "True"}},
		},
		{
			Time: at(480), Cycle: 5, Action: "update", Status: reports.StatusFailure, ObjectType: "User", SourceID: "2d1f0a3c-0000-4000-8000-00000000002a",
			SourceName: "eve.k7m2q9@contoso.example", TargetID: "77c4e0aa",
			Steps:    []reports.Step{{Name: "EntryExportUpdate", Type: "export", Status: reports.StatusFailure, Description: "The target refused the PATCH"}},
			Modified: []reports.Change{{Name: `emails[type eq "work"].value`, Old: "eve@contoso.example", New: "eve.adams@contoso.example"}},
			Error:    "400 invalidPath: the path emails[type eq \"work\"].value has no target",
		},
		{
			Time: at(481), Cycle: 5, Action: "disable", Status: reports.StatusSuccess, ObjectType: "User", SourceName: "bob.k7m2q9@contoso.example",
			Modified: []reports.Change{{Name: "active", Old: "True", New: "False"}},
		},
	}
}

// described returns what is known about the causes of the fixture.
func described(key string) reports.Cause {
	return map[string]reports.Cause{
		"patch-value-path": {
			Title: "PATCH with a filter in the path changes nothing", Severity: severity.Loss,
			Effect: "A person who marries keeps the old name in your application.",
		},
		"case-exact": {Title: "userName is compared with regard to case", Severity: severity.Stops},
	}[key]
}

// conformance returns a section with findings of several causes, blocked checks, a known finding, and more.
func conformance(more []reports.Check) *reports.Conformance {
	rfc := func(section, anchor string) []reports.Reference {
		return []reports.Reference{{Name: "RFC 7644 §" + section, URL: "https://www.rfc-editor.org/rfc/rfc7644#section-" + anchor}}
	}
	basis := []reports.Basis{
		{Kind: reports.BasisRFC, Ref: "RFC 7644", Date: "2015-09-01"}, {Kind: reports.BasisMicrosoft, Ref: "Develop a SCIM endpoint", Date: "2026-10-02"},
	}
	patch := reports.Check{
		ID: "ATT-012", Subject: "name.familyName|PATCH replace", Title: "replaces a sub-attribute by PATCH and gives it back", Suite: "attributes", Level: "MUST",
		Outcome:    reports.Failed,
		References: rfc("3.5.2.3", "3.5.2.3"), Basis: basis,
		Why: "Entra sends every change of a surname in this form. A target that ignores it keeps the old name for ever, and Entra does not notice: the answer " +
			"was 200.",
		Expected: `name.familyName is "Lovelace" after the PATCH`, Actual: `name.familyName is still "Byron"`,
		Difference: "  {\n-   \"familyName\": \"Lovelace\"\n+   \"familyName\": \"Byron\"\n  }",
		Severity:   severity.Loss,
		Fix:        "Apply a replace whose path names a sub-attribute to that sub-attribute.", Cause: "patch-value-path",
		Repeat: "scimdrill conform --target http://127.0.0.1:38211/scim/v2 --check 'ATT-012[name.familyName|PATCH replace]' --seed 7",
		Docs:   "https://scimdrill.github.io/scimdrill/reference/checks.html#att-012",
		Exchanges: []reports.Exchange{{
			Method: "PATCH", URL: "http://127.0.0.1:38211/scim/v2/Users/9b1deb4d", Status: 200,
			RequestHeader: []reports.Header{{Name: "Authorization", Value: "Bearer REDACTED"}, {Name: "Content-Type", Value: "application/scim+json"}},
			ResponseHeader: []reports.Header{
				{Name: "Content-Type", Value: "application/scim+json;charset=utf-8"},
				{Name: "X-Served-By", Value: `<b>app-3</b>`},
			},
			RequestBody:  `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"name.familyName","value":"Lovelace"}]}`,
			ResponseBody: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"9b1deb4d","name":{"givenName":"Ada","familyName":"Byron"}}`,
			Curl: "curl -sS -i -X PATCH http://127.0.0.1:38211/scim/v2/Users/9b1deb4d \\\n  -H \"Authorization: Bearer $SCIMDRILL_TOKEN\" \\\n" +
				"  -H 'Content-Type: application/scim+json' \\\n  --data-raw '{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"]," +
				"\"Operations\":[{\"op\":\"Replace\",\"path\":\"name.familyName\",\"value\":\"Lovelace\"}]}'",
		}},
	}
	mail := patch
	mail.Subject, mail.Title, mail.Exchanges = `emails[type eq "work"].value|PATCH replace`, "replaces the work address by PATCH and gives it back", nil
	mail.Expected, mail.Actual, mail.Difference = `the work address is "ada@contoso.example"`, "400 invalidPath", ""
	mail.Repeat, mail.Docs = "", ""
	mail.Outcome = reports.Failed
	exact := reports.Check{
		ID: "FLT-004", Title: "finds userName without regard to case", Suite: "filtering", Level: "ENTRA", Outcome: reports.Failed,
		References: []reports.Reference{{Name: "RFC 7643 §4.1.1", URL: "https://www.rfc-editor.org/rfc/rfc7643#section-4.1.1"}}, Basis: basis[:1],
		Why: "Entra looks for ADA@contoso.example, finds nobody, and creates Ada a second time.", Expected: "1 resource for userName eq \"ADA@CONTOSO.EXAMPLE\"",
		Actual: "0 resources",
		Fix:    "Compare userName case-insensitively, in filters and for uniqueness.", Cause: "case-exact",
	}
	warned := reports.Check{
		ID: "GRP-007", Title: "answers 204 to a PATCH of members", Suite: "groups", Level: "SHOULD", Outcome: reports.Warned, Basis: []reports.Basis{
			{Kind: reports.BasisObserved, Ref: "gallery tutorials", Date: "2026-09-11"},
		},
		Why: "A full group in every answer costs time; with 10,000 members Entra may run into its time-out.", Expected: "204 without a body",
		Actual: "200 with 1,204 bytes", Fix: "Answer a PATCH of a group with 204.",
	}
	errored := reports.Check{
		ID: "GRP-011", Title: "takes 1,000 members", Suite: "groups", Level: "MUST", Outcome: reports.Errored, Expected: "204", Actual: "no answer within 60 s",
		Exchanges: []reports.Exchange{{Method: "PATCH", URL: "http://127.0.0.1:38211/scim/v2/Groups/5", Failure: "timeout"}},
	}
	checks := []reports.Check{
		patch, mail, exact, warned, errored,
		{
			ID: "GRP-020", Title: "removes a deleted group from its members", Suite: "groups", Level: "MUST", Outcome: reports.Blocked, BlockedBy: "GRP-011",
			Actual: "could not be judged, because PATCH /Groups/5 was not answered within 60 s",
		},
		{
			ID: "GRP-021", Title: "keeps the other members", Suite: "groups", Level: "MUST", Outcome: reports.Blocked, BlockedBy: "GRP-011",
			Actual: "could not be judged, because PATCH /Groups/5 was not answered within 60 s",
		},
		{
			ID: "FLT-009", Title: "supports filters with not", Suite: "filtering", Level: "MUST", Outcome: reports.Skipped,
			SkipReason: "fails as expected until 2026-12-31: not ships with release 4.2",
			Accepted:   &reports.Accepted{Found: reports.Failed, Reason: "not ships with release 4.2", Expires: "2026-12-31", Where: "known.yaml:2"},
		},
		{
			ID: "BLK-001", Title: "answers a bulk request", Suite: "bulk", Level: "MAY", Outcome: reports.Skipped,
			SkipReason: "the target does not support bulk", SkipFeature: "bulk",
		},
		{
			ID: "USR-001", Title: "creates a user and gives back its id", Suite: "creating", Level: "MUST", Outcome: reports.Passed, References: rfc("3.3", "3.3"),
			Basis: basis[:1],
		},
	}
	checks = append(checks, more...)
	return &reports.Conformance{
		Profiles: []string{"entra", "rfc"}, Summary: reports.Summarize(checks), Checks: checks, Causes: reports.GroupByCause(checks, described),
		NotJudged: []reports.NotJudged{
			{Name: "nickName", Reason: "not announced, not kept, and not mapped", Checks: 4},
			{Name: "x509Certificates", Reason: "not announced, not kept, and not mapped", Checks: 6},
			{Name: "/Me", Reason: "no --me NAME was given"},
		},
		Features: []reports.Feature{
			{Name: "bulk", Found: false, Declared: "no"},
			{Name: "filter", Found: true, Declared: "yes"},
			{Name: "patch", Found: true, Declared: "no", Note: "declared as not supported, but it works"},
		},
	}
}

// weekFixture is the size of a demo: seven days, an outage, many checks.
func weekFixture() *reports.Report {
	r := fixture()
	s, job := r.Simulation, &r.Simulation.Jobs[0]
	job.Cycles, job.Entries, s.Events = nil, nil, nil
	outage, back := start().Add(53*time.Hour), start().Add(64*time.Hour)
	next := start()
	for n := 1; next.Before(start().Add(7 * 24 * time.Hour)); n++ {
		c := reports.Cycle{
			Number: n, Kind: reports.CycleIncremental, Began: next, Ended: next, State: reports.CycleSucceeded, Counts: reports.CycleCounts{Requests: 1},
		}
		hour, day := next.Hour(), next.Weekday()
		switch {
		case n == 1:
			c.Kind, c.Counts = reports.CycleInitial, reports.CycleCounts{Imported: 225, Created: 225, MembershipsAdded: 640, Requests: 1516}
		case !next.Before(outage) && next.Before(back):
			c.State, c.Events = reports.CycleFailed, []string{"The preflight failed: 503."}
		case hour >= 8 && hour < 18 && day != time.Saturday && day != time.Sunday && (n*7)%5 < 2:
			c.Counts = reports.CycleCounts{
				Imported: n % 9, Created: n % 3, Updated: n % 7, Disabled: n % 2, MembershipsAdded: n % 11, MembershipsRemoved: n % 4, Requests: 3 * (n % 13),
			}
			if n%31 == 0 {
				c.State, c.Counts.Failed, c.Counts.Escrowed = reports.CycleEntryLevelErrors, 1, 1
			}
		}
		job.Cycles = append(job.Cycles, c)
		next = next.Add(40 * time.Minute)
		if c.State == reports.CycleFailed {
			next = c.Began.Add(6 * time.Hour)
		}
	}
	s.Events = []reports.Event{
		{At: start().Add(25 * time.Hour), Kind: reports.EventChange, Title: "5 joiners and 1 leaver"},
		{At: start().Add(27 * time.Hour), Kind: reports.EventChange, Title: "Grace Hopper moves from Sales to Support"},
		{At: outage.Add(-10 * time.Minute), Until: back.Add(-2 * time.Hour), Kind: reports.EventOutage, Title: "The target answers 503"},
		{At: start().Add(98 * time.Hour), Kind: reports.EventChange, Title: "The group Support loses 4 members"},
		{At: start().Add(101 * time.Hour), Kind: reports.EventChange, Title: "Ada Byron is called Ada Lovelace now"},
		{At: start().Add(148 * time.Hour), Kind: reports.EventChange, Title: "3 leavers"},
	}
	job.Quarantines = []reports.Span{{
		Began: outage, Ended: back.Add(time.Hour), Reason: "EncounteredQuarantineException", Error: "the query before the cycle was answered with 503",
		Attempts: []reports.Attempt{
			{At: outage, Result: "503; the job enters quarantine, the next attempt is in 6 hours"},
			{At: outage.Add(6 * time.Hour), Result: "503; the next attempt is in 6 hours"},
			{At: back.Add(time.Hour), Result: "the target answered; the job is active again"},
		},
	}}
	var log reports.EntryLog
	names := []string{"ada.lovelace", "grace.hopper", "alan.turing", "edsger.dijkstra", "barbara.liskov", "tony.hoare", "margaret.hamilton", "donald.knuth"}
	for i := range 2600 {
		e := fixture().Simulation.Jobs[0].Entries[i%3]
		e.Time, e.Cycle = start().Add(time.Duration(i)*232*time.Second), 1+i/10
		if i%3 != 0 || i > 3 {
			e.SourceName = fmt.Sprintf("%s%d.k7m2q9@contoso.example", names[i%len(names)], i)
		}
		if i%3 == 1 && i%90 != 1 {
			e.Status, e.Error = reports.StatusSkipped, ""
			e.Steps, e.Modified, e.Action = nil, nil, "other"
		}
		log.Add(e)
	}
	job.Entries, job.EntriesTotal = log.Entries()
	var more []reports.Check
	for i := range 54 {
		c := reports.Check{
			ID: fmt.Sprintf("ATT-%03d", 100+i), Title: "keeps an attribute as it was written", Suite: "attributes", Level: []string{"MUST", "SHOULD", "ENTRA"}[i%3],
			Outcome: reports.Passed, References: []reports.Reference{{Name: "RFC 7643 §2.2", URL: "https://www.rfc-editor.org/rfc/rfc7643#section-2.2"}},
		}
		more = append(more, c)
	}
	r.Conformance = conformance(more)
	return r
}
