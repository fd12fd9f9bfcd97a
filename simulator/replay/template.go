package replay

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// template is text with holes for ids, split once so that filling it copies bytes.
type template struct {
	parts []string // one more than holes
	holes []int    // places in the list of needs
	size  int
}

// split takes a text apart at its placeholders, such as {{users["ada@contoso.test"].id}}. need
// gives each variable its place in the list of needs.
func split(text string, need func(variable string) int) template {
	t := template{size: len(text)}
	from := 0
	for at := 0; ; {
		open := strings.Index(text[at:], "{{")
		if open < 0 {
			break
		}
		open += at
		variable, end := placeholder(text[open:])
		if end == 0 {
			at = open + 1
			continue
		}
		t.parts = append(t.parts, text[from:open])
		t.holes = append(t.holes, need(variable))
		from = open + end
		at = from
	}
	t.parts = append(t.parts, text[from:])
	return t
}

// placeholder reads a placeholder at the beginning of a text: its variable, and where it ends.
// What only looks like one is text, and end is 0.
func placeholder(text string) (variable string, end int) {
	open := strings.IndexByte(text, '[')
	if open < 3 || strings.Trim(text[2:open], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", 0
	}
	quoted, err := strconv.QuotedPrefix(text[open+1:])
	if err != nil {
		return "", 0
	}
	rest := text[open+1+len(quoted):]
	stop := strings.Index(rest, "}}")
	if stop < 2 || !strings.HasPrefix(rest, "].") {
		return "", 0
	}
	end = open + 1 + len(quoted) + stop + 2
	return text[2 : end-2], end
}

// named takes a variable apart: users["ada"].id is the collection users and the name ada.
func named(variable string) (collection, name string) {
	collection, rest, _ := strings.Cut(variable, "[")
	quoted, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return collection, ""
	}
	name, err = strconv.Unquote(quoted)
	if err != nil {
		return collection, ""
	}
	return collection, name
}

// whole reports whether there are no holes, and gives the text.
func (t *template) whole() (string, bool) { return t.parts[0], len(t.holes) == 0 }

// fill puts ids into the holes.
func (t *template) fill(ids []string, escape func(string) string) []byte {
	out := make([]byte, 0, t.size+32*len(t.holes))
	for i, hole := range t.holes {
		out = append(out, t.parts[i]...)
		out = append(out, escape(ids[hole])...)
	}
	return append(out, t.parts[len(t.holes)]...)
}

// escapeURL makes an id part of a path or query.
func escapeURL(id string) string {
	if plain(id) {
		return id
	}
	return strings.ReplaceAll(url.QueryEscape(id), "+", "%20")
}

// escapeJSON makes an id part of a JSON string.
func escapeJSON(id string) string {
	if plain(id) {
		return id
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(id) != nil {
		return id // a string always has a form
	}
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.String()), `"`), `"`)
}

// plain reports whether an id is the same everywhere.
func plain(id string) bool {
	for i := range len(id) {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' && c != '.' && c != '~' {
			return false
		}
	}
	return true
}
