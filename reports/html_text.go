package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"
)

// maxBodyShown is how much of a body the page shows.
const maxBodyShown = 16 << 10

// pretty indents a JSON body and cuts a long one.
func pretty(body string) string {
	var b bytes.Buffer
	if len(body) <= maxBodyShown && json.Indent(&b, []byte(body), "", "  ") == nil {
		return b.String()
	}
	if len(body) <= maxBodyShown {
		return body
	}
	cut := maxBodyShown
	for cut > 0 && !utf8.RuneStart(body[cut]) {
		cut--
	}
	return fmt.Sprintf("%s\n… %s more", body[:cut], count(len(body)-cut, "byte"))
}

// seconds is the wall time of the run in words.
func seconds(t Timing) string { return fmt.Sprintf("%.1f s", t.Ended.Sub(t.Started).Seconds()) }

// clockTime is a time of day.
func clockTime(at time.Time) string { return at.UTC().Format("15:04") }

// isoTime is a time as the datetime attribute takes it.
func isoTime(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// dayName is a day as people say it.
func dayName(at time.Time) string { return at.UTC().Format("Mon 2 Jan") }
