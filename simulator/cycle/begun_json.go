package cycle

import (
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// append writes the facts with the bytes that encoding/json gives, in a fifth of the time: there is
// one for every request that writes. A test compares the two.
func (w *begun) append(b []byte) []byte {
	b = appendString(append(b, `{"part":`...), string(w.Part))
	b = appendString(append(b, `,"action":`...), string(w.Action))
	b = appendString(append(b, `,"kind":`...), w.Kind)
	b = strconv.AppendInt(append(b, `,"num":`...), w.Num, 10)
	b = appendString(append(b, `,"source":`...), w.Source)
	b = appendFilled(b, `,"target":`, w.Target)
	b = appendString(append(b, `,"cycleId":`...), w.CycleID)
	b = strconv.AppendInt(append(b, `,"cycle":`...), int64(w.Cycle), 10)
	b = appendCount(b, `,"attempt":`, w.Attempt)
	b = appendCount(b, `,"demand":`, w.Demand)
	b = append(w.At.UTC().AppendFormat(append(b, `,"at":"`...), time.RFC3339Nano), '"')
	b = appendFilled(b, `,"names":`, w.Names)
	b = appendTrue(b, `,"managed":true`, w.Managed)
	b = appendTrue(b, `,"shared":true`, w.Shared)
	b = appendTrue(b, `,"newLink":true`, w.NewLink)
	b = appendTrue(b, `,"back":true`, w.Back)
	for i, m := range w.Match {
		b = append(b, listed(i, `,"match":[`)...)
		b = appendString(append(b, `{"attribute":`...), m.Attribute)
		b = append(appendString(append(b, `,"value":`...), m.Value), '}')
	}
	b = appendTrue(b, `]`, len(w.Match) > 0)
	b = appendFilled(b, `,"manager":`, w.Manager)
	for i, m := range w.Members {
		b = append(b, listed(i, `,"members":[`)...)
		b = strconv.AppendInt(append(b, `{"num":`...), m.Num, 10)
		b = append(appendString(append(b, `,"target":`...), m.Target), '}')
	}
	b = appendTrue(b, `]`, len(w.Members) > 0)
	return append(appendTrue(b, `,"present":true`, w.Present), '}')
}

func appendString(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s) // invalid UTF-8 is replaced
	return b
}

func appendFilled(b []byte, name, s string) []byte {
	if s == "" {
		return b
	}
	return appendString(append(b, name...), s)
}

func appendCount(b []byte, name string, n int) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(append(b, name...), int64(n), 10)
}

func appendTrue(b []byte, text string, yes bool) []byte {
	if yes {
		b = append(b, text...)
	}
	return b
}

// listed is what stands before the i-th element of a list.
func listed(i int, begin string) string {
	if i == 0 {
		return begin
	}
	return ","
}
