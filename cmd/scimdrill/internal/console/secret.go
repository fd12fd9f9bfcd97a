package console

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// Secret reads a secret from a file or, without one, from a variable.
func (con *Console) Secret(file, flag, variable string) (string, error) {
	text, _ := con.Getenv(variable)
	source := variable
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return "", exit.Usage("", "%s: %w", flag, err)
		}
		defer f.Close()
		const most = 64 << 10
		data, err := io.ReadAll(io.LimitReader(f, most+1))
		if err != nil {
			return "", exit.Usage("", "%s: %w", flag, err)
		}
		if len(data) > most {
			return "", exit.Usage("", "%s: %s is too long for a secret", flag, file)
		}
		text, source = string(data), flag
	}
	text = strings.TrimSpace(text)
	if file != "" && text == "" {
		return "", exit.Usage("", "%s: %s is empty", flag, file)
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", exit.Usage("", "%s: a secret must be one line of printable characters", source)
	}
	return text, nil
}

// KeepSecret writes a secret into a file that nobody else may read: all of it, or nothing.
func KeepSecret(path, secret string) error {
	if err := wholefile.Write(path, 0o600, []byte(secret+"\n")); err != nil {
		return fmt.Errorf("save the refresh token: %w", err)
	}
	return nil
}
