//go:build browser

package reports_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/scimdrill/scimdrill/reports"
)

// shown lists the ids of the items of a list that can be seen.
func shown(list string) string {
	return `[...document.querySelectorAll("#` + list + `-list > .item")].filter(e => e.getClientRects().length).map(e => e.id).join(" ")`
}

func testSearch(t *testing.T, p *tab) {
	p.open(fixture(), "")
	p.do(chromedp.SendKeys(chromedp.CSS("#checks [name=q]"), "invalidPath  PATCH"))
	want(p, shown("checks"), "check-ATT-012_5bemails_5btype_20eq_20_22work_22_5d_2evalue_7cPATCH_20replace_5d")
	want(p, `document.querySelector("#checks .hits [role=status]").textContent`, "1 of 10 shown")
	p.click("#checks [type=reset]")
	want(p, shown("checks")+`.split(" ").length`, 10)
	// The value stands only in what an entry unfolds to.
	p.do(chromedp.SendKeys(chromedp.CSS("#log [name=q]"), `emails[type eq "work"] eve.adams`))
	want(p, shown("log"), "entry-2")
	p.do(chromedp.SendKeys(chromedp.CSS("#log [name=q]"), "x"))
	want(p, shown("log"), "")
	want(p, `document.querySelector("#log .hits [role=status]").textContent`, "No matches.")
}

func testFilter(t *testing.T, p *tab) {
	p.open(fixture(), "")
	p.click("#checks .toggle.failed")
	p.do(chromedp.SetValue(chromedp.CSS("#checks [name=level]"), "ENTRA"))
	eval[any](p, `document.querySelector("#checks [name=level]").dispatchEvent(new Event("input", {bubbles: true}))`)
	want(p, shown("checks"), "check-FLT-004")
	p.click("#log .toggle.failed")
	want(p, shown("log"), "entry-2")
	want(p, "location.hash", "#?checks.level=ENTRA&checks.outcome=failed&log.status=failure")
	p.do(chromedp.Reload())
	want(p, shown("checks"), "check-FLT-004")
	want(p, shown("log"), "entry-2")
	want(p, `document.querySelector("#checks .toggle.failed").getAttribute("aria-pressed")`, "true")
	p.click("#checks .toggle.warned")
	p.click("#checks [type=reset]")
	p.do(chromedp.SetValue(chromedp.CSS("#log [name=cycle]"), "1-4"))
	eval[any](p, `document.querySelector("#log [name=cycle]").dispatchEvent(new Event("input", {bubbles: true}))`)
	p.click("#log .toggle.failed")
	want(p, shown("log"), "entry-1")
	want(p, shown("checks")+`.split(" ").length`, 10)
}

func testTimeline(t *testing.T, p *tab) {
	p.open(fixture(), "")
	want(p, `document.querySelectorAll(".column").length`, 5)
	want(p, `document.querySelectorAll(".column.busy").length`, 3)
	eval[any](p, `document.querySelector(".column[data-cycles='5']").dispatchEvent(new PointerEvent("pointerenter"))`)
	want(p, `document.querySelector(".readout-text").textContent.includes("1 updated, 1 disabled, 1 failed")`, true)
	eval[any](p, `document.querySelector(".column[data-cycles='5']").dispatchEvent(new MouseEvent("click"))`)
	want(p, shown("log"), "entry-2 entry-3")
	want(p, `document.getElementById("readout-show").textContent`, "Show 2 in the log")
	p.do(chromedp.Reload())
	want(p, shown("log"), "entry-2 entry-3")
	want(p, `document.querySelector(".column[aria-pressed=true]").dataset.cycles`, "5")
	p.click("#readout-clear")
	want(p, shown("log"), "entry-1 entry-2 entry-3")
	eval[any](p, `document.querySelector(".column.busy").focus()`)
	p.keys(kb.ArrowRight + kb.Enter)
	want(p, "location.hash", "#?log.cycle=4")
	want(p, shown("log"), "")
}

func testLinks(t *testing.T, p *tab) {
	p.open(fixture(), "#check-GRP-011")
	want(p, `document.getElementById("check-GRP-011").open`, true)
	want(p, `Math.abs(document.getElementById("check-GRP-011").getBoundingClientRect().top) < innerHeight`, true)
	want(p, `document.activeElement.closest(".check").id`, "check-GRP-011")
	p.click(`#causes a[href="#check-GRP-007"]`)
	want(p, `document.getElementById("check-GRP-007").open`, true)
	want(p, "location.hash", "#check-GRP-007")
	// A link goes before a filter that hides what it leads to.
	p.open(fixture(), "#check-FLT-004?checks.outcome=passed")
	want(p, `document.getElementById("check-FLT-004").getClientRects().length > 0`, true)
	p.open(fixture(), "#entry-2")
	want(p, `document.querySelector("#entry-2 .body").textContent.includes("The target refused the PATCH")`, true)
	for _, broken := range []string{"#%E0%A4%A", "#nowhere", "#?checks.outcome=%", "#?x", "#check-<script>"} {
		p.open(fixture(), broken)
		want(p, shown("log"), "entry-1 entry-2 entry-3")
	}
}

func testKeyboard(t *testing.T, p *tab) {
	p.open(fixture(), "")
	p.press("/")
	want(p, `document.activeElement.closest("form").dataset.list + " " + document.activeElement.name`, "checks q")
	p.press("j")
	want(p, `document.activeElement.value`, "j")
	p.keys(kb.Escape)
	p.keys(kb.Escape)
	want(p, `document.querySelector("#checks [name=q]").value`, "")
	p.press("j")
	p.press("j")
	second := eval[string](p, `document.activeElement.closest(".item").id`)
	want(p, shown("checks")+`.split(" ")[1]`, second)
	p.keys(kb.Enter)
	want(p, `document.getElementById(`+"`"+second+"`"+`).open`, true)
	want(p, "location.hash", "#"+second)
	p.press("k")
	want(p, shown("checks")+`.split(" ")[0] === document.activeElement.closest(".item").id`, true)
	p.press("?")
	want(p, `document.getElementById("help").open`, true)
	p.keys(kb.Escape)
	want(p, `document.getElementById("help").open`, false)
}

