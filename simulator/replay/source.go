package replay

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	jsonv2 "github.com/go-json-experiment/json"

	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/recording/har"
	"github.com/scimdrill/scimdrill/simulator/recording/intake"
)

// longestLine is the length of a line of a stream, in bytes.
const longestLine = 64 << 20

// Source gives the requests of a stream, in their order. It ends at the first error.
type Source = iter.Seq2[*Request, error]

const openHint = "hint: pass requests.jsonl or exchanges.har of a recording, a HAR file of a browser, or an access log"

// Open reads a stream: JSON lines as record writes them, a HAR file, an access log, or the folder of a recording.
// note is told what of the file is not in the stream.
func Open(path string, note func(string)) (Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read stream: %w; %s", err, openHint)
	}
	if info.IsDir() {
		stream := filepath.Join(path, intake.StreamName)
		if _, err := os.Stat(stream); err == nil {
			path = stream
		} else {
			path = filepath.Join(path, har.FileName)
		}
	}
	format, err := intake.FormatOf(path)
	if err != nil {
		return nil, err //nolint:wrapcheck // it says all
	}
	if format == intake.Stream {
		return fromLines(path), nil
	}
	return fromRecording(path, format, note)
}

func fromLines(path string) Source {
	return func(yield func(*Request, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(nil, fmt.Errorf("read stream: %w", err))
			return
		}
		defer file.Close()
		Lines(file, path)(yield)
	}
}

// Lines reads a stream of JSON lines; name is that of the file, for errors.
func Lines(r io.Reader, name string) Source {
	return func(yield func(*Request, error) bool) {
		c := newCompiler()
		scanner := bufio.NewScanner(r)
		scanner.Buffer(make([]byte, 64<<10), longestLine)
		for number := 1; scanner.Scan(); number++ {
			text := bytes.TrimSpace(scanner.Bytes())
			if len(text) == 0 {
				continue
			}
			var line recording.Line
			if err := jsonv2.Unmarshal(text, &line); err != nil {
				yield(nil, fmt.Errorf("read stream %s, line %d: %w; hint: a stream is one JSON object a line, as `scimdrill record` writes it", name, number, err))
				return
			}
			req, err := c.request(&line)
			if err != nil {
				yield(nil, fmt.Errorf("read stream %s, line %d: %w", name, number, err))
				return
			}
			if !yield(req, nil) {
				return
			}
		}
		if err := scanner.Err(); err != nil {
			yield(nil, fmt.Errorf("read stream %s: %w", name, err))
		}
	}
}

// errEnough ends the reading of a recording.
var errEnough = errors.New("enough")

// fromRecording makes a stream of what others recorded. The lines of a HAR file, which was read whole anyway, are kept.
func fromRecording(path string, format intake.Format, note func(string)) (Source, error) {
	var kept []recording.Line
	res, err := intake.Read(path, intake.Options{Shapes: format == intake.HAR}, func(l recording.Line) error {
		if format == intake.HAR {
			kept = append(kept, l)
		}
		return nil
	})
	if err != nil {
		return nil, err //nolint:wrapcheck // it says all
	}
	if res.Taken == 0 {
		return nil, fmt.Errorf("%s: none of %d requests is a SCIM request; hint: make a stream of it with `scimdrill stream convert --base`, which names the target in the recording", path, res.Read)
	}
	if left := res.Read - res.Taken; left > 0 {
		note(fmt.Sprintf("%d of %d requests of %s are not SCIM requests and are left out", left, res.Read, path))
	}
	if res.Incomplete {
		note(path + " is incomplete: it says that exchanges are missing")
	}
	return func(yield func(*Request, error) bool) {
		c := newCompiler()
		one := func(l recording.Line) error {
			req, err := c.request(&l)
			if err != nil {
				return fmt.Errorf("read recording %s, request %d of the stream: %w", path, c.number, err)
			}
			if !yield(req, nil) {
				return errEnough
			}
			return nil
		}
		var err error
		if format == intake.HAR {
			for _, l := range kept {
				if err = one(l); err != nil {
					break
				}
			}
		} else {
			_, err = intake.Read(path, intake.Options{}, one)
		}
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}, nil
}
