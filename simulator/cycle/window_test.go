package cycle

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
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
			var committed, want []int
			r := rand.New(rand.NewPCG(1, uint64(n)))
			w := newWindow(n)
			for i := range units {
				want = append(want, i)
				lane, pause := strconv.Itoa(i%lanes), time.Duration(r.IntN(200))*time.Microsecond
				err := w.add(t.Context(), unit{
					lane: lane,
					exchange: func(context.Context) {
						time.Sleep(pause)
						mu.Lock()
						defer mu.Unlock()
						exchanged[lane] = append(exchanged[lane], i)
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
				for i := 1; i < len(got); i++ {
					if got[i] < got[i-1] {
						t.Fatalf("lane %s: %d was exchanged before %d", lane, got[i-1], got[i])
					}
				}
			}
		})
	}

	t.Run("after an error nothing more is committed", func(t *testing.T) {
		t.Parallel()
		boom := errors.New("boom")
		w := newWindow(4)
		commits := 0
		var err error
		for i := range 40 {
			if err = w.add(t.Context(), unit{exchange: func(context.Context) {}, commit: func(context.Context) error {
				commits++
				if i == 5 {
					return boom
				}
				return nil
			}}); err != nil {
				break
			}
		}
		if err = w.drain(t.Context(), err); !errors.Is(err, boom) || commits != 6 {
			t.Errorf("error %v after %d commits, want boom after 6", err, commits)
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
