package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/reports"
)

// failure is an error with its exit code and what to do about it.
type failure struct {
	code int
	err  error
	hint string
}

// Error is the message without the hint; "" where all was said before.
func (f *failure) Error() string {
	if f.err == nil {
		return ""
	}
	return f.err.Error()
}

// Unwrap is the error below.
func (f *failure) Unwrap() error { return f.err }

// usage is a mistake of the person who typed; the hint may be empty.
func usage(hint, format string, args ...any) error {
	return &failure{code: reports.ExitUsage, err: fmt.Errorf(format, args...), hint: hint}
}

// broken is a run that could not be completed.
func broken(hint, format string, args ...any) error {
	return &failure{code: reports.ExitBroken, err: fmt.Errorf(format, args...), hint: hint}
}

// unwritten is an output that could not be written.
func unwritten(err error) error {
	if err == nil {
		return nil
	}
	return &failure{code: reports.ExitReport, err: err, hint: "is there room on the disk, and may the folder be written? --out DIR names another one"}
}

// unmet says by its code that the verdict is negative; what it is was printed already.
func unmet() error { return &failure{code: reports.ExitFailed} }

// stopped is the end of a server that was told to stop: success.
func stopped() error { return &failure{code: reports.ExitOK} }

// exitCode tells the code of a command's end.
func exitCode(ctx context.Context, err error) int {
	var f *failure
	switch {
	case errors.As(err, &f) && (ctx.Err() == nil || f.code == reports.ExitOK || f.code == reports.ExitUsage):
		return f.code
	case ctx.Err() != nil:
		return reports.ExitInterrupted
	case err == nil:
		return reports.ExitOK
	default:
		return reports.ExitBroken
	}
}

// unwrittenBelow reports whether an error is about a file below dir: an output.
func unwrittenBelow(err error, dir string) bool {
	path, ok := errors.AsType[*fs.PathError](err)
	if !ok {
		return false
	}
	within, relErr := filepath.Rel(dir, path.Path)
	return relErr == nil && within != ".." && !strings.HasPrefix(within, ".."+string(filepath.Separator))
}

// errorText is an error as it is printed, with its hint; "" where all was said before.
func errorText(err error) string {
	text := strings.Trim(err.Error(), "\n")
	if text == "" {
		return ""
	}
	text = fmt.Sprintf("scimdrill: %s\n", strings.ReplaceAll(text, "; hint: ", "\nhint: "))
	if f, ok := errors.AsType[*failure](err); ok && f.hint != "" {
		text += fmt.Sprintf("hint: %s\n", f.hint)
	}
	return text
}
