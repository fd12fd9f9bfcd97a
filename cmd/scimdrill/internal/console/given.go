package console

import (
	"io"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// Given reads the files that a command was given. "-" is stdin, and below lists the files that a
// name stands for. what says what is read, such as "tenant"; a file has limit bytes at most.
func (con *Console) Given(
	names []string, what string, limit int64, below func(name string) ([]string, error), take func(name string, data []byte),
) error {
	for _, name := range names {
		if name == "-" {
			data, err := io.ReadAll(io.LimitReader(con.Stdin, limit))
			if err != nil {
				return exit.Broken("", "read stdin: %w", err)
			}
			take("stdin", data)
			continue
		}
		paths, err := below(name)
		if err != nil {
			return err
		}
		for _, path := range paths {
			data, err := wholefile.Read(path, limit)
			if err != nil {
				return exit.Usage("", "read %s: %w", what, err)
			}
			take(path, data)
		}
	}
	return nil
}
