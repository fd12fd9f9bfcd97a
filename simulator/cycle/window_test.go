package cycle

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWindow(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 8, 16} {
		t.Run(fmt.Sprintf("commits in plan order with %d workers, and a lane never overtakes itself", n), func(t *testing.T) {
			t.Parallel()
			const units, lanes = 400, 7
			var mu sync.Mutex
			exchanged := map[string][]int{}
			busy, most := 0, 0
			var committed, want []int
			r := rand.New(rand.NewPCG(1, uint64(n)))
			w := newWindow(n)
			for i := range units {
				want = append(want, i)
				// A second lane, now and then, joins units that the first one would leave apart.
				mine := []string{strconv.Itoa(i % lanes), strconv.Itoa(r.IntN(4 * lanes))}
				pause := time.Duration(r.IntN(200)) * time.Microsecond
				err := w.add(t.Context(), unit{
					lanes: mine,
					exchange: func(context.Context) {
						mu.Lock()
						busy++
						most = max(most, busy)
						for _, lane := range mine {
							exchanged[lane] = append(exchanged[lane], i)
						}
						mu.Unlock()
						time.Sleep(pause)
						mu.Lock()
						busy--
						mu.Unlock()
					},
					commit: func(context.Context) error { committed = append(committed, i); return nil },
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if err := w.drain(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, committed); diff != "" {
				t.Errorf("commits (-want +got):\n%s", diff)
			}
			for lane, got := range exchanged {
				if !slices.IsSorted(got) {
					t.Errorf("lane %s was exchanged in the order %v", lane, got)
				}
			}
			if most > n || n > 1 && most < 2 {
				t.Errorf("%d exchanges were under way at once, with %d workers", most, n)
			}
		})
	}

	t.Run("a slow unit holds up its own lanes only", func(t *testing.T) {
		t.Parallel()
		slow, others := make(chan struct{}), make(chan struct{})
		var ran atomic.Int64
		w := newWindow(2)
		add := func(lane string, exchange func()) {
			t.Helper()
			u := unit{lanes: []string{lane}, exchange: func(context.Context) { exchange() }, commit: func(context.Context) error { return nil }}
			if err := w.add(t.Context(), u); err != nil {
				t.Fatal(err)
			}
		}
		add("a", func() { <-slow })
		add("a", func() { ran.Add(100) })
		for i := range 5 {
			add(strconv.Itoa(i), func() {
				if ran.Add(1) == 5 {
					close(others)
				}
			})
		}
		<-others // or the test hangs
		if got := ran.Load(); got != 5 {
			t.Errorf("the slow lane was overtaken: %d", got)
		}
		close(slow)
		if err := w.drain(t.Context(), nil); err != nil || ran.Load() != 105 {
			t.Errorf("%v, %d", err, ran.Load())
		}
	})

	t.Run("after a commit that failed nothing more is committed or sent", func(t *testing.T) {
		t.Parallel()
		boom := errors.New("boom")
		w := newWindow(4)
		commits := 0
		var sent atomic.Int64
		var err error
		for i := range 400 {
			if err = w.add(t.Context(), unit{exchange: func(context.Context) { sent.Add(1) }, commit: func(context.Context) error {
				commits++
				if i == 5 {
					return boom
				}
				return nil
			}}); err != nil {
				break
			}
		}
		if err = w.drain(t.Context(), err); !errors.Is(err, boom) || commits != 6 || sent.Load() > 6+depth*4 {
			t.Errorf("error %v after %d commits and %d exchanges, want boom after 6", err, commits, sent.Load())
		}
	})

	t.Run("what was achieved is committed when the run is stopped, in order", func(t *testing.T) {
		t.Parallel()
		for _, n := range []int{1, 4} {
			stop := errors.New("stop")
			ctx, cancel := context.WithCancel(t.Context())
			w := newWindow(n)
			var committed []int
			var err error
			for i := range 40 {
				var cut bool
				err = w.add(ctx, unit{exchange: func(context.Context) { cut = i == 7 || i == 9 }, commit: func(ctx context.Context) error {
					if cut {
						return halted{stop}
					}
					committed = append(committed, i)
					return ctx.Err()
				}})
				if i == 9 {
					cancel()
				}
				if err != nil || i == 12 {
					break
				}
			}
			err = w.drain(ctx, err)
			want := []int{0, 1, 2, 3, 4, 5, 6, 8, 10, 11, 12}
			if n == 1 {
				want = want[:7] // the unit that was cut off is committed at once and ends the cycle
			}
			if diff := cmp.Diff(want, committed); diff != "" || !errors.Is(err, stop) {
				t.Errorf("%d workers, error %v: commits (-want +got):\n%s", n, err, diff)
			}
			cancel()
		}
	})

	t.Run("an error of planning commits what was sent", func(t *testing.T) {
		t.Parallel()
		boom := errors.New("boom")
		w := newWindow(4)
		commits := 0
		for range 10 {
			if err := w.add(t.Context(), unit{exchange: func(context.Context) {}, commit: func(context.Context) error { commits++; return nil }}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.drain(t.Context(), boom); !errors.Is(err, boom) || commits != 10 {
			t.Errorf("%v after %d commits", err, commits)
		}
	})
}

func TestIDs(t *testing.T) {
	t.Parallel()
	a, b := IDs{Seed: 7}, IDs{Seed: 8}
	if again := (IDs{Seed: 7}); a.For("x", "y") != again.For("x", "y") {
		t.Error("the same parts give different ids")
	}
	for _, other := range []string{a.For("xy"), a.For("x", "z"), b.For("x", "y")} {
		if other == a.For("x", "y") {
			t.Errorf("different parts or seeds give the id %s", other)
		}
	}
}
