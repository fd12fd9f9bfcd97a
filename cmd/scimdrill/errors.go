package main

import (
	"context"
	"errors"
	"fmt"
	"io"
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

// Error is the message without the hint.
func (f *failure) Error() string { return f.err.Error() }

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

// report prints an error once: what happened, then what to do.
func report(w io.Writer, err error) {
	var f *failure
	if errors.As(err, &f) && f.err == nil {
		return
	}
	text := strings.ReplaceAll(strings.TrimRight(err.Error(), "\n"), "; hint: ", "\nhint: ")
	_, _ = fmt.Fprintf(w, "scimdrill: %s\n", text)
	if f != nil && f.hint != "" {
		_, _ = fmt.Fprintf(w, "hint: %s\n", f.hint)
	}
}

// outputFailure turns an error about a file below dir into one with exit code 4.
func outputFailure(err error, dir string) error {
	var path *fs.PathError
	if !errors.As(err, &path) {
		return err
	}
	within, relErr := filepath.Rel(dir, path.Path)
	if relErr != nil || within == ".." || strings.HasPrefix(within, ".."+string(filepath.Separator)) {
		return err
	}
	return unwritten(err)
}
