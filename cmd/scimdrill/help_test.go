package main

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/reports/layout"
)

// TestHelpTopicsFit prints each topic for 80 columns. Code keeps its lines.
func TestHelpTopicsFit(t *testing.T) {
	t.Parallel()
	topics := docs.Topics()
	if len(topics) < 10 {
		t.Fatalf("there are %d topics", len(topics))
	}
	for _, topic := range topics {
		page, ok := docs.Topic(topic)
		if !ok {
			t.Fatalf("%s cannot be read", topic)
		}
		for line := range strings.Lines(renderHelp(page, layout.Columns)) {
			line = strings.TrimSuffix(line, "\n")
			code := strings.HasPrefix(line, "    ") && strings.Contains(page, strings.TrimPrefix(line, "    "))
			if uniseg.StringWidth(line) > layout.Columns && strings.Contains(strings.TrimSpace(line), " ") && !code {
				t.Errorf("%s: longer than %d columns: %s", topic, layout.Columns, line)
			}
			if strings.HasPrefix(line, "|") || strings.HasPrefix(line, "```") || strings.Contains(line, "](") {
				t.Errorf("%s: Markdown is left: %s", topic, line)
			}
		}
	}
}
