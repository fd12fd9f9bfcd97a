package player

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/clock"
)

// await waits for the time at which all shards begin.
func (l *Load) await(ctx context.Context) {
	switch left := l.Flags.StartAt.Sub(l.Console.Now()); {
	case l.Flags.StartAt.IsZero():
	case left < 0:
		l.note("the time of --start-at was " + (-left).Round(time.Millisecond).String() + " ago")
	default:
		l.Console.Say("the stream is ready and begins in %s", left.Round(time.Second))
		_ = clock.Wall{}.WaitUntil(ctx, l.Flags.StartAt) // an interrupted run ends at its first request
	}
}
