package scim

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecodeList(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule, in string
		want     *ListResponse
		err      string
	}{
		{"W-98 empty", `{"schemas":["` + ListURN + `"],"totalResults":0,"Resources":[]}`, &ListResponse{0, []map[string]any{}}, ""},
		{"W-99 without Resources", `{"totalResults":0}`, &ListResponse{0, []map[string]any{}}, ""},
		{"W-99 one", `{"TotalResults":1,"resources":[{"id":"7"}],"startIndex":"1"}`, &ListResponse{1, []map[string]any{{"id": "7"}}}, ""},
		{"W-99 no total", `{"Resources":[]}`, nil, "totalResults is missing"},
		{"W-99 total as string", `{"totalResults":"1"}`, nil, "totalResults is a JSON string"},
		{"W-99 counts and lists nothing", `{"totalResults":2}`, nil, "Resources is empty"},
		{"negative", `{"totalResults":-1}`, nil, "totalResults is -1"},
		{"a null in the list", `{"totalResults":1,"Resources":[null]}`, nil, "Resources[0] is null"},
		{"an array", `[]`, nil, "JSON array, not an object"},
		{"HTML", `<html>`, nil, "it is no JSON"},
		{"null", `null`, nil, "totalResults is missing"},
		{"nothing", ``, nil, "it is no JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			got, err := DecodeList([]byte(tt.in))
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) || got != nil {
					t.Errorf("got %v and error %v, want %q", got, err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeError(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     Error
		ok       bool
		text     string
	}{
		{"status as string", `{"schemas":["` + ErrorURN + `"],"status":"409","scimType":"uniqueness","detail":"userName is taken"}`, Error{409, "uniqueness", "userName is taken"}, true, "409 uniqueness: userName is taken"},
		{"status as number", `{"status":400,"detail":"no"}`, Error{409, "", "no"}, true, "409: no"},
		{"schemas alone", `{"schemas":["` + strings.ToLower(ErrorURN) + `"]}`, Error{409, "", ""}, true, "409"},
		{"another JSON", `{"message":"no"}`, Error{409, "", ""}, false, "409"},
		{"HTML", `<html>`, Error{409, "", ""}, false, "409"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := DecodeError(409, []byte(tt.in))
			if diff := cmp.Diff(&tt.want, got); diff != "" || ok != tt.ok {
				t.Errorf("ok %v, want %v (-want +got):\n%s", ok, tt.ok, diff)
			}
			if got.Error() != tt.text {
				t.Errorf("Error() = %q, want %q", got.Error(), tt.text)
			}
		})
	}
}
