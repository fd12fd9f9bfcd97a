package main

import (
	"fmt"
	"io"
	"sync"

	"github.com/schollz/progressbar/v3"
)

// progress draws one bar for each phase, on a terminal only, and prints lines above it.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	draw  bool
	color bool
	phase string
	bar   *progressbar.ProgressBar
}

func (a *app) progress() *progress {
	return &progress{w: a.stderr, draw: a.errTerminal, color: a.colour(a.errTerminal)}
}

// step says how far a phase is. Another phase begins another bar; total 0 is unknown.
func (p *progress) step(phase string, done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.draw {
		return
	}
	if phase != p.phase {
		p.finish()
		p.phase, p.bar = phase, p.newBar(phase, total)
	}
	if total > 0 && p.bar.GetMax64() != total {
		p.bar.ChangeMax64(total)
	}
	_ = p.bar.Set64(done) // a bar that cannot be drawn is no reason to stop
}

// line prints a line for people; a bar goes on below it.
func (p *progress) line(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	_, _ = fmt.Fprintln(p.w, text)
}

// end leaves the last bar as it is; what follows begins on a clean line.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}

func (p *progress) finish() {
	if p.bar == nil {
		return
	}
	_ = p.bar.Exit() // what was not reached is not shown as reached
	_, _ = fmt.Fprintln(p.w)
	p.bar, p.phase = nil, ""
}

func (p *progress) newBar(phase string, total int64) *progressbar.ProgressBar {
	if total <= 0 {
		total = -1
	}
	return progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(p.w),
		progressbar.OptionSetDescription(fmt.Sprintf("%-22s", phase)),
		progressbar.OptionEnableColorCodes(p.color),
		progressbar.OptionSetWidth(30),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionThrottle(65_000_000), // 65 ms
		progressbar.OptionSetTheme(progressbar.ThemeASCII),
	)
}
