//go:build browser

package reports_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/scimdrill/scimdrill/reports"
)

// TestBrowser looks at the page in Chromium, as a reader does. It runs with
// "make browser", which needs Chromium; no test of it asks the network for anything.
func TestBrowser(t *testing.T) {
	browser, stop := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	))
	t.Cleanup(stop)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start Chromium: %v; hint: apt-get install chromium", err)
	}
	for _, test := range []struct {
		name string
		run  func(*testing.T, *tab)
	}{
		{"search", testSearch},
		{"filter", testFilter},
		{"timeline", testTimeline},
		{"links", testLinks},
		{"keyboard", testKeyboard},
		{"copy", testCopy},
		{"entries", testEntries},
		{"hostile names", testHostile},
		{"text from outside", testOutsideText},
		{"themes", testThemes},
		{"contrast", testContrast},
		{"names of controls", testControls},
		{"phone", testPhone},
		{"print", testPrint},
		{"without script", testWithoutScript},
		{"twenty thousand users", testLarge},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, newTab(browser, t)) })
	}
}

// tab is a page in the browser, with all that it asked for and complained about.
type tab struct {
	*testing.T

	ctx       context.Context
	mu        sync.Mutex
	requests  []string
	complains []string
}

func newTab(browser context.Context, t *testing.T) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser)
	t.Cleanup(stop)
	p := &tab{T: t, ctx: ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1440, 900)); err != nil { // without a time-out, which would end the tab
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	call(p, network.Enable, network.EnableParams{})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	t.Cleanup(p.quiet)
	return p
}

// hear notes what the page asks for and what it complains about.
func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *runtime.EventConsoleAPICalled:
		p.complains = append(p.complains, "console."+string(e.Type))
	case *runtime.EventExceptionThrown:
		p.complains = append(p.complains, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		p.complains = append(p.complains, e.Entry.Text)
	}
}

// quiet holds for every page: nothing in the console, no request but for the file.
func (p *tab) quiet() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.complains) > 0 {
		p.Errorf("the console has %q", p.complains)
	}
	if i := slices.IndexFunc(p.requests, func(url string) bool { return !strings.HasPrefix(url, "file://"+os.TempDir()) }); i >= 0 {
		p.Errorf("the page asked for %s", p.requests[i])
	}
	if len(p.requests) == 0 {
		p.Error("no request was seen, not even for the page")
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, stop := context.WithTimeout(p.ctx, 30*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// open writes a report into a file and opens it at a place.
func (p *tab) open(r *reports.Report, place string) string {
	p.Helper()
	path := filepath.Join(p.TempDir(), "report.html")
	if err := os.WriteFile(path, write(p.T, "html", r), 0o600); err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.Navigate("file://" + path + place))
	return path
}

// eval runs an expression in the page.
func eval[T any](p *tab, expression string) T {
	p.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return v
}

// want compares the value of an expression, which has a second to become so:
// a browser tells a page later that something was opened.
func want[T comparable](p *tab, expression string, value T) {
	p.Helper()
	var got T
	var err error
	for range 40 {
		if got, err = chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise)); err == nil && got == value {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	p.Errorf("%s = %.300v (%v), want %v", expression, got, err, value)
}

// press presses a key that writes something, or would.
func (p *tab) press(key string) {
	p.Helper()
	call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Text: key})
	call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: key})
}

// keys presses keys that write nothing.
func (p *tab) keys(text string) {
	p.Helper()
	p.do(chromedp.KeyEvent(text))
}

func (p *tab) click(selector string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}
