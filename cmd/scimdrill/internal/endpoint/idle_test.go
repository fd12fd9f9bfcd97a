package endpoint

import (
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
)

// TestIdle: servers on Node close idle connections after 5 seconds. A POST that arrives at that moment
// gets no response, and is not the fault of the target.
func TestIdle(t *testing.T) {
	t.Parallel()
	transport, _ := NewTransport(&console.Console{}, nil)
	if transport.IdleConnTimeout <= 0 || transport.IdleConnTimeout > 4*time.Second {
		t.Errorf("connections stay idle for %s", transport.IdleConnTimeout)
	}
}
