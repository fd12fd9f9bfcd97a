package measure

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// HlogName is the file with the histograms of a run.
const HlogName = "replay.hlog"

// WriteHlog writes the histograms in the log format of HdrHistogram, which its tools read and
// merge: for each kind of request and class of status the response times, the service times with
// the tag service, and the schedule lag. Values are microseconds.
func (r *Recorder) WriteHlog(w io.Writer, began time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b bytes.Buffer
	log := hdrhistogram.NewHistogramLogWriter(&b)
	if err := header(log, began.UnixMilli()); err != nil {
		return fmt.Errorf("write %s: %w", HlogName, err)
	}
	keys := make([]seriesKey, 0, len(r.series))
	for key := range r.series {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b seriesKey) int { return strings.Compare(a.tag(), b.tag()) })
	put := func(tag string, h Histogram) error {
		copied := newHistogram(digits)
		copied.merge(h)
		copied.h.SetTag(tag)
		copied.h.SetStartTimeMs(began.Add(r.warmup).UnixMilli())
		copied.h.SetEndTimeMs(began.Add(max(r.warmup, r.last)).UnixMilli())
		if err := log.OutputIntervalHistogram(copied.h); err != nil {
			return fmt.Errorf("write %s: %w", HlogName, err)
		}
		return nil
	}
	for _, key := range keys {
		in := r.series[key]
		if err := put(key.tag(), in.response); err != nil {
			return err
		}
		if err := put("service:"+key.tag(), in.service); err != nil {
			return err
		}
	}
	if err := put("lag", r.lag); err != nil {
		return err
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", HlogName, err)
	}
	return nil
}

func header(log *hdrhistogram.HistogramLogWriter, began int64) error {
	if err := log.OutputLogFormatVersion(); err != nil {
		return err
	}
	if err := log.OutputComment("[values are microseconds; written by scimdrill replay]"); err != nil {
		return err
	}
	if err := log.OutputStartTime(began); err != nil {
		return err
	}
	log.SetBaseTime(began)
	return log.OutputLegend()
}

// tag names a series. The format knows neither spaces nor commas in a tag.
func (k seriesKey) tag() string {
	return strings.NewReplacer(" ", "_", ",", "_", "\n", "_").Replace(k.operation) + ":" + k.className()
}

func (k seriesKey) className() string {
	if k.class == 0 {
		return "none"
	}
	return fmt.Sprintf("%dxx", k.class)
}
