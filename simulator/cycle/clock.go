package cycle

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/clock"
)

// phaseClock gives instants inside a phase and moves the shared clock at its end only,
// so that a target that reads the clock sees the same time for any number of workers.
// On the wall clock it adds nothing: real requests take real time.
type phaseClock struct {
	clock clock.Clock
	base  time.Time
	spent time.Duration
}

func (p *phaseClock) begin(c clock.Clock) {
	p.clock, p.base, p.spent = c, c.Now(), 0
}

// now is the instant of the entry that is being committed.
func (p *phaseClock) now() time.Time {
	if _, wall := p.clock.(clock.Wall); wall {
		return p.clock.Now()
	}
	// A wait for the target has moved the shared clock.
	p.spent = max(p.spent, p.clock.Now().Sub(p.base))
	return p.base.Add(p.spent)
}

// took adds what an object cost.
func (p *phaseClock) took(d time.Duration) { p.spent += d }

// end moves the shared clock; begin is next.
func (p *phaseClock) end(ctx context.Context) error {
	if _, wall := p.clock.(clock.Wall); !wall {
		if err := p.clock.WaitUntil(ctx, p.base.Add(p.spent)); err != nil {
			return err
		}
	}
	return nil
}
