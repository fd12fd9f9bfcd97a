package saved

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// IsTable reports whether the file is CSV: its first character does not begin JSON.
func (f *File) IsTable() bool {
	text := bytes.TrimSpace(f.Text)
	if len(text) == 0 || bytes.IndexByte([]byte("{[<"), text[0]) >= 0 {
		return false
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return !json.Valid(text) && bytes.ContainsAny(first, ",;\t")
}

// Rows reads a table with a header. Commas, semicolons and tabs separate.
func (f *File) Rows() ([]*Object, error) {
	text, skipped := f.Text, 0
	if first, rest, ok := bytes.Cut(text, []byte("\n")); ok && bytes.HasPrefix(bytes.ToLower(first), []byte("sep=")) {
		text, skipped = rest, len(first)+1 // a line for Excel
	}
	header, _, _ := bytes.Cut(text, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(string(header)), -1, true
	var names []string
	var out []*Object
	for {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, fmt.Errorf("read %s as CSV: %w; hint: save the download unchanged, not from a spreadsheet", f.Name, err)
		case names == nil:
			names = trimmed(cells)
			continue
		}
		line, _ := r.FieldPos(0)
		o := &Object{Value: Value{file: f, start: f.lines[min(line-1+f.Line(skipped)-1, len(f.lines)-1)], inside: true, Raw: []byte("{}")}, members: map[string]Value{}}
		for i, cell := range cells {
			if i >= len(names) {
				return nil, o.Fault("the row has %d cells, and the header has %d; hint: save the download unchanged, not from a spreadsheet", len(cells), len(names))
			}
			o.add(names[i], o.cell(names[i], cell))
		}
		out = append(out, o)
	}
}

// cell is the value of a cell, as a string.
func (o *Object) cell(name, text string) Value {
	raw, err := json.Marshal(text)
	if err != nil {
		raw = []byte(`""`)
	}
	return Value{file: o.file, start: o.start, inside: true, path: name, Raw: raw}
}

func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.TrimSpace(c)
	}
	return out
}

func separator(header string) rune {
	best, most := ',', strings.Count(header, ",")
	for _, r := range ";\t" {
		if n := strings.Count(header, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// Table makes objects of columns and rows, as the query API of Log Analytics returns them.
func Table(columns []string, rows []Value) ([]*Object, error) {
	out := make([]*Object, 0, len(rows))
	for i := range rows {
		cells, err := rows[i].List()
		if err != nil {
			return nil, err
		}
		o := &Object{Value: rows[i], members: map[string]Value{}}
		for k := range min(len(cells), len(columns)) {
			cells[k].path = columns[k]
			o.add(columns[k], cells[k])
		}
		out = append(out, o)
	}
	return out, nil
}
