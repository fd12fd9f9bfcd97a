package inflight

import (
	"bytes"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// TestLinesBefore: a line is made visible once, when it is appended. Looking at all lines before it
// again made a rewrite with n open writes cost n² of them.
func TestLinesBefore(t *testing.T) {
	t.Parallel()
	before := []byte("\x01\n")
	for name, b := range map[string][]byte{
		"end":   appendEnd(bytes.Clone(before), 1, Done, "a\u0085\n"),
		"begin": appendBegin(bytes.Clone(before), 1, &Facts{Source: "a\u0085"}, &provlog.Summary{}),
	} {
		line, untouched := bytes.CutPrefix(b, before)
		if !untouched || !bytes.Contains(line, []byte(`a\u0085`)) {
			t.Errorf("%s: %q", name, b)
		}
	}
}
