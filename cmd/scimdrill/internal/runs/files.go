package runs

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// FileExists reports whether something is at the path.
func FileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// RemoveIfThere removes a file; one that is missing is no error.
func RemoveIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// WriteWhole writes a file whole or not at all.
func WriteWhole(path string, data []byte) error {
	return exit.Unwritten(wholefile.Write(path, 0o600, data))
}

// WriteJSON writes a whole file.
func WriteJSON(path string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return WriteWhole(path, append(outside.JSON(data), '\n'))
}
