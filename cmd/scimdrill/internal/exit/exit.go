package exit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/reports"
)

// Error is an error with its exit code and what to do about it.
type Error struct {
	Code int
	Err  error
	Hint string
}

// Error is the message without the hint; "" where all was said before.
func (f *Error) Error() string {
	if f.Err == nil {
		return ""
	}
	return f.Err.Error()
}

// Unwrap is the error below.
func (f *Error) Unwrap() error { return f.Err }

// Usage is a mistake of the person who typed; the hint may be empty.
func Usage(hint, format string, args ...any) error {
	return &Error{Code: reports.ExitUsage, Err: fmt.Errorf(format, args...), Hint: hint}
}

// Broken is a run that could not be completed.
func Broken(hint, format string, args ...any) error {
	return &Error{Code: reports.ExitBroken, Err: fmt.Errorf(format, args...), Hint: hint}
}

// Unwritten is an output that could not be written.
func Unwritten(err error) error {
	if err == nil {
		return nil
	}
	return &Error{Code: reports.ExitReport, Err: err, Hint: "check free disk space and write permission, or choose another folder with --out DIR"}
}

// Unmet says by its code that the verdict is negative; what it is was printed already.
func Unmet() error { return &Error{Code: reports.ExitFailed} }

// Stopped is the end of a server that was told to stop: success.
func Stopped() error { return &Error{Code: reports.ExitOK} }

// Code tells the code of a command's end.
func Code(ctx context.Context, err error) int {
	var f *Error
	switch {
	case errors.As(err, &f) && (ctx.Err() == nil || f.Code == reports.ExitOK || f.Code == reports.ExitUsage):
		return f.Code
	case ctx.Err() != nil:
		if errors.As(context.Cause(ctx), &f) {
			return f.Code
		}
		return reports.ExitInterrupted
	case err == nil:
		return reports.ExitOK
	default:
		return reports.ExitBroken
	}
}

// Interrupted reports whether a person or the system stopped the command. A command that ended
// at a bound of its own was not interrupted.
func Interrupted(ctx context.Context) bool {
	_, own := errors.AsType[*Error](context.Cause(ctx))
	return ctx.Err() != nil && !own
}

// UnwrittenBelow reports whether an error is about a file below dir: an output.
func UnwrittenBelow(err error, dir string) bool {
	path, ok := errors.AsType[*fs.PathError](err)
	if !ok {
		return false
	}
	within, relErr := filepath.Rel(dir, path.Path)
	return relErr == nil && within != ".." && !strings.HasPrefix(within, ".."+string(filepath.Separator))
}

// Text is an error as it is printed, with its hint; "" where all was said before.
func Text(err error) string {
	text := strings.Trim(err.Error(), "\n")
	if text == "" {
		return ""
	}
	text = fmt.Sprintf("scimdrill: %s\n", strings.ReplaceAll(text, "; hint: ", "\nhint: "))
	if f, ok := errors.AsType[*Error](err); ok && f.Hint != "" {
		text += fmt.Sprintf("hint: %s\n", f.Hint)
	}
	return text
}
