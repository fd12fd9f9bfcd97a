package duration_test

import (
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

const day = 24 * time.Hour

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"0": 0, "0s": 0, "PT0S": 0, "P0D": 0,
		"90s": 90 * time.Second, "40m": 40 * time.Minute, "90m": 90 * time.Minute, "36h": 36 * time.Hour,
		"200ms": 200 * time.Millisecond, "5us": 5 * time.Microsecond, "5µs": 5 * time.Microsecond, "7ns": 7,
		"1d12h": 36 * time.Hour, "1.5d": 36 * time.Hour, "7d": 7 * day, "1w": 7 * day, "2w3d": 17 * day,
		"1h30m": 90 * time.Minute, "1.5h": 90 * time.Minute, ".5s": 500 * time.Millisecond, "1.s": time.Second,
		"PT40M": 40 * time.Minute, "PT1H30M": 90 * time.Minute, "PT1.5H": 90 * time.Minute, "P1W": 7 * day, "P1D": day,
		"P1DT12H": 36 * time.Hour, "PT1H20M5S": 80*time.Minute + 5*time.Second, "P28D": 28 * day, "PT0.123456789S": 123456789,
		"P1M": 730 * time.Hour, "P1Y": 365 * day, "P100Y": 36500 * day, "36500d": 36500 * day,
	} {
		if got, err := duration.Parse(text); err != nil || got != want {
			t.Errorf("%s is %s (%v), want %s", text, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "it is empty", "tomorrow": `a number is missing before "tomorrow"`, "7": "a unit is missing behind 7", "7 d": `unknown unit " d"`,
		"-5m": "it is negative", "-PT5M": "it is negative", "1d-2h": `unknown unit "d-"`, "7D": `unknown unit "D"`, "1y": `unknown unit "y"`,
		"P": "a number is missing at its end", "PT": "a number is missing at its end", "P1DT": "a number is missing at its end",
		"P1H": `unknown unit "H"`, "PT1D": `unknown unit "D"`, "PT1T2H": `a number is missing before "T1T2H"`, "P1d": `unknown unit "d"`,
		"1T":     "a unit is missing behind 1",
		"1.2.3h": `"1.2.3" is not a number`, ".h": `"." is not a number`, "1e3s": `unknown unit "e"`, "pt1h": `a number is missing before "pt1h"`,
		"36501d": "longer than 100 years", "P101Y": "longer than 100 years", "99999999999999999999999h": "longer than 100 years",
		"100000d100000d":            "longer than 100 years",
		strings.Repeat("30000d", 5): "longer than 100 years",
	} {
		d, err := duration.Parse(text)
		if err == nil || d != 0 || !strings.Contains(err.Error(), want) || !strings.HasSuffix(err.Error(), "; hint: write "+duration.Examples) {
			t.Errorf("%q: %s, %v; want %q", text, d, err, want)
		}
	}
	for _, text := range []string{"0", "0s", "PT0S"} {
		if _, err := duration.ParsePositive(text); err == nil || !strings.Contains(err.Error(), "is not a duration above zero") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestField(t *testing.T) {
	t.Parallel()
	var out struct {
		A, B, C duration.Field
		D       *duration.Field
	}
	const text = "a: 1d12h # two nights\nb: \"PT36H\"\nc: 0\nd: '36h'\n"
	if err := yaml.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	if want := duration.Field(36 * time.Hour); out.A != want || out.B != want || out.C != 0 || *out.D != want || want.String() != "1d12h" {
		t.Errorf("%+v", out)
	}
	for text, want := range map[string]string{
		"c: 1h\na: soon\n": `[2:4] "soon" is not a duration`, "a: [1, 2]\n": `[1:4] "[1, 2]" is not a duration`,
		"a: -1m\n": `[1:4] "-1m" is not a duration: it is negative`,
	} {
		if err := yaml.Unmarshal([]byte(text), &out); err == nil || !strings.Contains(yaml.FormatError(err, false, false), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		d            time.Duration
		short, graph string
	}{
		{0, "0s", "PT0S"},
		{40 * time.Minute, "40m", "PT40M"},
		{80 * time.Minute, "1h20m", "PT1H20M"},
		{36 * time.Hour, "1d12h", "P1DT12H"},
		{7 * day, "7d", "P1W"},
		{28*day + 30*time.Second, "28d30s", "P4WT30S"},
		{40 * day, "40d", "P1M1W2DT14H"},
		{1500 * time.Millisecond, "1.5s", "PT1.5S"},
	} {
		if short, graph := duration.Format(c.d), duration.ISO(c.d); short != c.short || graph != c.graph {
			t.Errorf("%s is written %s and %s, want %s and %s", c.d, short, graph, c.short, c.graph)
		}
	}
}

// FuzzParse: what is read is in bounds, and both ways to write it are read as the same.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"0", "90s", "1d12h", "7d", "2w", "1.5h", "PT1H30M", "P1W", "P1DT12H", "P1Y2M3W4DT5H6M7.000000008S", "-1h", "99999999999h", "1.999999999999999h",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := duration.Parse(text)
		if err != nil {
			return
		}
		if d < 0 || d > duration.Longest {
			t.Fatalf("%q is %s", text, d)
		}
		for _, again := range []string{duration.Format(d), duration.ISO(d)} {
			if got, err := duration.Parse(again); err != nil || got != d {
				t.Fatalf("%q is %d, written %s, and that is %d (%v)", text, d, again, got, err)
			}
		}
	})
}
