package outside_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/outside/scan"
)

// No text of the corpus passes raw (S6), neither as a value nor through a guard, however it is cut.
func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, c := range scan.Corpus() {
		for name, got := range map[string]string{
			"Line": outside.Line(c.Text), "Lines": outside.Lines(c.Text),
			"Args": fmt.Sprintf("%s|%v|%q|%v", outside.Args([]any{c.Text, fmt.Errorf("x: %s", c.Text), c.Text, []string{c.Text}})...),
		} {
			for _, mistake := range scan.Raw([]byte(got)) {
				t.Errorf("%s: %s: %s", c.Name, name, mistake)
			}
			if name != "Lines" && strings.ContainsAny(got, "\n\t") {
				t.Errorf("%s: %s has more than a line: %q", c.Name, name, got)
			}
		}
		for _, size := range []int{1, 2, 3, 7, 1 << 20} {
			var b bytes.Buffer
			g := outside.NewGuard(&b, false)
			for data := []byte(c.Text + "\n" + c.Text); len(data) > 0; {
				n, err := g.Write(data[:min(size, len(data))])
				if err != nil || n == 0 {
					t.Fatal(n, err)
				}
				data = data[n:]
			}
			for _, mistake := range scan.Console(b.Bytes(), false) {
				t.Errorf("%s: Guard by %d bytes: %s", c.Name, size, mistake)
			}
		}
	}
}

// JSON keeps its values, whatever passes over it.
func TestJSONStaysJSON(t *testing.T) {
	t.Parallel()
	for _, c := range scan.Corpus() {
		want := strings.ToValidUTF8(c.Text, "\uFFFD")
		var encoded, guarded bytes.Buffer
		e := json.NewEncoder(&encoded)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(map[string]string{"a": want}); err != nil {
			t.Fatal(err)
		}
		if _, err := outside.NewGuard(&guarded, true).Write(encoded.Bytes()); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{outside.Lines(encoded.String()), guarded.String()} {
			var got map[string]string
			if err := json.Unmarshal([]byte(text), &got); err != nil || got["a"] != want {
				t.Errorf("%s: %q, %v; want %q", c.Name, got["a"], err, want)
			}
		}
	}
}

func TestVisible(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain": "plain", "": "", "Zoë 田中 ✅ ❤️": "Zoë 田中 ✅ ❤️", "a\x1b[2Jb": `a\u001b[2Jb`, "a\r\nb\tc": "a b c", "a\rb": `a\u000db`,
		"\u202egnp": `\u202egnp`, "a\U000e0069": `a\udb40\udc69`, "\x9b": "\uFFFD", "a\x7f": `a\u007f`,
	} {
		if got := outside.Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := outside.Lines("a\r\n\tb\x00"), "a\n\tb\\u0000"; got != want {
		t.Errorf("Lines gives %q, want %q", got, want)
	}
	if got, want := fmt.Sprintf("%-4s|%5.1f|%03d|%q|%v", outside.Args([]any{"a", 2.25, 7, "\x1b", time.Second})...), `a   |  2.2|007|"\x1b"|1s`; got != want {
		t.Errorf("Args print %q, want %q", got, want)
	}
}

// A guard lets styles of the program pass where it is told to, and nothing that looks alike.
func TestGuardStyles(t *testing.T) {
	t.Parallel()
	painted := outside.Red.Strong().Paint("x") + outside.Bold.Paint("y") + outside.Style("").Paint("z")
	for _, c := range []struct {
		in     string
		styles bool
		want   string
	}{
		{painted, true, "\x1b[1;31mx\x1b[0m\x1b[1my\x1b[0mz"},
		{painted, false, `\u001b[1;31mx\u001b[0m\u001b[1my\u001b[0mz`},
		{"\x1b[8m\x1b[5;31m\x1b[31", true, `\u001b[8m\u001b[5;31m\u001b[31`},
		{"a ::b c: ::1\n :: x\n::error::x\n", true, "a ::b c: ::1\n :\\u003a x\n:\\u003aerror::x\n"},
		{"a [b] # [c] #[d] ## [e] ##[f] ##vso[g] ###[h]", true, `a [b] # [c] #[d] ## [e] ##\u005bf] ##vso\u005bg] ###\u005bh]`},
	} {
		var b bytes.Buffer
		if _, err := outside.NewGuard(&b, c.styles).Write([]byte(c.in)); err != nil || b.String() != c.want {
			t.Errorf("%q with styles %v gives %q, %v; want %q", c.in, c.styles, b.String(), err, c.want)
		}
	}
}

// Annotations of GitHub: the text stays in its place and begins no command.
func TestGitHub(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{
		"a: b, c":           {"a: b, c", "a%3A b%2C c"},
		"50%\n::error::x":   {"50%25%0A::error::x", "50%25%0A%3A%3Aerror%3A%3Ax"},
		"%0A\r\x1b[2J":      {`%250A\u000d\u001b[2J`, `%250A\u000d\u001b[2J`},
		"dos\r\nline break": {"dos%0Aline break", "dos%0Aline break"},
	} {
		if got := [2]string{outside.GitHubMessage(in), outside.GitHubProperty(in)}; got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
	for _, c := range scan.Corpus() {
		line := "::error title=" + outside.GitHubProperty(c.Text) + "::" + outside.GitHubMessage(c.Text)
		properties, message, _ := strings.Cut(strings.TrimPrefix(line, "::error title="), "::")
		if strings.ContainsAny(line, "\r\n") || strings.ContainsAny(properties, ":,") || message != outside.GitHubMessage(c.Text) {
			t.Errorf("%s: the annotation is %q", c.Name, line)
		}
		if mistakes := scan.Raw([]byte(line)); len(mistakes) > 0 {
			t.Errorf("%s: %q", c.Name, mistakes)
		}
	}
}

func TestEvery(t *testing.T) {
	t.Parallel()
	type named string
	type inner struct {
		Text string
		List []named
	}
	type all struct {
		inner
		When  time.Time
		Inner *inner
		Any   any
		Map   map[string][2]string
		Count int
		None  []string
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	in := all{Inner: &inner{"a", []named{"b"}}, When: at, Any: []any{"c", 1}, Map: map[string][2]string{"d": {"e", "f"}}, Count: 2}
	got := outside.Every(in, strings.ToUpper)
	want := all{Inner: &inner{"A", []named{"B"}}, When: at, Any: []any{"C", 1}, Map: map[string][2]string{"D": {"E", "F"}}, Count: 2}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(all{})); diff != "" {
		t.Error(diff)
	}
	if in.Inner.Text != "a" || in.Map["d"][0] != "e" {
		t.Errorf("the original changed: %+v", in)
	}
}
