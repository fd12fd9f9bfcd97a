package console

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/outside"
)

// longestAnswer is the number of bytes of one answer.
const longestAnswer = 4 << 10

// Ask asks a person a question on stderr, and reads one line. An empty line is the preset.
func (con *Console) Ask(ctx context.Context, question, preset string) (string, error) {
	prompt := outside.Line(question)
	if preset != "" {
		prompt += " [" + outside.Line(preset) + "]"
	}
	_, _ = fmt.Fprint(con.Stderr, prompt+": ")
	type read struct {
		line string
		err  error
	}
	lines := make(chan read, 1)
	go func() { // ends with its one line, or with the process
		line, err := readLine(con.Stdin)
		lines <- read{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case got := <-lines:
		if got.err != nil {
			return "", exit.Usage("answer the question, or pass flags", "read the answer: %w", got.err)
		}
		return cmp.Or(strings.TrimSpace(got.line), preset), nil
	}
}

// readLine reads up to a line break and nothing behind it: the next question needs the rest.
func readLine(r io.Reader) (string, error) {
	var line []byte
	for one := make([]byte, 1); len(line) < longestAnswer; {
		n, err := r.Read(one)
		switch {
		case n == 1 && one[0] == '\n':
			return string(line), nil
		case n == 1:
			line = append(line, one[0])
		case err == io.EOF && len(line) > 0:
			return string(line), nil
		case err != nil:
			return "", err
		}
	}
	return "", fmt.Errorf("more than %d bytes without a line break", longestAnswer)
}
