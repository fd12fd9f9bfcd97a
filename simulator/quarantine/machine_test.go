package quarantine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

var began = time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)

func fail(at time.Time, r quarantine.Reason) quarantine.Event {
	return quarantine.Event{At: at, Cause: &quarantine.Cause{Reason: r, Error: quarantine.Error{Code: "Boom"}}}
}

func TestNext(t *testing.T) {
	t.Parallel()

	t.Run("A-26 A-45 E-257 attempts at 6, 12, 24 hours, then daily, 28 days long", func(t *testing.T) {
		t.Parallel()
		s, notice := quarantine.Next(quarantine.State{}, fail(began, quarantine.Exception))
		if notice != quarantine.Entered {
			t.Fatalf("notice = %q, want entered", notice)
		}
		var hours []int
		for !s.Disabled {
			hours = append(hours, int(s.NextAttempt.Sub(began)/time.Hour))
			s, notice = quarantine.Next(s, fail(s.NextAttempt, quarantine.Exception))
		}
		want := []int{6, 12}
		for day := 1; day <= 28; day++ {
			want = append(want, 24*day)
		}
		if diff := cmp.Diff(want, hours); diff != "" {
			t.Errorf("attempts, hours after it began (-want +got):\n%s", diff)
		}
		if notice != quarantine.Disabled || s.SeriesCount != 31 || !s.SeriesBegan.Equal(began) {
			t.Errorf("at the end: notice %q, count %d, series began %v", notice, s.SeriesCount, s.SeriesBegan)
		}
	})

	t.Run("E-258 a good cycle ends the series", func(t *testing.T) {
		t.Parallel()
		s, _ := quarantine.Next(quarantine.State{}, fail(began, quarantine.Exception))
		s, notice := quarantine.Next(s, quarantine.Event{At: s.NextAttempt})
		if notice != quarantine.Left || s.Active() {
			t.Errorf("notice %q, state %+v; want left and the zero state", notice, s)
		}
	})

	t.Run("E-335 only a changed reason is announced again", func(t *testing.T) {
		t.Parallel()
		s, _ := quarantine.Next(quarantine.State{}, fail(began, quarantine.Exception))
		s, notice := quarantine.Next(s, fail(s.NextAttempt, quarantine.Exception))
		if notice != quarantine.Kept {
			t.Errorf("same reason: notice %q, want kept", notice)
		}
		_, notice = quarantine.Next(s, fail(s.NextAttempt, quarantine.BaseEscrowThreshold))
		if notice != quarantine.ReasonChanged {
			t.Errorf("other reason: notice %q, want reasonChanged", notice)
		}
	})
}

func TestSchedules(t *testing.T) {
	t.Parallel()

	t.Run("A-26 other attempts, daily after the last", func(t *testing.T) {
		t.Parallel()
		e := fail(began, quarantine.Exception)
		e.Attempts = []time.Duration{5 * time.Minute, 6 * time.Hour} // G-11 was seen to begin like this
		var minutes []int
		var s quarantine.State
		for range 4 {
			s, _ = quarantine.Next(s, e)
			minutes = append(minutes, int(s.NextAttempt.Sub(began)/time.Minute))
			e.At = s.NextAttempt
		}
		if diff := cmp.Diff([]int{5, 360, 360 + 1440, 360 + 2880}, minutes); diff != "" {
			t.Errorf("attempts, minutes after it began (-want +got):\n%s", diff)
		}
	})

	t.Run("A-26 E-259 the 28 days end also without a cycle", func(t *testing.T) {
		t.Parallel()
		s, _ := quarantine.Next(quarantine.State{}, fail(began, quarantine.TooManyDeletes))
		if got, notice := quarantine.Expire(s, s.Ends().Add(-time.Second)); notice != quarantine.None || got.Disabled {
			t.Errorf("a second too early: %q, disabled %v", notice, got.Disabled)
		}
		got, notice := quarantine.Expire(s, s.Ends())
		if notice != quarantine.Disabled || !got.Disabled || !got.Active() || !got.NextAttempt.IsZero() {
			t.Errorf("at the end: %q, %+v; want disabled and still in quarantine", notice, got)
		}
		if _, notice := quarantine.Expire(got, s.Ends().Add(time.Hour)); notice != quarantine.None {
			t.Errorf("an hour later it is announced again: %q", notice)
		}
	})

	t.Run("E-255 only the three thresholds are counted", func(t *testing.T) {
		t.Parallel()
		for r, want := range map[quarantine.Reason]bool{
			quarantine.BaseEscrowThreshold: true, quarantine.TotalEscrowThreshold: true, quarantine.EscrowProportionThreshold: true,
			quarantine.Exception: false, quarantine.TooManyDeletes: false,
		} {
			if r.Counted() != want {
				t.Errorf("%s: counted %v", r, r.Counted())
			}
		}
	})
}

