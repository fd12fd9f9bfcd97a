package intake

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// parseColumns reads a line of W3C's extended format, as IIS and CloudFront write it: a line before names the columns.
func parseColumns(names []string, line string) (*exchange.Exchange, bool) {
	cells := strings.Fields(line)
	if strings.Contains(line, "\t") {
		cells = strings.Split(line, "\t")
	}
	if len(cells) != len(names) {
		return nil, false
	}
	cell := func(options ...string) string {
		for _, option := range options {
			for i, name := range names {
				if strings.EqualFold(name, option) && cells[i] != "-" {
					return cells[i]
				}
			}
		}
		return ""
	}
	e := entry{
		time: strings.TrimSpace(cell("date") + " " + cell("time")), host: cell("x-host-header", "cs-host", "cs(Host)"), status: cell("sc-status"),
		agent: strings.NewReplacer("+", " ", "%2520", " ", "%20", " ").Replace(cell("cs(User-Agent)")),
	}
	target := cell("cs-uri-stem", "cs-uri")
	if query := cell("cs-uri-query"); query != "" {
		target += "?" + query
	}
	return told(e, cell("cs-method"), target)
}
