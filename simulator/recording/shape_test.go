package recording_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// Shapes tell what is missing or of another kind, and nothing about values, additions, order or empty lists.
func TestShapeDifferences(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		recorded, now string
		want          []string
	}{
		"equal":           {`{"id":"1","active":true}`, `{"active":false,"id":"2","extra":{}}`, nil},
		"missing":         {`{"id":"1","name":{"givenName":"A","familyName":"B"}}`, `{"id":"1","name":{"givenName":"A"}}`, []string{"name.familyName is missing"}},
		"outermost alone": {`{"id":"1","name":{"givenName":"A"}}`, `{"id":"1"}`, []string{"name is missing"}},
		"kind":            {`{"active":true}`, `{"active":"True"}`, []string{"active is a string, recorded as a boolean"}},
		"null is absent":  {`{"title":null}`, `{}`, nil},
		"in lists":        {`{"emails":[{"value":"a","type":"work"}]}`, `{"emails":[{"value":"b"}]}`, []string{"emails[].type is missing"}},
		"an empty list":   {`{"Resources":[{"id":"1"}]}`, `{"Resources":[]}`, nil},
		"an extension": {
			`{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"x"}}`,
			`{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"a":1}}`,
			[]string{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department is missing"},
		},
	} {
		got := recording.ShapeOf([]byte(c.recorded)).Differences(recording.ShapeOf([]byte(c.now)))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if recording.ShapeOf([]byte("<html>")) != nil || recording.ShapeOf(nil) != nil {
		t.Error("no JSON has a shape")
	}
}
