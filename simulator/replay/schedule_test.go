package replay

import (
	"context"
	"strings"
	"testing"
	"time"
)

// Requests are due where the integral of the rate says so.
func TestSchedule(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		n    int64
		want time.Duration
	}{
		{"25/s", 0, 0},
		{"25/s", 50, 2 * time.Second},
		{"90/m", 3, 2 * time.Second},
		{"10/s for 1m, 50/s for 10s, 10/s", 600, time.Minute},
		{"10/s for 1m, 50/s for 10s, 10/s", 850, 65 * time.Second},
		{"10/s for 1m, 50/s for 10s, 10/s", 1110, 71 * time.Second},
		{"0/s..10/s for 10s, 10/s", 50, 10 * time.Second},
		{"0..100 for 10s", 125, 5 * time.Second},
		{"10/s..0/s for 10s, 1/s", 50, 10 * time.Second},
		{"0/s for 5s, 10/s", 10, 6 * time.Second},
		{"1/s for 50s, 7/s for 10s, repeat", 120, time.Minute},
		{"1/s for 50s, 7/s for 10s, repeat", 1200 + 57, 10*time.Minute + 51*time.Second},
	} {
		s, err := ParseRate(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if have, ended := s.due(float64(c.n), 0); ended || (have-c.want).Abs() > time.Millisecond {
			t.Errorf("%s: request %d is due after %v (%v), want %v", c.text, c.n, have, ended, c.want)
		}
	}
	s, _ := ParseRate("10/s for 1m")
	if _, ended := s.due(600, 0); !ended {
		t.Error("a schedule that is over goes on")
	}
	if have := Steady(10).Ramp(10 * time.Second).Mean(20 * time.Second); have != 7.5 {
		t.Errorf("the mean rate after a ramp is %v", have)
	}
	if have, _ := AsRecorded(10).due(7, time.Minute); have != 6*time.Second {
		t.Errorf("ten times as fast is %v", have)
	}
}

func TestRateRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "not a rate", "fast": "not a rate", "10/s, 20/s": "only the last rate", "1/s..2/s": "needs a time",
		"0/s": "nothing is ever sent", "5/week": "unit of time",
		"5/s for soon": "soon", "-1/s": "not a rate", "NaN/s": "not a rate", "5/s, repeat": "none that is repeated", "0/s for 1m, repeat": "nothing is ever sent",
	} {
		_, err := ParseRate(text)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "hint: ") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A pacer is exact where a timer is not, and ends with its context.
func TestPacer(t *testing.T) {
	t.Parallel()
	done := make(chan time.Duration)
	go func() { // on a thread of its own
		p := &pacer{now: time.Now, start: time.Now()}
		p.exact()
		least := time.Hour
		for i := range 20 { // the machine may be busy: the best of them counts
			at := time.Duration(i+1) * 2 * time.Millisecond
			p.until(context.Background(), at)
			least = min(least, p.elapsed()-at)
		}
		done <- least
	}()
	if late := <-done; late < 0 || late > 500*time.Microsecond {
		t.Errorf("the pacer is late by %v", late)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	go func() {
		if (&pacer{now: time.Now, start: time.Now()}).until(ctx, time.Hour) {
			done <- 1
		}
		done <- 0
	}()
	if <-done != 0 {
		t.Error("a cancelled wait says that the moment came")
	}
}

func TestShard(t *testing.T) {
	t.Parallel()
	if s, err := ParseShard("3/8"); err != nil || s.Index != 2 || s.Of != 8 {
		t.Errorf("%v %v", s, err)
	}
	for _, text := range []string{"", "3", "0/8", "9/8", "a/b", "1/0"} {
		if _, err := ParseShard(text); err == nil || !strings.Contains(err.Error(), "hint: ") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Placeholders are found in any text, and what only looks like one stays.
func TestSplit(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`/Users/{{users["a"].id}}?x`: "/Users/<1>?x", `{{users["eve \"x\""].id}}{{groups["}}"].id}}`: "<1><2>", `{{users["a"].id}} {{users["a"].id}}`: "<1> <1>",
		`{{not}} {{users[a].id}} {{users["a"]}} {{`: `{{not}} {{users[a].id}} {{users["a"]}} {{`, "": "", `{{{users["a"].id}}}`: `{<1>}`,
	} {
		var list []string
		s := split(text, func(v string) int {
			for i, have := range list {
				if have == v {
					return i
				}
			}
			list = append(list, v)
			return len(list) - 1
		})
		if have := string(s.fill([]string{"<1>", "<2>"}, func(id string) string { return id })); have != want {
			t.Errorf("%s: %s", text, have)
		}
	}
}