func testCopy(t *testing.T, p *tab) {
	p.open(fixture(), "")
	eval[any](p, `Object.defineProperty(navigator, "clipboard", {value: {writeText: (text) => { window.copied = text; return Promise.resolve(); }}}), 0`)
	p.click(".check[open] .exchange .copyable button")
	want(p, "window.copied", fixture().Conformance.Checks[0].Exchanges[0].Curl)
	want(p, `document.querySelector(".check[open] .exchange .copyable button").textContent`, "Copied")
	want(p, `document.getElementById("toast").textContent`, "Command copied")
	p.click("#run .copyable button")
	want(p, "window.copied", fixture().Run.Command)
	eval[any](p, `document.querySelector(".check[open] > summary").focus()`)
	p.press("c")
	want(p, "window.copied", fixture().Conformance.Checks[0].Repeat)
	p.click(".check[open] .self button:first-child")
	want(p, `window.copied.endsWith("/report.html#" + document.querySelector(".check[open]").id)`, true)
	p.click(".check[open] .self button:last-child")
	ticket := eval[string](p, "window.copied")
	for _, part := range []string{
		"### ATT-012", "**Fix:** Apply a replace", "**Expected**", "**Actual**", "**Difference**", "Authorization: Bearer $SCIMDRILL_TOKEN",
	} {
		if !strings.Contains(ticket, part) {
			t.Errorf("the ticket lacks %q:\n%s", part, ticket)
		}
	}
	// A browser that refuses says so.
	eval[any](p, `navigator.clipboard.writeText = () => Promise.reject(new Error("no")), document.execCommand = () => false, 0`)
	p.click("#run .copyable button")
	want(p, `new Promise(done => setTimeout(() => done(document.getElementById("toast").textContent), 50))`,
		"The browser blocked copying. Select the text and copy it.")
}

func testEntries(t *testing.T, p *tab) {
	p.open(fixture(), "")
	want(p, `document.querySelectorAll(".entry .body").length`, 0)
	p.do(chromedp.ScrollIntoView(chromedp.CSS("#entry-2")))
	eval[any](p, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))`) // rows are laid out when they come into view
	p.click("#entry-2 > summary")
	want(p, `document.querySelector("#entry-2 .steps").textContent.includes("EntryExportUpdate")`, true)
	want(p, `document.querySelector("#entry-2 .changes del").textContent`, "eve@contoso.example")
	want(p, `document.querySelector("#entry-2 .changes ins").textContent`, "eve.adams@contoso.example")
	p.click("#entry-2 .ids button")
	want(p, shown("log"), "entry-2")
}

func testHostile(t *testing.T, p *tab) {
	r := fixture()
	hostile := `</script><script>window.evil=1</script><img src=x onerror="window.evil=1">`
	e := &r.Simulation.Jobs[0].Entries[1]
	e.SourceName, e.Error, e.SourceID = hostile, hostile, hostile
	e.Steps[0].Description, e.Steps[0].Details = hostile, map[string]string{hostile: hostile}
	e.Modified[0] = reports.Change{Name: hostile, Old: hostile, New: hostile}
	c := &r.Conformance.Checks[0]
	c.Title, c.Actual, c.Exchanges[0].RequestBody, c.Exchanges[0].ResponseBody = hostile, hostile, `{"displayName":"`+`<script>window.evil=1</script>"}`, hostile
	r.Simulation.Events[0].Title = hostile
	p.open(r, "#entry-2")
	eval[any](p, `document.querySelectorAll("details").forEach(d => { d.open = true; }), 0`)
	want(p, "typeof window.evil", "undefined")
	want(p, "document.images.length + document.scripts.length", 2) // the page's own script and its data
	want(p, `document.querySelector("#entry-2 .changes ins").textContent`, hostile)
}

func testThemes(t *testing.T, p *tab) {
	p.open(fixture(), "")
	dark := `(() => { const c = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number); return c[0] + c[1] + c[2] < 150; })()`
	want(p, dark, false)
	p.scheme("dark")
	want(p, dark, true)
	p.click("#theme") // light
	want(p, dark, false)
	p.scheme("light")
	p.press("t") // dark
	want(p, dark, true)
	want(p, `document.getElementById("theme").getAttribute("aria-label")`, "Theme: dark")
	p.do(chromedp.Reload())
	want(p, dark, true)
	p.press("t") // as the system
	want(p, dark, false)
}

func (p *tab) scheme(name string) {
	p.Helper()
	call(p, emulation.SetEmulatedMedia,
		emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
}

func testWithoutScript(t *testing.T, p *tab) {
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.open(fixture(), "")
	for _, text := range []string{"Not conformant", "PATCH with a filter in the path changes nothing", "keyboard"} {
		seen := strings.Contains(p.visibleText(), text)
		if wanted := text != "keyboard"; seen != wanted {
			t.Errorf("%q is seen: %v", text, seen)
		}
	}
	if text := p.visibleText(); !strings.Contains(text, "needs scripts") || strings.Contains(text, "Search checks") {
		t.Error("controls that need scripts are there, or it is not said that steps do")
	}
}

func (p *tab) visibleText() string {
	p.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("body")))
	if err != nil {
		p.Fatal(err)
	}
	return text
}
