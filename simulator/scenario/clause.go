package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// clause is one condition that must hold: subject, operator, value.
type clause struct {
	text    string
	subject []part
	second  bool // it is about the second job
	op      string
	want    any // nil for absent, string, float64, bool or []any
}

// part is one step of a subject: target, user(ada), emails, [0].
type part struct {
	name  string
	args  []argument
	call  bool
	index int // of a list, when name is ""
}

// argument is one of call(a=b, c=d); the name may be "".
type argument struct{ name, value string }

func (p part) arg(name string) (string, bool) {
	for _, a := range p.args {
		if a.name == name {
			return a.value, true
		}
	}
	return "", false
}

// operators are in the order in which the reader tries them.
func operators() []string { return []string{"==", "!=", ">=", "<=", ">", "<", "contains"} }

const clauseHint = "hint: write for example job.status.code == Quarantine, log(action=disable, user=ada) == 1, target.user(ada).active == false"

// reader reads a clause from left to right.
type reader struct {
	text string
	pos  int
}

func (r *reader) rest() string { return r.text[r.pos:] }

func (r *reader) blank() {
	for r.pos < len(r.text) && r.text[r.pos] == ' ' {
		r.pos++
	}
}

func (r *reader) fail(format string, args ...any) error {
	return fmt.Errorf("%s\n\t%s\n\t%s^\n%s", fmt.Sprintf(format, args...), r.text, strings.Repeat(" ", r.pos), clauseHint)
}

// parseClause reads SUBJECT OPERATOR VALUE.
func parseClause(text string) (clause, error) {
	text = strings.Join(strings.Fields(text), " ")
	r := &reader{text: text}
	c := clause{text: text}
	for {
		p, err := r.part()
		if err != nil {
			return c, err
		}
		c.subject = append(c.subject, p)
		if strings.HasPrefix(r.rest(), ".") {
			r.pos++
			continue
		}
		if strings.HasPrefix(r.rest(), "[") {
			continue
		}
		break
	}
	r.blank()
	for _, op := range operators() {
		if strings.HasPrefix(r.rest(), op) {
			c.op = op
			r.pos += len(op)
			break
		}
	}
	if c.op == "" {
		return c, r.fail("the operator is missing; the operators are %s", strings.Join(operators(), " "))
	}
	r.blank()
	var err error
	if c.want, err = r.value(); err != nil {
		return c, err
	}
	if r.blank(); r.rest() != "" {
		return c, r.fail("unexpected text after the value")
	}
	if _, ok := c.want.(float64); !ok && strings.ContainsAny(c.op, "<>") {
		return c, r.fail("%s requires a number", c.op)
	}
	return c, nil
}

const wordEnd = ".()[],= !<>\""

// part reads name, name(args) or [index or "name"].
func (r *reader) part() (part, error) {
	if strings.HasPrefix(r.rest(), "[") {
		return r.bracket()
	}
	start := r.pos
	for r.pos < len(r.text) && !strings.ContainsRune(wordEnd, rune(r.text[r.pos])) {
		r.pos++
	}
	p := part{name: r.text[start:r.pos]}
	if p.name == "" {
		return p, r.fail("the name is missing")
	}
	if !strings.HasPrefix(r.rest(), "(") {
		return p, nil
	}
	p.call = true
	r.pos++
	for {
		r.blank()
		if strings.HasPrefix(r.rest(), ")") {
			r.pos++
			return p, nil
		}
		a, err := r.argument()
		if err != nil {
			return p, err
		}
		p.args = append(p.args, a)
		r.blank()
		switch {
		case strings.HasPrefix(r.rest(), ","):
			r.pos++
		case !strings.HasPrefix(r.rest(), ")"):
			return p, r.fail("the bracket is not closed")
		}
	}
}

