package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"
)

// maxBodyShown is the maximum size of a body on the page.
const maxBodyShown = 16 << 10

// pretty indents a JSON body and truncates a long body.
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
	return fmt.Sprintf("%s\n… %s", body[:cut], count(len(body)-cut, "more byte"))
}

// seconds formats the wall time of the run.
func seconds(t Timing) string { return fmt.Sprintf("%.1f s", t.Ended.Sub(t.Started).Seconds()) }

// clockTime formats the time of day.
func clockTime(at time.Time) string { return at.UTC().Format("15:04") }

// isoTime formats a time for the datetime attribute.
func isoTime(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// dayName formats a day for people.
func dayName(at time.Time) string { return at.UTC().Format("Mon 2 Jan") }
