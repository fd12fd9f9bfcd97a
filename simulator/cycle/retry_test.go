package cycle

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRetrySchedules(t *testing.T) {
	t.Parallel()
	first := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		name, preset string
		want         []int // hours after the first failure, -1 is never
		lifetime     time.Duration
	}{
		{"A-2 E-237 current", "current", []int{0, 6, 12, 24, 48, 72, 96, 120}, 28 * 24 * time.Hour},
		{"E-237 by the letter", "page", []int{6, 12, 24, 48, 72, 96, 120, 144}, 28 * 24 * time.Hour},
		{"E-238 of 2022", "2022", []int{0, 6, 12, 24, 48, 96, 168, -1}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s, err := ParseRetry(tc.preset)
			if err != nil {
				t.Fatal(err)
			}
			var hours []int
			for attempts := range 8 {
				if at := s.due(first, first, attempts); at.Equal(never()) {
					hours = append(hours, -1)
				} else {
					hours = append(hours, int(at.Sub(first)/time.Hour))
				}
			}
			if diff := cmp.Diff(tc.want, hours); diff != "" {
				t.Errorf("hours after the first failure (-want +got):\n%s", diff)
			}
			before, expires := s.Expired(first.Add(tc.lifetime))
			if expires != (tc.lifetime > 0) || expires && !before.Equal(first) {
				t.Errorf("Expired = %v, %v; want the first failure itself after %v", before, expires, tc.lifetime)
			}
		})
	}
	t.Run("the zero value is the documented one", func(t *testing.T) {
		t.Parallel()
		for attempts := range 6 {
			if got, want := (Retry{}).due(first, first, attempts), CurrentRetry().due(first, first, attempts); !got.Equal(want) {
				t.Errorf("due after %d attempts is %v, want %v", attempts, got, want)
			}
		}
	})
	if _, err := ParseRetry("2023"); err == nil {
		t.Error("an unknown schedule was accepted")
	}
}
