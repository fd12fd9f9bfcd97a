package dates

import (
	"testing"
	"time"
)

// FuzzDate: no panic, and a date that was read is read again from what .NET writes.
func FuzzDate(f *testing.F) {
	for _, text := range []string{"2021-06-30+08:00", "Wed, 25 Aug 2021 17:41:18 GMT", "8/25/21 5:41 PM", "25-Aug-2021", "10:00:00.1234567"} {
		f.Add(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK")
	}
	f.Fuzz(func(t *testing.T, text, layout string) {
		now := func() time.Time { return time.Date(2021, 7, 2, 15, 33, 38, 5, time.UTC) }
		if read, err := Read(text, now); err == nil {
			again, err := Read(read.Format(Layout), now)
			if err != nil || !again.Equal(read.Truncate(time.Second)) {
				t.Fatalf("%q is %s and then %s: %v", text, read, again, err)
			}
		}
		format, err := ParseFormat(layout)
		if err != nil {
			return
		}
		_ = format.Write(Moment{Time: now()})
		_, _ = format.Read(text, Styles{inner: true}, now)
	})
}
