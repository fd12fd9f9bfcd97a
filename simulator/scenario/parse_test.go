package scenario_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/simulator/scenario"
)

const good = `title: A story
for: 1d
tenant:
  users:
    - {user: ada, name: Ada Lovelace}
  groups:
    - {group: sales, members: [ada]}
timeline:
  - at: 1h
    source:
      - {user: ada, accountEnabled: false}
    job: restart Watermark
expect:
  - at: 2h
    that:
      - target.user(ada).active == false
`

func TestParse(t *testing.T) {
	t.Parallel()
	if _, err := scenario.Parse([]byte(good), "good.yaml"); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, old, new, want string }{
		{"unknown field", "title: A story", "titel: A story", "bad.yaml:1: \"titel\""},
		{"unknown field inside", "    job:", "    jobs:", "bad.yaml:12: \"jobs\""},
		{"wrong type", "for: 1d", "for: [1, 2]", "bad.yaml:2"},
		{"length of time", "for: 1d", "for: tomorrow", `bad.yaml:2: "tomorrow" is not a duration`},
		{"negative duration", "at: 2h", "at: -2h", `bad.yaml:14: "-2h" is not a duration: it is negative`},
		{"duration of a clause", "target.user(ada).active == false", "cycles(since=soon) == 1", `"soon" is not a duration`},
		{"times of a clause", "target.user(ada).active == false", "cycles(kind=initial).began == [0, later]", `"later" is not a duration`},
		{"no user of that name", "user: ada, account", "user: eve, account", `bad.yaml:11: timeline[0].source[0]: unknown user "eve"`},
		{"no member of that name", "members: [ada]", "members: [eve]", `bad.yaml:7: tenant.groups[0]: unknown user or group "eve"`},
		{"a name twice", "group: sales", "group: ada", "bad.yaml:7: tenant.groups[0]: the name \"ada\" is already used"},
		{"job event", "restart Watermark", "reboot", `bad.yaml:12: timeline[0].job[0]: unknown job event "reboot"; hint: use one of pause, `},
		{"reset scope", "restart Watermark", "restart Everything", `unknown reset scope "Everything"; hint: use None, Full, `},
		{"too late", "at: 1h", "at: 2d", "bad.yaml:9: timeline[0].at: 2d is after the end"},
		{"clause without operator", "active == false", "active false", "bad.yaml:16: expect[0].that[0]: the operator is missing"},
		{"unknown subject", "target.user(ada).active == false", "targets == 1", `unknown subject "targets"`},
		{"no organization", "target.user(ada).active == false", "organization.user(ada).seats == []", "hint: add persona: goto to target"},
		{"unknown argument", "target.user(ada).active == false", "log(who=ada) == 1", `unknown argument of log "who"`},
		{"unknown user", "target.user(ada)", "target.user(eve)", `unknown user "eve"`},
		{"open bracket", "target.user(ada).active", "target.user(ada", "the bracket is not closed"},
		{"text with a number's operator", "active == false", "active > false", "requires a number"},
		{"two documents", "title: A story", "title: A story\n---\ntitle: B", "bad.yaml"},
		{"second job without assignments", "for: 1d", "for: 1d\nsecond: {profile: goto}", "bad.yaml:3: second: assigned is missing"},
		{"second job with somebody unknown", "for: 1d", "for: 1d\nsecond: {assigned: [eve]}", `bad.yaml:3: second.assigned[0]: unknown user or group "eve"`},
		{"scope of the second job", "for: 1d", "for: 1d\nsecond: {scope: some}", `second.scope: "some" is not one of: assigned, all`},
		{"event of a second job that is not there", "    job: restart", "    second: restart", "bad.yaml:12: timeline[0].second[0]: the scenario has no second job"},
		{"assignment of a second job that is not there", "{user: ada, accountEnabled: false}", "{assign: ada, job: second}", "no other field than job: second"},
		{
			"clause about a second job that is not there", "target.user(ada).active", "second.job.status.code",
			"bad.yaml:16: expect[0].that[0]: second.job.status.code == false: the scenario has no second job",
		},
		{"an end that is not known", "for: 1d", "for: 1d\nends: [trouble]", `bad.yaml:3: ends[0]: "trouble" is not one of: escrows, quarantine`},
		{
			"an end of a second job that is not there", "for: 1d", "for: 1d\nends: [second escrows]",
			`bad.yaml:3: ends[0]: "second escrows": the scenario has no second job`,
		},
		{"no YAML", "title: A story", "title: [", "bad.yaml"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(good, tc.old, tc.new, 1)
			if text == good {
				t.Fatal("the test replaces nothing")
			}
			s, err := scenario.Parse([]byte(text), "bad.yaml")
			if err == nil || !strings.Contains(err.Error(), tc.want) || s != nil {
				t.Errorf("error %v, want %q", err, tc.want)
			}
		})
	}
	t.Run("what both jobs share is not of the second", func(t *testing.T) {
		t.Parallel()
		text := strings.NewReplacer("for: 1d", "for: 1d\nsecond: {scope: all}", "target.user(ada)", "second.target.user(ada)").Replace(good)
		if _, err := scenario.Parse([]byte(text), "bad.yaml"); err == nil || !strings.Contains(err.Error(), "target and faults are the same for both") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("all mistakes at once", func(t *testing.T) {
		t.Parallel()
		text := strings.NewReplacer("restart Watermark", "reboot", "active == false", "active").Replace(good)
		if _, err := scenario.Parse([]byte(text), "bad.yaml"); err == nil || !strings.Contains(err.Error(), "reboot") || !strings.Contains(err.Error(), "operator") {
			t.Errorf("error %v, want both mistakes", err)
		}
	})
}

// TestForeign leaves out what happens to the target (field D9).
func TestForeign(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ old, new, want string }{
		{"    job: restart Watermark", "    target: outage for 1h", "the target event outage for 1h"},
		{"    job: restart Watermark", "    faults: lost=1 for 1h", "the fault lost=1 for 1h"},
		{"target.user(ada).active == false", "faults(kind=lost) == 0", "clauses about the target"},
		{"    job: restart Watermark", "    byHand: 'DELETE /Users/{ada}'", "a manual change"},
		{"    job: restart Watermark", "    job: credentials renewed", "renewed credentials"},
		{"for: 1d", "for: 1d\ntarget: {defects: [MRM-01]}", "the defect MRM-01"},
		{"for: 1d", "for: 1d\nsecond: {scope: all}", "the second job"},
		{"for: 1d", "for: 1d", "clauses about the target"},
		{"target.user(ada).active == false", "job.status.code == Active", ""},
	} {
		s, err := scenario.Parse([]byte(strings.Replace(good, tc.old, tc.new, 1)), "x.yaml")
		if err != nil {
			t.Fatal(err)
		}
		foreign, left := s.Foreign()
		if got := strings.Join(left, "\n"); (tc.want == "") != (got == "") || !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.new, got, tc.want)
		}
		if _, more := foreign.Foreign(); len(more) > 0 {
			t.Errorf("%s: %q is still in it", tc.new, more)
		}
	}
}

// FuzzParse: never a panic, never a scenario together with an error.
func FuzzParse(f *testing.F) {
	names, err := fixtures.Scenarios()
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, _, err := fixtures.ReadScenario(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(good))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := scenario.Parse(data, "fuzz.yaml")
		if (s == nil) == (err == nil) {
			t.Fatalf("scenario %v and error %v", s != nil, err)
		}
		if s == nil {
			return
		}
		if _, err := s.Directory("r0", 1); err != nil {
			t.Logf("directory: %v", err)
		}
		if _, err := s.Changes("r0"); err != nil {
			t.Logf("changes: %v", err)
		}
	})
}
