//go:build browser

package reports_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/scimdrill/scimdrill/reports"
)

func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		p.Fatal(err)
	}
}

// openAll unfolds everything, so that the tests of looks see all of it.
const openAll = `document.querySelectorAll("details").forEach(d => { d.open = true; }), 0`

// lowContrast lists texts below the ratio of WCAG 2.2 AA, 4.5 to 1, or 3 to 1 where they are large.
const lowContrast = `(() => {
  const parse = (c) => { const m = c.match(/[\d.]+/g).map(Number); return c.startsWith("color(srgb") ? [m[0] * 255, m[1] * 255, m[2] * 255, m[3] ?? 1] : [m[0], m[1], m[2], m[3] ?? 1]; };
  const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] + under[i] * (1 - top[3]));
  const ground = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); layers.push(c); if (c[3] === 1) { break; } }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (c) => { const l = c.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const bad = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !e.checkVisibility() || e.closest("script, style, title, .toast, option, select")) { continue; }
    seen++;
    const style = getComputedStyle(e);
    const under = ground(e.closest("svg") ? e.closest("figure") || e.closest("section") : e);
    const text = over(parse(e.closest("svg") ? style.fill : style.color), under);
    const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) { bad.add(((a + 0.05) / (b + 0.05)).toFixed(2) + " " + e.tagName + "." + e.getAttribute("class") + " " + walk.currentNode.textContent.trim().slice(0, 30)); }
  }
  return seen < 100 ? "only " + seen + " texts were seen" : [...bad].join("\n");
})()`

func testContrast(t *testing.T, p *tab) {
	p.open(fixture(), "")
	eval[any](p, openAll)
	for _, scheme := range []string{"light", "dark"} {
		p.scheme(scheme)
		if bad := eval[string](p, lowContrast); bad != "" {
			t.Errorf("%s: texts that are hard to read:\n%s", scheme, bad)
		}
	}
}

// Every control has a name, every field a label, every image a text.
func testControls(t *testing.T, p *tab) {
	p.open(fixture(), "")
	eval[any](p, openAll)
	want(p,
		`[...document.querySelectorAll("button, a, summary")].filter(e => !(e.textContent.trim() || e.getAttribute("aria-label"))).map(e => e.outerHTML).join("\n")`,
		"")
	want(p, `[...document.querySelectorAll("input, select")].filter(e => !e.labels.length).map(e => e.outerHTML).join("\n")`, "")
	want(p, `[...document.querySelectorAll("[role=img]")].filter(e => !e.getAttribute("aria-label")).map(e => e.outerHTML).join("\n")`, "")
	want(p,
		`[...document.querySelectorAll("section")].filter(e => !(e.getAttribute("aria-label") || `+
			`document.getElementById(e.getAttribute("aria-labelledby")))).map(e => e.id).join("\n")`,
		"")
	want(p, `document.querySelectorAll("h1").length + document.querySelectorAll("main").length`, 2)
	// What has the focus is seen to have it.
	p.press("/")
	want(p, `parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2`, true)
}

func testPhone(t *testing.T, p *tab) {
	for _, width := range []int64{320, 390, 768} {
		p.do(chromedp.EmulateViewport(width, 844))
		p.open(weekFixture(), "")
		eval[any](p,
			`document.querySelectorAll(".entry:nth-child(n+31)").forEach(e => { e.remove(); }), document.querySelectorAll("details").forEach(d => { d.open = true; `+
				`}), 0`)
		want(p, fmt.Sprintf("document.documentElement.scrollWidth <= %d", width), true)
		want(p,
			fmt.Sprintf(`[...document.querySelectorAll("main *")].filter(e => e.checkVisibility() && !e.closest(".scroll, pre, svg, nav, thead") && `+
				`e.getBoundingClientRect().right > %d + 1).slice(0, 5).map(e => e.tagName + "." + e.className).join(" ")`,
				width),
			"")
	}
}

