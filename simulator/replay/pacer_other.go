//go:build !linux

package replay

import "time"

// nap sleeps; the timers of Go are less exact.
func nap(d time.Duration) { <-time.After(d) }
