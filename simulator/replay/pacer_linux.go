package replay

import (
	"syscall"
	"time"
)

// nap sleeps in the kernel, which is late by some 60 µs.
func nap(d time.Duration) {
	t := syscall.NsecToTimespec(int64(d))
	_ = syscall.Nanosleep(&t, nil) // one that was woken early looks at the clock again
}
