//go:build browser

package reports_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/reports/outside/scan"
)

// everything is all that the document holds once each part is open: text and attributes, but
// not the code of the page.
const everything = `(() => {
	document.querySelectorAll("details").forEach(d => { d.open = true; });
	const parts = [document.title];
	document.querySelectorAll("*").forEach(e => {
		for (const a of e.attributes) parts.push(a.value);
		if (e.tagName !== "SCRIPT" && e.tagName !== "STYLE")
			for (const n of e.childNodes) if (n.nodeType === Node.TEXT_NODE) parts.push(n.data);
	});
	return parts.join("\n");
})()`

// Text from outside runs nothing, adds no element that loads something, and no part of the document is raw (S6).
func testOutsideText(t *testing.T, p *tab) {
	for round := range 2 * rounds {
		p.open(outsideReport(round, round%2 > 0, unchanged), "")
		eval[string](p, everything) // the entries of the log are built when they open
		eval[any](p, `new Promise(done => setTimeout(done, 50))`)
		text := eval[string](p, everything)
		for i, mistake := range scan.Raw([]byte(text)) {
			if i < 5 {
				t.Error(mistake)
			}
		}
		want(p, "typeof window.owned", "undefined")
		want(p, "document.images.length + document.scripts.length + document.querySelectorAll('iframe,object,embed,base,svg [onload]').length", 2)
	}
}
