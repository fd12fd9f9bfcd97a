package endstate

import (
	"context"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Snapshot reads a target in this process, by what it has stored. No defect or fault of its
// answers hides anything, and no request is made.
func Snapshot(stored func(endpoint string) []map[string]any) Reader {
	return &snapshot{stored: stored, kept: map[string][]scimclient.Resource{}, byID: map[string]scimclient.Resource{}}
}

type snapshot struct {
	stored func(endpoint string) []map[string]any
	kept   map[string][]scimclient.Resource
	byID   map[string]scimclient.Resource
}

func (s *snapshot) all(collection string) []scimclient.Resource {
	list, ok := s.kept[collection]
	if !ok {
		for _, values := range s.stored("/" + collection) {
			id, _ := values["id"].(string)
			r := scimclient.Resource{ID: id, Values: values}
			list = append(list, r)
			s.byID[collection+" "+id] = r
		}
		s.kept[collection] = list
	}
	return list
}

func (s *snapshot) List(_ context.Context, collection string, start int) (scimclient.Page, error) {
	list := s.all(collection)
	return scimclient.Page{Total: len(list), Resources: list[min(start-1, len(list)):]}, nil
}

func (s *snapshot) Find(_ context.Context, collection, attribute, want string) ([]scimclient.Resource, error) {
	path, err := scim.ParseTargetPath(attribute)
	if err != nil {
		return nil, err //nolint:wrapcheck // says all
	}
	if strings.EqualFold(attribute, "members.value") {
		return slices.DeleteFunc(slices.Clone(s.all(collection)), func(r scimclient.Resource) bool {
			list, _ := value("members", r).([]any)
			return !slices.ContainsFunc(list, func(v any) bool { return referenceID(v) == want })
		}), nil
	}
	m := Match{Path: attribute, Value: want}
	return slices.DeleteFunc(slices.Clone(s.all(collection)), func(r scimclient.Resource) bool { return !m.holds(path, r) }), nil
}

func (s *snapshot) Read(_ context.Context, collection, id string) (scimclient.Resource, error) {
	s.all(collection)
	r, ok := s.byID[collection+" "+id]
	if !ok {
		return r, ErrGone
	}
	return r, nil
}
