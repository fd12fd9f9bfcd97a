package expression

import "strings"

// join is Join (E-186). Null and empty texts contribute nothing, not even a
// separator; all empty gives null.
func join(a arguments) Value {
	separator, _ := a.text(0)
	var first string
	var b strings.Builder
	parts := 0
	add := func(s string) {
		if s == "" {
			return
		}
		if parts++; parts == 1 {
			first = s
			return
		}
		if parts == 2 {
			b.Grow(len(first) + 2*(len(separator)+len(s)))
			b.WriteString(first)
		}
		b.WriteString(separator)
		b.WriteString(s)
	}
	for i := 1; i < a.count() && b.Len() <= maxText; i++ {
		v := a.value(i)
		if v.kind != KindList {
			add(v.Text())
			continue
		}
		for _, element := range v.list {
			add(element.Text())
		}
	}
	switch parts {
	case 0:
		return Null()
	case 1:
		return String(first)
	default:
		return a.built(b.String())
	}
}

// split is Split (E-201). Parts are trimmed; empty parts are dropped.
func split(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	delimiter, _ := a.text(1)
	if delimiter == "" {
		return a.fail("the delimiter is empty")
	}
	var list []Value
	for p := range strings.SplitSeq(s, delimiter) {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, String(p))
		}
	}
	return List(list...)
}

// item is Item (E-185), which counts from 1.
func item(a arguments) Value {
	v := a.value(0)
	if v.IsNull() {
		return Null()
	}
	list := v.List()
	i := a.integer(1)
	if i < 1 || i > int64(len(list)) {
		return a.fail("value %d not found; the attribute has %d values, counted from 1", i, len(list))
	}
	return list[i-1]
}

// count is Count (E-170).
func count(a arguments) Value { return Integer(int64(len(a.value(0).List()))) }

// removeDuplicates is RemoveDuplicates (E-197): the first of equal values stays.
func removeDuplicates(a arguments) Value {
	v := a.value(0)
	if v.kind != KindList {
		return v
	}
	seen := make(map[string]bool, len(v.list))
	list := make([]Value, 0, len(v.list))
	for _, element := range v.list {
		if s := element.Text(); !seen[s] {
			seen[s] = true
			list = append(list, element)
		}
	}
	return List(list...)
}
