package targets

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/clock"
)

// ListFaults prints the kinds of mishap, each with an example.
func ListFaults(con *console.Console) {
	for _, kind := range fault.Kinds() {
		con.Row(fmt.Sprintf("%-20s  ", kind.Example()), kind.Explain())
	}
}

// faulty puts the mishaps that were asked for in front of a target; nil is none.
func (c *Flags) faulty(next http.Handler, o target.Options) (*fault.Handler, error) {
	if len(c.Fault) == 0 {
		return nil, nil
	}
	options := fault.Options{Seed: o.Seed, Now: o.Now, Wait: WaitOnWall(o.Now), Token: o.Token}
	for _, text := range c.Fault {
		rule, length, err := fault.Parse(text)
		if err != nil {
			return nil, exit.Usage("", "--fault: %w", err)
		}
		if length > 0 {
			rule.Until = o.Now().Add(length)
		}
		if rule.Kind == fault.Stale && (c.Data != "" || len(c.Tenant) > 0) {
			return nil, exit.Usage("omit --data and --tenant", "--fault stale needs a target with one tenant in memory")
		}
		if rule.Kind == fault.Stale {
			options.Replica = func(now func() time.Time) (http.Handler, error) {
				return c.single(replicaOf(o, now))
			}
		}
		options.Rules = append(options.Rules, rule)
	}
	h, err := fault.New(next, options)
	if err != nil {
		return nil, exit.Usage("", "--fault: %w", err)
	}
	return h, nil
}

// replicaOf are the options of a second target that does the same writes later. It asks for
// no credential: the first one did.
func replicaOf(o target.Options, now func() time.Time) target.Options {
	o.Now, o.Token, o.NextToken, o.Basic, o.OAuth, o.JWT, o.Data = now, "", "", nil, nil, nil, ""
	return o
}

// WaitOnWall waits for the delay of a response.
func WaitOnWall(now func() time.Time) func(context.Context, time.Duration) error {
	return func(ctx context.Context, d time.Duration) error { return clock.Wall{}.WaitUntil(ctx, now().Add(d)) }
}

// SayFaults tells how many requests met which mishap.
func SayFaults(con *console.Console, met map[fault.Kind]int) {
	con.Say("faults: %s", metText(met))
}

func metText(met map[fault.Kind]int) string {
	var parts []string
	for _, kind := range fault.Kinds() {
		if n := met[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", kind, n))
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "no request was affected")
}
