package wholefile

import (
	"fmt"
	"io"
	"os"
)

// Read reads a file of at most limit bytes. A device or a pipe has no size, so the limit holds
// for what is read (S12).
func Read(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err //nolint:wrapcheck // the error of os.ReadFile
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := ReadAll(file, limit)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// ReadAll reads a stream of at most limit bytes.
func ReadAll(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller knows what is read
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("the file has more than %d bytes, which is the limit", limit)
	}
	return data, nil
}
