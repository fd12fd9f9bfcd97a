package suites

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// prompt asserts that the survey saw no read or query that showed a write later than at once.
func (p *probe) prompt() {
	var late []string
	for _, d := range p.survey.Delays {
		late = append(late, fmt.Sprintf("%s after %s", d.Shown, twoDigits(d.Longest)))
	}
	p.Exchanges = lastOf(p.survey)
	p.expect(len(late) == 0, match.That("each read and query shows the writes that were confirmed before", "a write was shown by "+strings.Join(late, ", by ")))
}

// twoDigits rounds a duration to two digits.
func twoDigits(d time.Duration) time.Duration {
	unit := time.Millisecond
	for d >= 100*unit {
		unit *= 10
	}
	return d.Round(unit)
}

// lastOf is the evidence of a delay: the reads of the survey that came after a write.
func lastOf(s *survey.Survey) []*exchange.Exchange {
	const most = 12
	i := slices.IndexFunc(s.Exchanges, func(x *exchange.Exchange) bool { return x.Method == http.MethodPost })
	if i < 0 {
		return nil
	}
	return s.Exchanges[i:min(i+most, len(s.Exchanges))]
}
