package markdown_test

import (
	"fmt"
	"testing"

	"github.com/scimdrill/scimdrill/reports/outside/markdown"
	"github.com/scimdrill/scimdrill/reports/outside/scan"
)

// page has a text in every place that the package writes.
func page(text string) []byte {
	return fmt.Appendf(nil, "## %[1]s\n\n%[1]s\n\n> %[1]s\n\n- %[1]s: %[2]s\n\n| a | b |\n|---|---|\n| %[1]s | %[3]s |\n| **%[1]s** | x |\n\n%[4]s\n"+
		"<details><summary><code>%[5]s</code></summary>\n\n%[6]s\n</details>\n\nend\n",
		markdown.Text(text), markdown.Code(text), markdown.CellCode(text), markdown.Link(text, text), markdown.Summary(text), markdown.Fence("sh", text))
}

// No text of the corpus changes the structure of a page (S6), wherever it stands.
func TestCorpus(t *testing.T) {
	t.Parallel()
	want, err := scan.Markdown(page("x"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range scan.Corpus() {
		for _, text := range []string{c.Text, "x " + c.Text, c.Text + " x"} {
			data := page(text)
			got, err := scan.Markdown(data)
			if err != nil {
				t.Fatal(err)
			}
			if difference := scan.Same(got, want); difference != "" {
				t.Errorf("%s: %s\n%.600s", c.Name, difference, data)
			}
			for _, mistake := range scan.Raw(data) {
				t.Errorf("%s: %s", c.Name, mistake)
			}
		}
	}
}
