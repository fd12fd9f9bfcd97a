package provlog_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// encoded is what encoding/json makes of an entry.
func encoded(t *testing.T, s *provlog.Summary) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// fill gives every field a value, so that one that is added later cannot be forgotten.
func fill(v reflect.Value, r *rand.Rand) {
	texts := []string{"plain", "", "ä Ž \u2028", "a\"b\\c", "<&>\n\t\x01", "bad \xff utf-8", "\x7f"}
	switch {
	case v.Type() == reflect.TypeFor[provlog.Time]():
		v.Set(reflect.ValueOf(provlog.Time(time.Unix(r.Int64N(1<<32), r.Int64N(1e9)).In(time.FixedZone("x", 3600)))))
	case v.Kind() == reflect.String:
		v.SetString(texts[r.IntN(len(texts))])
	case v.Kind() == reflect.Int64:
		v.SetInt(r.Int64N(1<<40) - 1<<39)
	case v.Kind() == reflect.Pointer && r.IntN(3) > 0:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), r)
	case v.Kind() == reflect.Slice && r.IntN(4) > 0:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
		for i := range v.Len() {
			fill(v.Index(i), r)
		}
	case v.Kind() == reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, r)
		}
	}
}

func TestAppend(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var s provlog.Summary
		fill(reflect.ValueOf(&s).Elem(), r)
		if diff := cmp.Diff(encoded(t, &s), string(s.Append(nil))); diff != "" {
			t.Fatalf("(-encoding/json +Append)\n%s", diff)
		}
	}
	var empty provlog.Summary
	if diff := cmp.Diff(encoded(t, &empty), string(empty.Append([]byte{}))); diff != "" {
		t.Errorf("(-encoding/json +Append)\n%s", diff)
	}
}

func BenchmarkAppend(b *testing.B) {
	var s provlog.Summary
	fill(reflect.ValueOf(&s).Elem(), rand.New(rand.NewPCG(1, 2)))
	var line []byte
	b.ReportAllocs()
	for b.Loop() {
		line = s.Append(line[:0])
	}
}
