package measure_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

const ms = time.Millisecond

// sample is one of 1 s duration at the given time.
func sample(operation string, status int, due, ready, sent, done time.Duration) measure.Sample {
	return measure.Sample{Operation: operation, Status: status, Error: status >= 400, Due: due, Ready: ready, Sent: sent, Done: done, InFlight: 3}
}

// The response time counts from the due time, the service time from sending, and the lag from the
// moment at which the request could be sent.
func TestTimes(t *testing.T) {
	t.Parallel()
	r := measure.NewRecorder(0)
	r.Add(sample("POST /Users", 201, 10*ms, 30*ms, 32*ms, 40*ms))
	s := r.Summary()
	near := func(name string, have, want time.Duration) {
		if have < want || have > want+want/100 {
			t.Errorf("%s is %v, want %v", name, have, want)
		}
	}
	near("response", s.All.Response.Percentile(50), 30*ms)
	near("service", s.All.Service.Percentile(50), 8*ms)
	near("lag", s.Lag.Percentile(50), 2*ms)
	if s.Elapsed != 40*ms || s.Requests != 1 || s.Spans[0].InFlight != 3 {
		t.Errorf("%+v", s)
	}
}

// What was due in the warm-up is counted and not measured.
func TestWarmup(t *testing.T) {
	t.Parallel()
	r := measure.NewRecorder(time.Second)
	r.Add(sample("GET", 500, 0, 0, 0, 2*time.Second))
	r.Add(sample("GET", 200, time.Second, time.Second, time.Second, 3*time.Second))
	if s := r.Summary(); s.Requests != 1 || s.Warmup != 1 || s.Errors != 0 || s.Elapsed != 2*time.Second {
		t.Errorf("%+v", s)
	}
}

// Shards merge to exactly what one machine would have counted, in any order, also where one ran
// so long that its spans are wider.
func TestMergeIsExact(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	whole := measure.NewRecorder(0)
	parts := []*measure.Recorder{measure.NewRecorder(0), measure.NewRecorder(0), measure.NewRecorder(0)}
	for i := range 3000 {
		at := time.Duration(random.IntN(300)) * time.Second
		if i%3 == 0 {
			at *= 3
		}
		took := time.Duration(random.ExpFloat64() * float64(20*ms))
		x := sample([]string{"GET", "POST"}[i%2], []int{200, 429, 0, 500}[random.IntN(4)], at, at, at+ms, at+ms+took)
		whole.Add(x)
		parts[i%3].Add(x)
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}} {
		merged := measure.NewRecorder(0)
		for _, i := range order {
			merged.Merge(saved(t, parts[i]), 0)
		}
		if d := cmp.Diff(text(t, whole), text(t, merged)); d != "" {
			t.Error(d)
		}
		a, b := whole.Summary(), merged.Summary()
		if a.SpanWidth != 4*time.Second || b.SpanWidth != a.SpanWidth || len(a.Spans) != len(b.Spans) || a.Spans[7].Requests != b.Spans[7].Requests ||
			b.Spans[7].InFlight != 9 {
			t.Errorf("spans of %v and %v", a.SpanWidth, b.SpanWidth)
		}
	}
}

