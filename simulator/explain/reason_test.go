package explain

import "testing"

// TestReason reads the reason of a failure in the forms that were seen (E-313, E-239).
func TestReason(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		status  int
		detail  string
		retries int
	}{
		{"StatusCode: Conflict\r\nMessage: x\r\nWeb Response: \r\n{\"detail\":\"taken\"}. This operation was retried 3 times.", 409, "taken", 3},
		{"StatusCode: 422. Message", 422, "", -1},
		{"The remote server returned an error: (401) Unauthorized.", 401, "", -1},
		{"StatusCode: InternalServerError. The target refused the request. Web Response: (empty)", 500, "", -1},
		{"HTTP/1.1 503 Service Unavailable", 503, "", -1},
		{"Error: {\"error\":{\"code\":\"429\",\"message\":\"slow down\"}}", 429, "slow down", -1},
		{"{\"Errors\":[{\"description\":\"no such attribute\",\"code\":\"400\"}]}", 400, "no such attribute", -1},
		{"StatusCode: RequestEntityTooLarge", 413, "", -1},
		{"Something happened in 2026 to 404 people", 0, "", -1},
	} {
		r, retries := parseReason(c.text)
		n := -1
		if retries != nil {
			n = retries.Count
		}
		if r.Status != c.status || r.Detail != c.detail || n != c.retries {
			t.Errorf("%q: %+v, %d", c.text, r, n)
		}
	}
}
