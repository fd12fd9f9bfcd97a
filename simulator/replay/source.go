package replay

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/recording/har"
)

// longestLine is the length of a line of a stream, in bytes.
const longestLine = 64 << 20

// Source gives the requests of a stream, in their order. It ends at the first error.
type Source = iter.Seq2[*Request, error]

// Open reads a stream: JSON lines as record writes them, or a HAR file, or the folder of a recording.
// note is told what of a HAR cannot be replayed.
func Open(path string, note func(string)) (Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read stream: %w; hint: pass requests.jsonl or exchanges.har of a recording", err)
	}
	if info.IsDir() {
		stream := filepath.Join(path, "requests.jsonl")
		if _, err := os.Stat(stream); err == nil {
			path = stream
		} else {
			path = filepath.Join(path, har.FileName)
		}
	}
	isHAR, err := looksLikeHAR(path)
	if err != nil {
		return nil, err
	}
	if isHAR {
		return fromHAR(path, note)
	}
	return fromLines(path), nil
}

// looksLikeHAR reads the beginning of a file: a HAR is one object with log, a stream begins with a
// whole object that has a method.
func looksLikeHAR(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("read stream: %w; hint: pass requests.jsonl or exchanges.har of a recording", err)
	}
	defer file.Close()
	head := make([]byte, 4096)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return false, fmt.Errorf("read stream %s: %w", path, err)
	}
	head = bytes.TrimLeft(head[:n], "\ufeff \t\r\n")
	rest, object := bytes.CutPrefix(head, []byte("{"))
	return object && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"log"`)), nil
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

// fromHAR gives ids placeholders, as record does when it writes a stream. A HAR of a browser has
// other traffic too, which is left out.
func fromHAR(path string, note func(string)) (Source, error) {
	requests, complete, err := har.Load(path)
	if err != nil {
		return nil, err
	}
	all := len(requests)
	requests = slices.DeleteFunc(requests, func(r *recording.Request) bool { return !r.SCIM() && !discovery(r.Path) })
	if left := all - len(requests); left > 0 {
		note(fmt.Sprintf("%d of %d requests of %s are not SCIM requests and are left out", left, all, path))
	}
	if !complete {
		note(path + " is incomplete: it says that exchanges are missing")
	}
	return func(yield func(*Request, error) bool) {
		c := newCompiler()
		var written bytes.Buffer
		stream := recording.NewStream(&written)
		for _, r := range requests {
			written.Reset()
			x := &exchange.Exchange{
				Started: r.Started, Method: r.Method, URL: r.Path, RequestHeader: r.Header, RequestBody: r.Body, Status: r.Status, ResponseBody: r.Answer,
			}
			if r.Query != "" {
				x.URL += "?" + r.Query
			}
			var line recording.Line
			err := stream.Add(x)
			if err == nil {
				err = json.Unmarshal(written.Bytes(), &line)
			}
			var req *Request
			if err == nil {
				req, err = c.request(&line)
			}
			if err != nil {
				yield(nil, fmt.Errorf("read recording %s, entry %d: %w", path, r.Number, err))
				return
			}
			if !yield(req, nil) {
				return
			}
		}
	}, nil
}

// discovery reports whether a path is one of SCIM beside users and groups.
func discovery(path string) bool {
	first, _, _ := strings.Cut(strings.Trim(path, "/"), "/")
	return slices.Contains([]string{"Schemas", "ResourceTypes", "ServiceProviderConfig", "Bulk", "Me", ".search"}, first)
}
