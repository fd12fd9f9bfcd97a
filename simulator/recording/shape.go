package recording

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Shape are the attributes that a response has, each with the kind of its value: "emails[].value" is a string.
// Attributes that are null are absent. The number of resources of a list is not part of it.
type Shape map[string]string

// mostShape is how many attributes a shape has at most.
const mostShape = 500

// ShapeOf reads a body; nil is no JSON object.
func ShapeOf(body []byte) Shape {
	var object map[string]any
	if len(body) == 0 || json.Unmarshal(body, &object) != nil {
		return nil
	}
	s := Shape{}
	s.take("", object)
	return s
}

func (s Shape) take(path string, v any) {
	if len(s) >= mostShape {
		return
	}
	kind := ""
	switch v := v.(type) {
	case nil:
		return
	case string:
		kind = "a string"
	case float64:
		kind = "a number"
	case bool:
		kind = "a boolean"
	case []any:
		kind = "a list"
		for _, element := range v {
			s.take(path+"[]", element)
		}
	case map[string]any:
		kind = "an object"
		for name, part := range v {
			if path != "" {
				name = path + "." + name
			}
			s.take(name, part)
		}
	}
	if path != "" && !strings.HasSuffix(path, "[]") {
		s[path] = kind
	}
}

// Differences says what a response lacks beside a recorded one, and what is of another kind. Lists that are empty in one of
// them say nothing about their elements.
func (s Shape) Differences(have Shape) (list []string) {
	for _, path := range slices.Sorted(maps.Keys(s)) {
		want, now := s[path], have[path]
		switch {
		case now == want:
		case now != "":
			list = append(list, fmt.Sprintf("%s is %s, recorded as %s", path, now, want))
		case have.hasParent(path):
			list = append(list, path+" is missing")
		}
	}
	return list
}

// hasParent reports whether what an attribute stands in is there, so that only the outermost thing is missing.
func (s Shape) hasParent(path string) bool {
	end := lastStep(path)
	if end < 0 {
		return true
	}
	parent, inList := strings.CutSuffix(path[:end], "[]")
	if inList {
		return s.anyBelow(parent + "[]")
	}
	return s[parent] == "an object"
}

// lastStep is where the last name of a path begins; the point of a version such as 2.0 in a URN is none.
func lastStep(path string) int {
	digit := func(i int) bool { return i < len(path) && path[i] >= '0' && path[i] <= '9' }
	for i := len(path) - 1; i > 0; i-- {
		if path[i] == '.' && (!digit(i-1) || !digit(i+1)) {
			return i
		}
	}
	return -1
}

func (s Shape) anyBelow(prefix string) bool {
	for path := range s {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}
