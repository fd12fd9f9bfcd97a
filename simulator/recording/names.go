package recording

import (
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// shortID is the length from which on an id can hardly be anything else.
const shortID = 16

// Names knows which id stands for which object.
type Names struct {
	// ByExternalID calls objects by their externalId first: where what people call them by
	// was redacted.
	ByExternalID bool
	// Rules say which other values of responses are ids.
	Rules []Rule

	byID map[string]string // "Users/7" is the user named there
	any  map[string]string // "7" is the placeholder
	told map[string]bool   // ids that a rule found
}

// NewNames knows nothing yet.
func NewNames() *Names {
	return &Names{byID: map[string]string{}, any: map[string]string{}, told: map[string]bool{}}
}

// Learn binds the ids in an answer and returns them by placeholder.
func (n *Names) Learn(r *Request) map[string]string {
	var bound map[string]string
	for _, one := range r.created() {
		for name, id := range n.Learn(one) {
			if bound == nil {
				bound = map[string]string{}
			}
			bound[name] = id
		}
	}
	if !r.SCIM() {
		return bound
	}
	for _, o := range r.answered() {
		id := o.id()
		if id == "" || n.byID[r.Collection+"/"+id] != "" {
			continue
		}
		name := n.of(r.Collection, o)
		if sent := n.of(r.Collection, r.sent()); name == "" || n.ByExternalID && sent != "" {
			name = sent
		}
		if name == "" {
			continue
		}
		n.bind(r.Collection, id, name)
		if bound == nil {
			bound = map[string]string{}
		}
		bound[variable(r.Collection, name)+".id"] = id
	}
	return bound
}

// Pick binds what the rules find in a response, and returns the rule of each variable.
func (n *Names) Pick(r *Request) map[string]string {
	var picked map[string]string
	list := r.answered()
	for _, o := range list {
		name := n.byID[r.Collection+"/"+o.id()]
		if name == "" && len(list) == 1 {
			name = n.Name(r)
		}
		if name == "" {
			continue
		}
		for _, rule := range n.Rules {
			if rule.Header != "" && len(list) > 1 {
				continue
			}
			value := rule.find(r.AnswerHeader, o)
			held := variable(r.Collection, name) + "." + rule.Name
			if value == "" || n.any[value] != "" {
				continue
			}
			n.any[value], n.told[value] = "{{"+held+"}}", true
			if picked == nil {
				picked = map[string]string{}
			}
			picked[held] = rule.String()
		}
	}
	return picked
}

func (n *Names) bind(collection, id, name string) {
	n.byID[collection+"/"+id] = name
	n.any[id] = Placeholder(collection, name)
}

// of is how people call an object.
func (n *Names) of(collection string, o resource) string {
	order := []string{"userName", "externalId", "displayName"}
	switch {
	case n.ByExternalID:
		order = []string{"externalId", "userName", "displayName"}
	case collection == "Groups":
		order = []string{"displayName", "externalId"}
	}
	for _, attribute := range order {
		if s := o.text(attribute); s != "" && s != exchange.Redacted {
			return s
		}
	}
	return ""
}

// Sent is how the object in the body of a creation is called.
func (n *Names) Sent(r *Request) string { return n.of(r.Collection, r.sent()) }

// Name is who the id in the path of a request is, or empty.
func (n *Names) Name(r *Request) string { return n.byID[r.Collection+"/"+r.ID] }

// PathQuery is the path with the query, with placeholders for ids.
func (n *Names) PathQuery(r *Request) string {
	path := n.Path(r)
	if r.Query != "" {
		path += "?" + n.Query(r)
	}
	return path
}

// Path is the path with a placeholder for its id.
func (n *Names) Path(r *Request) string {
	segments := strings.Split(r.Path, "/")
	if name := n.Name(r); name != "" {
		segments[2] = Placeholder(r.Collection, name)
	}
	for i, segment := range segments {
		if id := unescaped(segment); n.told[id] {
			segments[i] = n.any[id]
		}
	}
	return strings.Join(segments, "/")
}

// Query is the query with placeholders for ids in its filter.
func (n *Names) Query(r *Request) string {
	filter, _ := r.Param("filter")
	reference := strings.HasPrefix(filter, "id eq ")
	parts := strings.Split(r.Query, "%22")
	for i := 1; i < len(parts)-1; i += 2 {
		id, err := url.QueryUnescape(parts[i])
		if held := n.any[id]; err == nil && held != "" && (reference || len(id) >= shortID) {
			parts[i] = held
		}
	}
	return strings.Join(parts, "%22")
}

// Redacted reports whether what an object is called by was redacted in a request.
func Redacted(r *Request) bool {
	if _, value, ok := r.Filtered(); ok && value == exchange.Redacted {
		return true
	}
	o := r.sent()
	return r.SCIM() && (o.text("userName") == exchange.Redacted || r.Collection == "Groups" && o.text("displayName") == exchange.Redacted)
}

// Body is the body with placeholders for ids.
func (n *Names) Body(r *Request) string {
	body := string(r.Body)
	all := false // what stands in quotes is an id
	if r.Method == "PATCH" {
		kind := r.patchKind()
		all = kind == Add || kind == Set || kind == Remove || kind == Manager
	}
	var places []reference
	if !all && len(n.any) > 0 {
		places = references(r.Body)
	}
	var b strings.Builder
	for len(body) > 0 {
		at := len(r.Body) - len(body)
		end := strings.IndexAny(body, `"\/`)
		if end < 0 {
			end = len(body)
		}
		word := body[:end]
		for len(places) > 0 && places[0].end <= at {
			places = places[1:]
		}
		refers := all || len(places) > 0 && places[0].start < at
		if held := n.any[word]; held != "" && (refers || len(word) >= shortID || n.told[word]) {
			word = held
		}
		b.WriteString(word)
		if end < len(body) {
			b.WriteByte(body[end])
			end++
		}
		body = body[end:]
	}
	return b.String()
}

// Only is the name of the one object that an answer tells of, or empty.
func (n *Names) Only(r *Request) string {
	list := r.answered()
	if len(list) != 1 {
		return ""
	}
	return n.byID[r.Collection+"/"+list[0].id()]
}
