package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// Folder is the folder beside a journal with the journals of earlier runs that left objects.
const Folder = "journals"

// Begin opens the journal at path for a run. The journal of the same job state and target is
// continued. That of any other run is kept in Folder, or removed if nothing of it remains.
// The caller has the folder to itself.
func Begin(path string, h Header) (*Journal, error) {
	has, known, err := ReadHeader(path)
	fresh := errors.Is(err, fs.ErrNotExist)
	switch {
	case fresh:
	case err != nil:
		return nil, fmt.Errorf("open journal: %w", err)
	case known && h.continues(has):
		return Open(path)
	default:
		if err := setAside(path, has); err != nil {
			return nil, fmt.Errorf("keep the journal of an earlier run: %w", err)
		}
	}
	j, err := Open(path)
	if err != nil {
		return nil, err
	}
	if err := j.write(record{Event: eventHeader, Header: h}); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	return j, nil
}

// continues reports whether a run goes on with the journal of an earlier one.
func (h Header) continues(earlier Header) bool {
	return h.State != "" && h.State == earlier.State && h.Target == earlier.Target
}

// ReadHeader reads the first line of the journal at path. A journal of an older version has no
// header.
func ReadHeader(path string) (h Header, known bool, err error) {
	_, _, err = lines(path, func(_ int, line []byte) error {
		var r record
		if json.Unmarshal(line, &r) == nil && r.Event == eventHeader {
			h, known = r.Header, true
		}
		return io.EOF // the rest does not matter
	})
	if errors.Is(err, io.EOF) || !errors.As(err, new(*fs.PathError)) {
		err = nil // Read tells what is wrong with a line
	}
	return h, known, err
}

// Stamp gives a journal of an older version its header.
func Stamp(path string, h Header) error {
	line, err := record{Event: eventHeader, Header: h}.line()
	if err != nil {
		return fmt.Errorf("write journal %s: %w", path, err)
	}
	old, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	defer old.Close()
	return wholefile.WriteFrom(path, 0o600, func(w io.Writer) error {
		if _, err := w.Write(line); err != nil {
			return err
		}
		_, err := io.Copy(w, old)
		return err
	})
}

// setAside keeps the journal at path in Folder, under the id of its run. One that cannot be
// read is kept too.
func setAside(path string, h Header) error {
	if left, err := Read(path); err == nil && len(left) == 0 {
		return os.Remove(path)
	}
	dir := filepath.Join(filepath.Dir(path), Folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	name := h.Run
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		name = "unknown"
	}
	to := filepath.Join(dir, name+".jsonl")
	for n := 2; exists(to); n++ {
		to = filepath.Join(dir, name+"-"+strconv.Itoa(n)+".jsonl")
	}
	return os.Rename(path, to)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// List returns the journals of the folder of a run, the latest last: those in Folder, those
// that an older version kept, and that of the last run. name is the name of each of the last two.
func List(dir, name string) ([]string, error) {
	var list []string
	for _, place := range []struct {
		dir  string
		file func(entry string) string
	}{
		{dir, func(entry string) string {
			if !strings.HasPrefix(entry, "earlier-") {
				return ""
			}
			return filepath.Join(entry, name)
		}},
		{filepath.Join(dir, Folder), func(entry string) string { return entry }},
	} {
		entries, err := os.ReadDir(place.dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("list the journals of %s: %w", dir, err)
		}
		for _, e := range entries {
			if file := place.file(e.Name()); strings.HasSuffix(file, ".jsonl") && exists(filepath.Join(place.dir, file)) {
				list = append(list, filepath.Join(place.dir, file))
			}
		}
	}
	if path := filepath.Join(dir, name); exists(path) {
		list = append(list, path)
	}
	return list, nil
}