// saved is a recorder that was written and read back.
func saved(t *testing.T, r *measure.Recorder) *measure.Recorder {
	t.Helper()
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back, err := measure.ReadRecorder(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(back); err != nil || !bytes.Equal(again, data) {
		t.Errorf("%v: written again, it is\n%s\nand was\n%s", err, again, data)
	}
	return back
}

// A file that nobody wrote is refused and does not crash the program.
func TestDamagedRecorder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "EOF", "{}": "out of range", `{"spanNs":1}`: "out of range", `{"spanNs":1000000000,"lag":[[-1,1]]}`: "no bucket",
		`{"spanNs":1000000000,"lag":[[99999999,1]]}`: "no bucket", `{"spanNs":1000000000,"series":[{"name":"GET","response":[[1,-1]]}]}`: "GET: a histogram",
		`{"spanNs":1000000000,"spans":[{"response":[[5000,1]]}]}`: "span 1", `{"spanNs":1000000000,"warmupNs":-1}`: "out of range",
	} {
		if _, err := measure.ReadRecorder(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// A shard that began later counts in the spans in which it ran.
func TestMergeLater(t *testing.T) {
	t.Parallel()
	a, b := measure.NewRecorder(0), measure.NewRecorder(0)
	a.Add(sample("GET", 200, 0, 0, 0, 100*ms))
	b.Add(sample("GET", 200, 0, 0, 0, 100*ms))
	a.Merge(b, 5*time.Second)
	s := a.Summary()
	if s.Requests != 2 || len(s.Spans) != 6 || s.Spans[0].Requests != 1 || s.Spans[5].Requests != 1 || s.Elapsed != 5100*ms {
		t.Errorf("%+v", s)
	}
}

func text(t *testing.T, r *measure.Recorder) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteHlog(&b, time.UnixMilli(1_700_000_000_000)); err != nil {
		t.Fatal(err)
	}
	if err := r.WritePrometheus(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The reader of HdrHistogram reads what was written.
func TestHlog(t *testing.T) {
	t.Parallel()
	r := measure.NewRecorder(0)
	for i := range 100 {
		r.Add(sample("GET /Users?filter", 200, 0, 0, 0, time.Duration(i+1)*ms))
	}
	var b bytes.Buffer
	if err := r.WriteHlog(&b, time.UnixMilli(1_700_000_000_000)); err != nil {
		t.Fatal(err)
	}
	h, err := hdrhistogram.NewHistogramLogReader(&b).NextIntervalHistogram()
	if err != nil || h.Tag() != "GET_/Users?filter:2xx" || h.TotalCount() != 100 || h.ValueAtPercentile(50)/1000 != 50 {
		t.Errorf("%v %+v", err, h)
	}
}

// The text is valid for Prometheus: labels are escaped, and buckets cumulate.
func TestPrometheus(t *testing.T) {
	t.Parallel()
	r := measure.NewRecorder(0)
	r.Add(sample(`GET /a"b\`, 200, 0, 0, 0, 2*ms))
	r.Add(sample(`GET /a"b\`, 500, 0, 0, 0, 20*ms))
	var b bytes.Buffer
	if err := r.WritePrometheus(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`scimdrill_replay_response_seconds_bucket{operation="GET /a\"b\\",status="2xx",le="0.001"} 0`,
		`scimdrill_replay_response_seconds_bucket{operation="GET /a\"b\\",status="2xx",le="0.0025"} 1`,
		`scimdrill_replay_response_seconds_count{operation="GET /a\"b\\",status="5xx"} 1`,
		`scimdrill_replay_errors_total{operation="GET /a\"b\\",status="5xx"} 1`, `scimdrill_replay_schedule_lag_seconds_count 2`,
	} {
		if !strings.Contains(b.String(), want+"\n") {
			t.Errorf("%s is missing in\n%s", want, b.String())
		}
	}
}

func TestThresholds(t *testing.T) {
	t.Parallel()
	r := measure.NewRecorder(0)
	for i := range 1000 {
		status := 200
		if i < 5 {
			status = 429
		}
		at := time.Duration(i) * 10 * ms
		r.Add(sample("GET /Users?filter", status, at, at, at+ms, at+time.Duration(i%100+1)*ms))
	}
	r.Add(sample("POST /Users", 201, 0, 0, 0, 400*ms))
	s := r.Summary()
	counts := measure.Counts{Unsent: 2, Planned: 110}
	for text, want := range map[string]string{
		"p99>90ms": "holds", "p99>250ms": "no", "p50 >= 60ms": "no", "p99(POST /Users)>1ms": "unknown", "p50(POST /Users)>399ms": "holds",
		"max>399ms": "holds", "mean<1s": "holds", "service p99>90ms": "holds", "service>1s": "no", "lag>5ms": "no", "lag p50>0.5ms": "holds",
		"errors>0.4%": "holds", "errors>1%": "no", "errors>4": "holds", "errors(POST /Users)>0": "no", "rate<200/s": "holds", "rate<95%": "holds",
		"rate<80%": "no", "unsent>1": "holds", "different>0": "no", "throttled>=5": "holds", "p99.9>1s": "unknown", "p50(DELETE)>1s": "unknown",
	} {
		list, err := measure.ParseThresholds(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		res := list[0].Check(s, counts)
		have := map[bool]string{true: "holds", false: "no"}[res.Holds]
		if res.Unknown != "" {
			have = "unknown"
		}
		if have != want {
			t.Errorf("%s: %s (%s %s), want %s", text, have, res.Actual, res.Unknown, want)
		}
	}
	if list, err := measure.ParseThresholds("p99>250ms, errors>0.1%,lag>5ms"); err != nil || len(list) != 3 || list[1].String() != "errors>0.1%" {
		t.Errorf("%v %v", list, err)
	}
}

func TestThresholdsRefuse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "no comparison", "p99": "no comparison", "p99>fast": "not a duration", "speed>1": "not a figure", "p0>1s": "not a figure", "p100>1s": "not a figure",
		"errors>x%": "percentage", "p99(POST>1s": "bracket", "lag(POST /Users)>1ms": "each kind", "rate<-1": "not a rate", "p99>1s,": "no comparison",
	} {
		_, err := measure.ParseThresholds(text)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "hint: ") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