func (r *reader) bracket() (part, error) {
	r.pos++
	end := strings.IndexByte(r.rest(), ']')
	if end < 0 {
		return part{}, r.fail("the bracket is not closed")
	}
	inner := r.rest()[:end]
	if name, err := strconv.Unquote(inner); err == nil {
		r.pos += end + 1
		return part{name: name}, nil
	}
	n, err := strconv.Atoi(inner)
	if err != nil || n < 0 {
		return part{}, r.fail(`brackets must contain a number or a "name"`)
	}
	r.pos += end + 1
	return part{index: n}, nil
}

func (r *reader) argument() (argument, error) {
	word, err := r.word(",)=")
	if err != nil {
		return argument{}, err
	}
	r.blank()
	if !strings.HasPrefix(r.rest(), "=") {
		return argument{value: word}, nil
	}
	r.pos++
	r.blank()
	value, err := r.word(",)")
	return argument{name: word, value: value}, err
}

// word reads a quoted string, or the characters before one of the ends.
func (r *reader) word(ends string) (string, error) {
	if strings.HasPrefix(r.rest(), `"`) {
		quoted, err := strconv.QuotedPrefix(r.rest())
		if err != nil {
			return "", r.fail("the quotation mark is not closed")
		}
		r.pos += len(quoted)
		return strconv.Unquote(quoted)
	}
	start := r.pos
	for r.pos < len(r.text) && !strings.ContainsRune(ends, rune(r.text[r.pos])) {
		r.pos++
	}
	text := strings.TrimSpace(r.text[start:r.pos])
	if text == "" {
		return "", r.fail("the value is missing")
	}
	return text, nil
}

// value reads the right side.
func (r *reader) value() (any, error) {
	if !strings.HasPrefix(r.rest(), "[") {
		quoted := strings.HasPrefix(r.rest(), `"`)
		text, err := r.word("")
		if err != nil || quoted {
			return text, err
		}
		return literal(text), nil
	}
	r.pos++
	list := []any{}
	for {
		r.blank()
		if strings.HasPrefix(r.rest(), "]") {
			r.pos++
			return list, nil
		}
		quoted := strings.HasPrefix(r.rest(), `"`)
		text, err := r.word(",]")
		if err != nil {
			return nil, err
		}
		if quoted {
			list = append(list, text)
		} else {
			list = append(list, literal(text))
		}
		r.blank()
		switch {
		case strings.HasPrefix(r.rest(), ","):
			r.pos++
		case !strings.HasPrefix(r.rest(), "]"):
			return nil, r.fail("the list is not closed")
		}
	}
}

func literal(text string) any {
	switch text {
	case "absent", "null":
		return nil
	case "true":
		return true
	case "false":
		return false
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && n == n && n-n == 0 {
		return n
	}
	return text
}

// meets compares the actual value with the wanted one. Strings are compared without regard to
// letter case, lists of names in any order.
func (c *clause) meets(got any) bool {
	switch c.op {
	case "==":
		return equal(got, c.want)
	case "!=":
		return !equal(got, c.want)
	case "contains":
		switch got := got.(type) {
		case []any:
			return slices.ContainsFunc(got, func(e any) bool { return equal(e, c.want) })
		case string:
			return strings.Contains(strings.ToLower(got), strings.ToLower(show(c.want)))
		}
		return false
	}
	n, ok := got.(float64)
	want, _ := c.want.(float64)
	if !ok {
		return false
	}
	switch c.op {
	case ">":
		return n > want
	case "<":
		return n < want
	case ">=":
		return n >= want
	}
	return n <= want
}

func equal(got, want any) bool {
	g, ok1 := got.([]any)
	w, ok2 := want.([]any)
	if ok1 && ok2 {
		if len(g) != len(w) {
			return false
		}
		for i := range g {
			if !equal(g[i], w[i]) {
				return false
			}
		}
		return true
	}
	if ok1 != ok2 || (got == nil) != (want == nil) {
		return false
	}
	return strings.EqualFold(show(got), show(want))
}

// show writes a value in the syntax of clauses.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "absent"
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		texts := make([]string, len(v))
		for i, e := range v {
			texts[i] = show(e)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	}
	return fmt.Sprint(v)
}
