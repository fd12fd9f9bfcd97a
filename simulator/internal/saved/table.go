package saved

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// IsTable reports whether the file is CSV: its first character does not begin JSON.
func (f *File) IsTable() bool {
	text, _ := f.body()
	text = bytes.TrimSpace(text)
	if len(text) == 0 || bytes.IndexByte([]byte("{[<"), text[0]) >= 0 {
		return false
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return !json.Valid(text) && bytes.ContainsAny(first, ",;\t")
}

// Rows reads a table with a header. Commas, semicolons and tabs separate.
func (f *File) Rows() ([]*Object, error) {
	text, skipped := f.body()
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
			names = columns(cells)
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

// body is the table without a line before its header, and the length of that line: "sep=;" for
// Excel, "#TYPE …" of Export-Csv, "version:v1.0" of the portal's templates.
func (f *File) body() (text []byte, skipped int) {
	first, rest, ok := bytes.Cut(f.Text, []byte("\n"))
	low := bytes.ToLower(bytes.Trim(first, "\" \t\r"))
	for _, begin := range []string{"sep=", "#type ", "version:"} {
		if ok && bytes.HasPrefix(low, []byte(begin)) {
			return rest, len(first) + 1
		}
	}
	return f.Text, 0
}

// columns are the names of a header. The portal's templates show a name for people before the name
// of the property: "User name [userPrincipalName] Required".
func columns(cells []string) []string {
	out := make([]string, len(cells))
	property := regexp.MustCompile(`\S \[([a-z]\w*)\]`) // not "TimeGenerated [UTC]"
	for i, c := range cells {
		out[i] = strings.TrimSpace(c)
		if m := property.FindStringSubmatch(c); m != nil {
			out[i] = m[1]
			if strings.HasPrefix(strings.ToLower(c), "block ") { // it asks the opposite of the property
				out[i] = "blockSignIn"
			}
		}
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