func TestDocumentedCases(t *testing.T) {
	t.Parallel()
	documented := quarantine.Thresholds{Evaluate: 5000, Base: 40000, Total: 60000, Proportion: 0.4}
	for _, tc := range []struct {
		name   string
		counts quarantine.Counts
		want   quarantine.Reason
	}{
		{"E-252 4,000 failures are not looked at", quarantine.Counts{Failures: 4000}, ""},
		{"E-252 5,000 failures are looked at", quarantine.Counts{Failures: 5000, Successes: 1}, quarantine.EscrowProportionThreshold},
		{"E-252 45,000 failures pass 40,000", quarantine.Counts{Failures: 45000, Successes: 1_000_000}, quarantine.BaseEscrowThreshold},
		{"E-252 30,000 failed with 5,000 good", quarantine.Counts{Failures: 30000, Successes: 5000}, quarantine.EscrowProportionThreshold},
		{"E-252 20,000 failed with 100,000 good", quarantine.Counts{Failures: 20000, Successes: 100000}, ""},
		{
			"E-252 E-137 40,000 users and 21,000 managers", quarantine.Counts{Failures: 40000, References: 21000, Successes: 1_000_000}, quarantine.TotalEscrowThreshold,
		},
		{"E-251 exactly 40 percent stays out", quarantine.Counts{Failures: 6000, Successes: 9000}, ""},
		{"A-25 quarantineTotal 60000 comes before the base", quarantine.Counts{Failures: 60001}, quarantine.TotalEscrowThreshold},
		{"A-25 quarantineBase 40000 comes before the proportion", quarantine.Counts{Failures: 40001}, quarantine.BaseEscrowThreshold},
		{"A-25 E-262 references count in the total alone", quarantine.Counts{Failures: 4999, References: 55001}, ""},
		{"A-25 quarantineBase 40000 is not passed by itself", quarantine.Counts{Failures: 40000, Successes: 1_000_000}, ""},
		{"A-25 quarantineTotal 60000 is not passed by itself", quarantine.Counts{Failures: 40000, References: 20000, Successes: 1_000_000}, ""},
		{"A-25 quarantineEvaluate 5000 is where proportions begin", quarantine.Counts{Failures: 5000}, quarantine.EscrowProportionThreshold},
		{"A-25 quarantineEvaluate 5000, one less", quarantine.Counts{Failures: 4999}, ""},
		{"A-25 quarantineProportion 0.4 is passed", quarantine.Counts{Failures: 6001, Successes: 9000}, quarantine.EscrowProportionThreshold},
		{"A-25 quarantineProportion 0.4 is not passed by itself", quarantine.Counts{Failures: 6000, Successes: 9000}, ""},
		{"E-253 all fail, but fewer than 5,000", quarantine.Counts{Failures: 4999}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got quarantine.Reason
			if c := documented.Cause(tc.counts); c != nil {
				got = c.Reason
			}
			if got != tc.want {
				t.Errorf("cause = %q, want %q", got, tc.want)
			}
		})
	}
}
