//go:build browser

package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// reader is somebody who looks at the site from disk.
type reader struct {
	*testing.T

	ctx       context.Context
	folder    string
	requests  []string
	complains []string
}

// newReader writes the site and opens a tab. The browser asks for nothing but files of the site.
func newReader(t *testing.T) *reader {
	t.Helper()
	r := &reader{T: t, folder: filepath.Join(t.TempDir(), "site")}
	if err := run(filepath.Join("..", ".."), r.folder, nil); err != nil {
		t.Fatal(err)
	}
	chrome, stop := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	))
	t.Cleanup(stop)
	if err := chromedp.Do(chrome); err != nil {
		t.Fatalf("start Chromium: %v; hint: apt-get install chromium", err)
	}
	r.ctx = chrome
	if err := chromedp.Listen(chrome, r.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(chrome, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *reader) hear(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		r.requests = append(r.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		r.complains = append(r.complains, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		r.complains = append(r.complains, e.Entry.Text)
	}
}

// look opens a page at a width, in a scheme.
func (r *reader) look(page string, width int64, scheme string) {
	r.Helper()
	if _, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}); err != nil {
		r.Fatal(err)
	}
	r.do(chromedp.EmulateViewport(width, 900), chromedp.Navigate("about:blank"), chromedp.Navigate("file://"+r.folder+"/"+page))
}

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.Helper()
	if err := chromedp.Do(r.ctx, steps...); err != nil {
		r.Fatal(err)
	}
}

// want waits until an expression has a value, for ten seconds at most.
func (r *reader) want(expression, value string) {
	r.Helper()
	got := ""
	var err error
	for range 100 {
		if got, err = chromedp.Run(r.ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise)); err == nil && got == value {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	r.Errorf("%s is %.300q (%v), want %q", expression, got, err, value)
}

// accessible lets axe-core look at the page, where SCIMDRILL_AXE names its file axe.min.js.
func (r *reader) accessible(page string) {
	r.Helper()
	file := os.Getenv("SCIMDRILL_AXE")
	if file == "" {
		return
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		r.Fatal(err)
	}
	r.do(chromedp.Evaluate[chromedp.Void](string(axe) + ";0"))
	const look = `axe.run({preload: false}).then(r => r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html).join(" ")).join("\n"))`
	found, err := chromedp.Run(r.ctx, chromedp.Evaluate[string](look, chromedp.EvalAwaitPromise))
	if err != nil || found != "" {
		r.Errorf("%s: axe finds %s %v", page, found, err)
	}
}

// picture takes a picture for people, where SCIMDRILL_PICTURES names a folder.
func (r *reader) picture(name string) {
	r.Helper()
	folder := os.Getenv("SCIMDRILL_PICTURES")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(r.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "site-"+name+".png"), png, 0o600)
	}
	if err != nil {
		r.Fatal(err)
	}
}

// TestBrowserSite looks at kinds of pages in widths and schemes: nothing is too wide, nothing is
// loaded from elsewhere, and axe finds nothing.
func TestBrowserSite(t *testing.T) {
	r := newReader(t)
	pages := []string{
		"index.html", "guide/tutorial.html", "reference/checks.html#mem-005", "reference/options.html#managervalue", "why/behaviour.html#e-96",
		"why/defects.html#mrm-01", "decisions/index.html", "reference/functions.html#join",
	}
	for _, page := range pages {
		for _, width := range []int64{390, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				r.look(page, width, scheme)
				r.want(`String(document.documentElement.scrollWidth <= innerWidth)`, "true")
				r.want(`getComputedStyle(document.body).backgroundColor`, map[string]string{"light": "rgb(246, 246, 244)", "dark": "rgb(16, 17, 22)"}[scheme])
				if _, anchor, ok := strings.Cut(page, "#"); ok {
					r.want(`String(Math.abs(document.getElementById("`+anchor+`").getBoundingClientRect().top) < innerHeight)`, "true")
				}
				name := strings.NewReplacer("/", "-", ".html", "", "#", "-").Replace(page)
				r.picture(name + map[int64]string{390: "-phone", 1280: "-desktop"}[width] + "-" + scheme)
				if (width == 390) == (scheme == "dark") {
					r.accessible(page)
				}
			}
		}
	}
	if i := slices.IndexFunc(r.requests, func(url string) bool { return !strings.HasPrefix(url, "file://"+r.folder) && url != "about:blank" }); i >= 0 {
		t.Errorf("the site asked for %s", r.requests[i])
	}
	if len(r.complains) > 0 {
		t.Errorf("the console has %q", r.complains)
	}
}

// TestBrowserSearch searches by keyboard, from a page in a folder.
func TestBrowserSearch(t *testing.T) {
	r := newReader(t)
	r.look("guide/ci.html", 1280, "light")
	for query, first := range map[string]string{"mem-005": "MEM-005", "managervalue": "managerValue", "tutorial": "", "e-96": "E-96", "join": "Join"} {
		r.do(chromedp.Evaluate[chromedp.Void](`(() => { const q = document.getElementById("site-q"); q.focus(); q.value = "` + query +
			`"; q.dispatchEvent(new Event("input", {bubbles: true})); })(), 0`))
		if first == "" {
			r.want(`String(document.querySelectorAll("#site-hits a").length > 0)`, "true")
			continue
		}
		r.want(`document.querySelector("#site-hits a strong")?.textContent || ""`, first)
	}
	r.do(chromedp.Evaluate[chromedp.Void](`(() => { const q = document.getElementById("site-q"); q.value = "mem-005"; ` +
		`q.dispatchEvent(new Event("input", {bubbles: true})); })(), 0`))
	r.want(`document.querySelector("#site-hits a strong")?.textContent || ""`, "MEM-005")
	r.picture("search")
	r.accessible("the search")
	r.do(chromedp.KeyEvent("\r"))
	r.want(`location.pathname.split("/").at(-1) + location.hash`, "checks.html#mem-005")
	r.look("guide/ci.html", 1280, "light")
	r.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("site-theme").click(), document.getElementById("site-theme").click(), 0`))
	r.want(`document.documentElement.dataset.theme || ""`, "dark")
	r.look("index.html", 1280, "light")
	r.want(`document.documentElement.dataset.theme || ""`, "dark")
}
