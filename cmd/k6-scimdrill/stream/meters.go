package stream

import (
	"errors"
	"strconv"
	"time"

	"go.k6.io/k6/metrics"
)

// meters are the metrics of the module beside those of k6.
type meters struct{ unsent, lookups, different *metrics.Metric }

func newMeters(registry *metrics.Registry) (m meters, err error) {
	var errs [3]error
	m.unsent, errs[0] = registry.NewMetric("scim_unsent", metrics.Counter)
	m.lookups, errs[1] = registry.NewMetric("scim_lookups", metrics.Counter)
	m.different, errs[2] = registry.NewMetric("scim_different_status", metrics.Counter)
	return m, errors.Join(errs[:]...)
}

// count adds one to a metric.
func (u *user) count(m *metrics.Metric, operation string) {
	tags := u.tags()
	if operation != "" {
		tags = tags.With("name", operation)
	}
	metrics.PushIfNotDone(u.ctx, u.state.Samples, metrics.Sample{
		TimeSeries: metrics.TimeSeries{Metric: m, Tags: tags}, Time: time.Now(), Value: 1,
	})
}

// measured adds a request to the metrics of k6. Status 0 is no response.
func (u *user) measured(method, operation string, status int, begin time.Time, sent, received int) {
	end := time.Now()
	failed := 0.0
	if status == 0 || status >= 400 {
		failed = 1
	}
	tags := u.tags().With("method", method).With("name", operation).With("status", strconv.Itoa(status)).
		With("expected_response", strconv.FormatBool(failed == 0))
	b := u.state.BuiltinMetrics
	sample := func(m *metrics.Metric, value float64) metrics.Sample {
		return metrics.Sample{TimeSeries: metrics.TimeSeries{Metric: m, Tags: tags}, Time: end, Value: value}
	}
	metrics.PushIfNotDone(u.ctx, u.state.Samples, metrics.ConnectedSamples{Tags: tags, Time: end, Samples: []metrics.Sample{
		sample(b.HTTPReqs, 1), sample(b.HTTPReqDuration, metrics.D(end.Sub(begin))), sample(b.HTTPReqFailed, failed),
		sample(b.DataSent, float64(sent)), sample(b.DataReceived, float64(received)),
	}})
}

func (u *user) tags() *metrics.TagSet { return u.state.Tags.GetCurrentValues().Tags }
