package duration

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Format writes days, hours, minutes and seconds: 1d12h, 1h20m, 0s.
func Format(d time.Duration) string {
	days, rest := d/day, d%day
	if rest == 0 && days != 0 {
		return fmt.Sprintf("%dd", days)
	}
	text := strings.NewReplacer("h0m0s", "h", "m0s", "m").Replace(rest.String())
	if days == 0 {
		return text
	}
	return fmt.Sprintf("%dd%s", days, text)
}

// ISO writes a duration as Graph does (E-19): PT40M, P1DT12H, P1W.
func ISO(d time.Duration) string {
	var b strings.Builder
	b.WriteByte('P')
	for _, u := range []struct {
		size time.Duration
		name byte
	}{{year, 'Y'}, {year / 12, 'M'}, {week, 'W'}, {day, 'D'}} {
		if n := d / u.size; n > 0 {
			b.WriteString(strconv.FormatInt(int64(n), 10))
			b.WriteByte(u.name)
			d %= u.size
		}
	}
	if d == 0 && b.Len() > 1 {
		return b.String()
	}
	b.WriteByte('T')
	for _, u := range []struct {
		size time.Duration
		name byte
	}{{time.Hour, 'H'}, {time.Minute, 'M'}} {
		if n := d / u.size; n > 0 {
			b.WriteString(strconv.FormatInt(int64(n), 10))
			b.WriteByte(u.name)
			d %= u.size
		}
	}
	if d > 0 || strings.HasSuffix(b.String(), "T") {
		b.WriteString(strconv.FormatFloat(d.Seconds(), 'f', -1, 64))
		b.WriteByte('S')
	}
	return b.String()
}
