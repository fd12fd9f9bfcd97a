package har_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/recording/har"
)

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		``: "not a HAR file", `{}`: "log is missing", `[]`: "not a HAR file", `{"log":{"entries":[{}]}}`: "entry 1: method",
		`{"log":{"entries":[{"request":{"method":"GET","url":"/Users","postData":{"encoding":"base64","text":"?"}}}]}}`: "entry 1: postData",
	} {
		path := filepath.Join(t.TempDir(), "a.har")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := har.Load(path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
