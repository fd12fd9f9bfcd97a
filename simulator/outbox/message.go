package outbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/scimdrill/scimdrill/reports/outside"
)

// sender is the address of all letters. Entra sends from azure-noreply@microsoft.com (E-335), which
// nobody else may write into a mail.
const sender = "noreply@scimdrill.test"

// Subject is the subject of the mail.
func (l *Letter) Subject() string {
	app := outside.Line(l.App)
	switch l.Kind {
	case Failure:
		return fmt.Sprintf("%s: %s failed in a provisioning cycle", app, objects(l.Objects))
	case Deletions:
		return fmt.Sprintf("%s: %s held back by the deletion threshold", app, changes(l.Objects))
	case Disabled:
		return app + ": provisioning was disabled after 28 days in quarantine"
	case Quarantine:
	}
	return app + ": provisioning is in quarantine"
}

// Name is the name of the file. It sorts by time, and is equal for equal letters.
func (l *Letter) Name() string {
	return l.At.UTC().Format("20060102T150405Z") + "-" + string(l.Kind) + "-" + l.digest()[:8] + ".eml"
}

// digest is different for different letters.
func (l *Letter) digest() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(l.Kind), l.At.UTC().Format(time.RFC3339Nano), l.To, l.Job, l.Activity, l.Reason}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// Message is the mail of the letter (RFC 5322). Equal letters give equal bytes.
func (l *Letter) Message() (*mail.Msg, error) {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent(), mail.WithEncoding(mail.EncodingQP))
	if err := m.FromFormat("scimdrill", sender); err != nil {
		return nil, fmt.Errorf("the sender of a notification: %w", err)
	}
	if err := m.To(l.To); err != nil {
		return nil, fmt.Errorf("the notification address %q: %w; hint: give one address such as admin@contoso.example", l.To, err)
	}
	m.Subject(l.Subject())
	m.SetDateWithValue(l.At.UTC())
	m.SetMessageIDWithValue(l.digest() + "@scimdrill.test")
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetBodyString(mail.TypeTextPlain, strings.Join(l.body(), "\n")+"\n")
	return m, nil
}

// CheckAddress reports whether a mail can be addressed to it.
func CheckAddress(address string) error {
	_, err := (&Letter{To: address}).Message()
	return err
}

// body is the text of the mail, by line.
func (l *Letter) body() []string {
	lines := []string{l.Subject() + ".", ""}
	lines = append(lines, l.story()...)
	lines = append(lines, "", "Application:  "+outside.Line(l.App), "Job:          "+l.Job)
	if l.Activity != "" {
		lines = append(lines, "Activity:     "+l.Activity)
	}
	lines = append(lines, "Time:         "+stamp(l.At))
	switch {
	case !l.Next.IsZero():
		lines = append(lines, "Next cycle:   "+stamp(l.Next))
	default:
		lines = append(lines, "Next cycle:   none")
	}
	return append(lines, "", "This notification was written by scimdrill, which simulates the provisioning service.")
}

// story is what happened and what to do.
func (l *Letter) story() []string {
	why := []string{"Reason:       " + l.Reason}
	if l.Code != "" {
		why = append(why, "Error:        "+outside.Line(l.Code))
	}
	if l.Text != "" {
		why = append(why, outside.Line(l.Text))
	}
	switch l.Kind {
	case Failure:
		return []string{objects(l.Objects) + " could not be provisioned. They are retried. The provisioning log has the error of each."}
	case Deletions:
		return append(why, "", "Nothing was disabled or deleted. If this is right, allow the deletions:",
			"    scimdrill job restart --state DIR --scope ForceDeletes", "Otherwise correct the cause, and then restart the job.")
	case Disabled:
		return append(why, "", "No cycle runs any more. Correct the cause, and then start the job:", "    scimdrill job start --state DIR")
	case Quarantine:
	}
	return append(why, "", "Cycles run less often until the cause is corrected. After 28 days, the job is disabled.")
}

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05 UTC") }

func objects(n int64) string {
	if n == 1 {
		return "1 object"
	}
	return fmt.Sprintf("%d objects", n)
}

func changes(n int64) string {
	if n == 1 {
		return "1 deletion is"
	}
	return fmt.Sprintf("%d deletions are", n)
}
