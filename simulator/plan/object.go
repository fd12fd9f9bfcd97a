package plan

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// object is what a plan wrote of one object: all of one that it created, only what it
// set of one that was there.
type object struct {
	collection string
	resource   scimclient.Resource
	set        map[string]any // by folded path, as the PATCH named it
	gone       bool
}

func (o *object) assign(set map[string]any) {
	if o.set == nil {
		o.set = map[string]any{}
	}
	maps.Copy(o.set, set)
}

// value is what the plan knows an attribute to be; none when it did not write it.
func (o *object) value(attribute string) (string, bool) {
	v, ok := o.set[strings.ToLower(attribute)]
	if !ok {
		path, err := scim.ParseTargetPath(attribute)
		if err != nil {
			return "", false
		}
		v, ok = path.Get(o.resource.Values)
	}
	s, isText := v.(string)
	return s, ok && isText && s != ""
}

// assigned reads which paths a PATCH sets to which values. An operation without a path
// sets each member of its value.
func assigned(body []byte) (map[string]any, error) {
	var patch struct {
		Operations []struct {
			Op    string `json:"op"`
			Path  string `json:"path"`
			Value any    `json:"value"`
		} `json:"Operations"`
	}
	if err := json.Unmarshal(body, &patch); err != nil {
		return nil, err
	}
	set := map[string]any{}
	for _, op := range patch.Operations {
		value := op.Value
		if strings.EqualFold(op.Op, "remove") {
			value = nil
		}
		if op.Path != "" {
			set[strings.ToLower(op.Path)] = value
			continue
		}
		if members, ok := value.(map[string]any); ok {
			for name, v := range members {
				set[strings.ToLower(name)] = v
			}
		}
	}
	return set, nil
}

// index finds written objects by the value of one attribute of one collection.
type index struct {
	collection string
	attribute  string
	exact      bool
	objects    map[string][]*object
	keys       map[*object]string // "" is none: the plan did not write the attribute
}

// index returns the index of an attribute and makes it at the first query.
func (t *Target) index(collection, attribute string) *index {
	name := collection + " " + strings.ToLower(attribute)
	x, ok := t.indexes[name]
	if !ok {
		x = &index{collection: collection, attribute: attribute, exact: strings.EqualFold(attribute, "externalId"), objects: map[string][]*object{}, keys: map[*object]string{}}
		t.indexes[name] = x
		for _, o := range t.written {
			if o.collection == collection {
				x.put(o)
			}
		}
	}
	return x
}

// reindex brings every index of the object's collection up to date.
func (t *Target) reindex(o *object) {
	for _, x := range t.indexes {
		if x.collection == o.collection {
			x.put(o)
		}
	}
}

func (x *index) key(value string) string {
	if x.exact {
		return value
	}
	return strings.ToLower(value)
}

func (x *index) put(o *object) {
	if old := x.keys[o]; old != "" {
		x.objects[old] = slices.DeleteFunc(x.objects[old], func(other *object) bool { return other == o })
		delete(x.keys, o)
	}
	value, ok := o.value(x.attribute)
	if !ok || o.gone {
		return
	}
	key := x.key(value)
	x.keys[o] = key
	x.objects[key] = append(x.objects[key], o)
}
