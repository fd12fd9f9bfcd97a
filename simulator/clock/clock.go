package clock

import (
	"context"
	"time"
)

// Clock tells the time and waits for it. Virtual and Wall implement it.
type Clock interface {
	// Now returns the current instant, in UTC.
	Now() time.Time
	// WaitUntil returns when Now is t or later, or returns the context's error.
	WaitUntil(ctx context.Context, t time.Time) error
}
