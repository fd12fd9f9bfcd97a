package measure

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// PrometheusName is the file with the figures of a run for Prometheus.
const PrometheusName = "metrics.prom"

// bounds are the upper bounds of the histograms, in seconds.
func bounds() []float64 {
	return []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60}
}

// WritePrometheus writes the figures in the text format of Prometheus, for its textfile collector
// or a push gateway.
func (r *Recorder) WritePrometheus(w io.Writer) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b bytes.Buffer
	keys := make([]seriesKey, 0, len(r.series))
	for key := range r.series {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b seriesKey) int { return strings.Compare(a.tag(), b.tag()) })
	for _, kind := range []struct {
		name, help string
		of         func(*series) Histogram
	}{
		{"scimdrill_replay_response_seconds", "Time from the moment at which a request was due to its response.", func(s *series) Histogram { return s.response }},
		{"scimdrill_replay_service_seconds", "Time from sending a request to its response.", func(s *series) Histogram { return s.service }},
	} {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s histogram\n", kind.name, kind.help, kind.name)
		for _, key := range keys {
			writeSeries(&b, kind.name, fmt.Sprintf("operation=%s,status=%q", label(key.operation), key.className()), kind.of(r.series[key]))
		}
	}
	const lag = "scimdrill_replay_schedule_lag_seconds"
	fmt.Fprintf(&b, "# HELP %s Time between the moment at which a request could be sent and the moment at which it was.\n# TYPE %s histogram\n", lag, lag)
	writeSeries(&b, lag, "", r.lag)
	b.WriteString("# HELP scimdrill_replay_errors_total Requests that failed.\n# TYPE scimdrill_replay_errors_total counter\n")
	for _, key := range keys {
		if n := r.series[key].errors; n > 0 {
			fmt.Fprintf(&b, "scimdrill_replay_errors_total{operation=%s,status=%q} %d\n", label(key.operation), key.className(), n)
		}
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", PrometheusName, err)
	}
	return nil
}

// label writes the value of a label: the format escapes these three characters only.
func label(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

func writeSeries(b *bytes.Buffer, name, labels string, h Histogram) {
	below := h.cumulative(bounds())
	with := func(more string) string {
		switch {
		case labels == "" && more == "":
			return ""
		case labels == "" || more == "":
			return "{" + labels + more + "}"
		}
		return "{" + labels + "," + more + "}"
	}
	for i, bound := range bounds() {
		fmt.Fprintf(b, "%s_bucket%s %d\n", name, with(fmt.Sprintf("le=%q", strconv.FormatFloat(bound, 'g', -1, 64))), below[i])
	}
	fmt.Fprintf(b, "%s_bucket%s %d\n", name, with(`le="+Inf"`), h.Count())
	fmt.Fprintf(b, "%s_sum%s %g\n%s_count%s %d\n", name, with(""), h.Mean().Seconds()*float64(h.Count()), name, with(""), h.Count())
}

// cumulative counts the times up to each bound in seconds.
func (h Histogram) cumulative(bounds []float64) []int64 {
	counts := make([]int64, len(bounds))
	for _, bar := range h.h.Distribution() {
		if bar.Count == 0 {
			continue
		}
		at := time.Duration(bar.To) * time.Microsecond
		for i, bound := range bounds {
			if at.Seconds() <= bound {
				counts[i] += bar.Count
			}
		}
	}
	return counts
}