func testPrint(t *testing.T, p *tab) {
	r := fixture()
	p.open(r, "")
	want(p, `document.querySelectorAll(".check[open]").length`, 1)
	eval[any](p,
		`addEventListener("beforeprint", () => setTimeout(() => {}, 0)), window.printed = [], addEventListener("beforeprint", () => { window.printed = `+
			`[...document.querySelectorAll(".check[open]")].map(e => e.id); }), 0`)
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF())
	if err != nil {
		t.Fatal(err)
	}
	if len(pdf) < 20_000 {
		t.Errorf("the PDF has %d bytes", len(pdf))
	}
	want(p, "window.printed.length", 5)
	want(p, `document.querySelectorAll(".check[open]").length`, 1)
	call(p, emulation.SetEmulatedMedia,
		emulation.SetEmulatedMediaParams{Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
	want(p, `[".top", ".tools", ".copyable button"].filter(s => document.querySelector(s).checkVisibility()).join()`, "")
	want(p, `getComputedStyle(document.body).backgroundColor`, "rgb(255, 255, 255)")
}

// largeFixture has the log of an initial cycle of twenty thousand users, as the engine writes it.
func largeFixture() *reports.Report {
	r := weekFixture()
	r.Simulation.Jobs[0].Entries = nil
	r.Simulation.Jobs[0].EntriesTotal = 0
	r.Simulation.Jobs[0].Cycles[0].Counts.Created = 20000
	for i := range 20000 {
		id := fmt.Sprintf("0632cf96-12ad-48ad-af4e-%012x", i)
		e := reports.Entry{
			Time: start().Add(time.Duration(i) * time.Second), Cycle: 1, Action: "create", Status: reports.StatusSuccess, ObjectType: "User", SourceID: id,
			SourceName: fmt.Sprintf("Grace Hopper %d", i), TargetID: id,
			Steps: []reports.Step{
				{
					Name: "EntryImportAdd", Type: "import", Status: reports.StatusSuccess,
					Description: "Received User '" + id + "' change of type (Add) from Microsoft Entra ID", Details: map[string]string{"objectId": id},
				},
				{
					Name: "EntrySynchronizationScoping", Type: "scoping", Status: reports.StatusSuccess,
					Description: "Determine if User in scope by evaluating against each scoping filter",
					Details: map[string]string{
						"Active in the source system": "True", "Assigned to the application": "True", "ScopeEvaluationResult": "{}", "Scoping filter evaluation passed": "True",
					},
				},
				{
					Name: "EntrySynchronizationAdd", Type: "matching", Status: reports.StatusSuccess,
					Description: "User '" + id + "' will be created in the target (User is active and assigned, and no matching User was found)",
				},
				{
					Name: "EntryExportAdd", Type: "export", Status: reports.StatusSuccess, Description: "User '" + id + "' was created in the target",
					Details: map[string]string{"ReportableIdentifier": id},
				},
			},
		}
		for a := range 12 {
			e.Modified = append(e.Modified,
				reports.Change{Name: fmt.Sprintf("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:attribute%d", a), New: fmt.Sprintf("value %d of %s", a, id)})
		}
		r.Simulation.Jobs[0].Entries = append(r.Simulation.Jobs[0].Entries, e)
	}
	return r
}

func testLarge(t *testing.T, p *tab) {
	p.open(largeFixture(), "")
	const timing = `performance.getEntriesByType("navigation")[0].`
	size, interactive := eval[int](p, timing+"decodedBodySize"), eval[float64](p, timing+"domContentLoadedEventEnd")
	t.Logf("20,000 users: %d bytes, ready after %.0f ms, complete after %.0f ms", size, interactive, eval[float64](p, timing+"domComplete"))
	if size > 8_000_000 {
		t.Errorf("the page has %d bytes", size)
	}
	if interactive > 2000 {
		t.Errorf("the page is ready after %.0f ms", interactive)
	}
	want(p, `document.querySelectorAll(".entry").length`, reports.MaxEntries)
	want(p, `document.querySelector("#log .note").textContent.includes("2,000 of 20,000 entries")`, true)
	search := eval[float64](p,
		`(() => { const began = performance.now(); const q = document.querySelector("#log [name=q]"); q.value = "hopper 1999"; q.dispatchEvent(new Event("input", `+
			`{bubbles: true})); return performance.now() - began; })()`)
	t.Logf("the first search takes %.0f ms", search)
	want(p, shown("log")+`.split(" ").length`, 1)
}
