package measure

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

// metric is what a threshold compares.
type metric int

const (
	percentile metric = iota
	longestTime
	mean
	errorRate
	errorCount
	rate
	count // of a kind that Counts has
)

// Threshold is a condition such as p99>250ms, p95(POST /Users)>=1s, service p99>100ms, lag>5ms,
// errors>0.1%, errors>3, rate<24/s, unsent>0, different>0 or throttled>0.
type Threshold struct {
	text      string
	of        metric
	what      string // response, service or lag; of a count, its name
	p         float64
	operation string
	compare   string // > >= < <=
	value     float64
	relative  bool // a rate, in percent of the planned one
}

// String is the condition as it was written.
func (t Threshold) String() string { return t.text }

// hint is an example of each form.
const hint = "for example 'p99>250ms,errors>0.1%,lag>5ms', 'p95(POST /Users)>1s', 'service p99>100ms', 'rate<24/s', 'unsent>0' or 'different>0'"

// ParseThresholds reads conditions that are separated by commas.
func ParseThresholds(text string) ([]Threshold, error) {
	var list []Threshold
	for part := range strings.SplitSeq(text, ",") {
		t, why := parseThreshold(strings.TrimSpace(part))
		if why != "" {
			return nil, fmt.Errorf("threshold %q: %s; hint: %s", strings.TrimSpace(part), why, hint)
		}
		list = append(list, t)
	}
	return list, nil
}

func parseThreshold(text string) (Threshold, string) {
	t := Threshold{text: text, what: "response"}
	at := strings.IndexAny(text, "<>")
	if at <= 0 {
		return t, "it contains no comparison such as >"
	}
	left, right := strings.TrimSpace(text[:at]), text[at+1:]
	t.compare = text[at : at+1]
	if rest, equal := strings.CutPrefix(right, "="); equal {
		t.compare, right = t.compare+"=", rest
	}
	if open := strings.Index(left, "("); open >= 0 {
		if !strings.HasSuffix(left, ")") {
			return t, "the bracket is not closed"
		}
		left, t.operation = strings.TrimSpace(left[:open]), strings.TrimSpace(left[open+1:len(left)-1])
	}
	if why := t.metric(strings.ToLower(left)); why != "" {
		return t, why
	}
	return t, t.limit(strings.TrimSpace(right))
}

// metric reads what is compared.
func (t *Threshold) metric(name string) string {
	for _, of := range []string{"service", "response", "lag"} {
		if rest, found := strings.CutPrefix(name, of); found && (rest == "" || strings.HasPrefix(rest, " ")) {
			t.what, name = of, strings.TrimSpace(rest)
			if name == "" {
				name = "p99"
			}
			break
		}
	}
	number, isPercentile := strings.CutPrefix(name, "p")
	p, err := strconv.ParseFloat(number, 64)
	switch {
	case isPercentile && err == nil && p > 0 && p < 100:
		t.of, t.p = percentile, p
	case name == "max":
		t.of = longestTime
	case name == "mean":
		t.of = mean
	case name == "errors":
		t.of = errorRate
	case name == "rate":
		t.of = rate
	case name == "unsent", name == "different", name == "throttled":
		t.of, t.what = count, name
	default:
		return fmt.Sprintf("%q is not a figure of a load", name)
	}
	if t.operation != "" && (t.what == "lag" || t.of == rate || t.of == count) {
		return fmt.Sprintf("%q is not measured for each kind of request", name)
	}
	return ""
}

// limit reads the value of the comparison.
func (t *Threshold) limit(text string) string {
	switch t.of {
	case percentile, longestTime, mean:
		d, err := duration.Parse(text)
		t.value = d.Seconds()
		if err != nil {
			return fmt.Sprintf("%q is not a duration such as 250ms", text)
		}
		return ""
	case errorRate:
		number, part := strings.CutSuffix(text, "%")
		if !part {
			t.of = errorCount
		}
		return t.number(strings.TrimSpace(number), "a percentage such as 0.1% or a number")
	case rate:
		var number string
		number, t.relative = strings.CutSuffix(text, "%")
		return t.number(strings.TrimSuffix(number, "/s"), "a rate such as 24/s, or 95% of the planned one")
	default:
		return t.number(text, "a number")
	}
}

func (t *Threshold) number(text, want string) string {
	var err error
	if t.value, err = strconv.ParseFloat(text, 64); err != nil || t.value < 0 {
		return fmt.Sprintf("%q is not %s", text, want)
	}
	return ""
}

// Limits reports whether the condition can be one that must hold: a time or a count below something,
// a rate above something.
func (t Threshold) Limits() bool { return (t.of == rate) == strings.HasPrefix(t.compare, ">") }

// Needs is how many requests the figure rests on at least.
func (t Threshold) Needs() int64 {
	const some = 20
	switch {
	case t.of != percentile:
		return some
	case t.p > 99:
		return leastForP999
	case t.p > 90:
		return leastForP99
	default:
		return some
	}
}
