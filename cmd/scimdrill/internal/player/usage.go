package player

import (
	"runtime/debug"
	"time"
)

// used is what the process took.
type used struct {
	cpu   time.Duration
	pause time.Duration // the longest of the garbage collector
	gcs   int64
}

func usage() used {
	var gc debug.GCStats
	debug.ReadGCStats(&gc)
	return used{cpu: cpuTime(), gcs: gc.NumGC}
}

// since is what was taken after before.
func (u used) since(before used) used {
	var gc debug.GCStats
	debug.ReadGCStats(&gc)
	u.cpu -= before.cpu
	for i := range min(int(gc.NumGC-before.gcs), len(gc.Pause)) {
		u.pause = max(u.pause, gc.Pause[i])
	}
	return u
}
