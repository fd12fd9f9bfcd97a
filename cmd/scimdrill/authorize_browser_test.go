//go:build browser

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestBrowserSignIn is the authorization-code grant in Chromium: the page, a wrong password, and
// cycles with the refresh token that came of it. It runs with "make browser".
func TestBrowserSignIn(t *testing.T) {
	chrome := startChromium(t)
	for _, script := range []bool{true, false} {
		name := "W-129 with JavaScript"
		if !script {
			name = "W-129 without JavaScript"
		}
		t.Run(name, func(t *testing.T) { (&window{T: t, ctx: chrome}).signIn(script) }) //nolint:contextcheck // a run has a context of its own
	}
}

// startChromium starts a browser until the test ends.
func startChromium(t *testing.T) context.Context {
	t.Helper()
	chrome, stop := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	))
	t.Cleanup(stop)
	if err := chromedp.Do(chrome); err != nil {
		t.Fatalf("start Chromium: %v; hint: apt-get install chromium", err)
	}
	return chrome
}

// window is a tab of the browser.
type window struct {
	*testing.T

	ctx context.Context
}

func (p *window) open(script bool) {
	p.Helper()
	tab, stop := chromedp.NewContext(p.ctx)
	p.Cleanup(stop)
	if err := chromedp.Do(tab, chromedp.EmulateViewport(1024, 768)); err != nil { // without a time-out, which would end the tab
		p.Fatal(err)
	}
	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script}); err != nil {
		p.Fatal(err)
	}
	within, cancel := context.WithTimeout(tab, 30*time.Second)
	p.Cleanup(cancel)
	p.ctx = within
}

func (p *window) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// shows waits until the page shows a text.
func (p *window) shows(text string) {
	p.Helper()
	seen := ""
	for range 100 {
		var err error
		if seen, err = chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("body"))); err == nil && strings.Contains(seen, text) {
			p.picture(text)
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.Fatalf("the page does not show %q but %q", text, seen)
}

// picture writes a screenshot for people where SCIMDRILL_PICTURES names a folder.
func (p *window) picture(name string) {
	p.Helper()
	dir := os.Getenv("SCIMDRILL_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		p.Fatal(err)
	}
}

func (p *window) signIn(script bool) {
	c := newConsenting(p.T)
	dir := p.TempDir()
	file := filepath.Join(dir, "refresh.token")
	address, end := c.authorizing(p.T, file)
	p.open(script)
	p.do(chromedp.Navigate(address))
	p.shows("Sign in as an administrator")
	p.do(chromedp.SendKeys(chromedp.CSS("#name"), "ada"), chromedp.SendKeys(chromedp.CSS("#password"), "wrong"), chromedp.Click(chromedp.CSS("button.go")))
	p.shows("Name or password is wrong.")
	p.do(chromedp.SendKeys(chromedp.CSS("#password"), "s3cr3t-password"), chromedp.Click(chromedp.CSS("button.go")))
	p.shows("Access granted")
	end().want(p.T, 0, "refresh token written to "+file)
	i := invocation{env: map[string]string{"SCIMDRILL_OAUTH_CLIENT_SECRET": "s3cr3t-client"}}
	args := append(c.flags(file), "--target", c.url, "--generate", "users=3", "--cycles", "2", "--out", filepath.Join(dir, "out"))
	i.run(p.T, append([]string{"simulate"}, args...)...).want(p.T, 0, "ALL EXPECTATIONS MET")
}
