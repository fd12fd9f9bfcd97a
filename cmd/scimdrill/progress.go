package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/scimdrill/scimdrill/reports/layout"
)

const (
	// sayEvery is how often a phase says how far it is where nothing can be drawn.
	sayEvery = 10 * time.Second
	// unsaid is how long a phase without a known end may take and leave no line.
	unsaid = 2 * time.Second
)

// position is how far a phase is.
type position struct {
	phase string
	done  int64
	total int64  // 0 is unknown
	unit  string // what is counted, where the phase does not say it
	// text is said instead of done and total, which then only fill the bar.
	text string
	// whole says that time and requests count from the beginning of the run.
	whole bool
}

// reached says how far that is: "12,000/20,000", "3 of 8 groups".
func (at position) reached(of string) string {
	if at.text != "" {
		return at.text
	}
	text := grouped(at.done)
	if at.total > 0 {
		text += of + grouped(at.total)
	}
	return strings.TrimSpace(text + " " + at.unit)
}

// progress tells people how far a run is: on a terminal one line a phase, which mpb draws;
// elsewhere a plain line at the end of a phase, and now and then in a long one.
type progress struct {
	a       *console
	virtual func() time.Time // nil if there is no virtual time
	start   time.Time        // of the run
	earlier int64            // requests before the run

	mu     sync.Mutex
	at     atomic.Pointer[position] // nil between phases; who draws reads it without mu
	began  time.Time
	before int64     // requests before the phase
	above  io.Writer // where lines for people go
	timer  *time.Timer
	close  func() // ends what shows the phase, and leaves a clean line
}

// progress follows a run. While a phase is under way, what is said goes through it.
func (a *console) progress() *progress {
	return &progress{a: a, above: a.stderr, start: a.now(), earlier: a.sent.Load()}
}

// step says how far a phase is.
func (p *progress) step(phase string, done, total int64) {
	p.move(position{phase: phase, done: done, total: total})
}

// move is step with all that can be said. Another phase ends the one before.
func (p *progress) move(at position) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := p.at.Load(); last != nil && last.phase == at.phase {
		p.at.Store(&at)
		return
	}
	p.finish()
	p.began, p.before = p.a.now(), p.a.sent.Load()
	if at.whole {
		p.began, p.before = p.start, p.earlier
	}
	p.at.Store(&at)
	p.a.bar = p
	if p.a.live() {
		p.draw(at.phase)
		return
	}
	p.timer = time.AfterFunc(sayEvery, p.say)
	p.close = func() { p.timer.Stop() }
}

// draw has mpb draw the line of a phase, several times a second, as wide as the terminal is.
func (p *progress) draw(phase string) {
	container := mpb.New(mpb.WithOutput(p.a.stderr), mpb.ForceTTY(), mpb.WithAutoRefresh(),
		mpb.WithRefreshRate(100*time.Millisecond), mpb.WithWidth(p.a.errWidth()))
	hashes := mpb.BarStyle().Filler("#").Tip("#").Build()
	bar, _ := container.Add(0, mpb.BarFillerFunc(func(w io.Writer, s decor.Statistics) error {
		at := p.at.Load()
		if at.total == 0 {
			return nil
		}
		s.Current, s.Total = at.done, at.total
		return hashes.Fill(w, s)
	}), mpb.BarWidth(24),
		mpb.PrependDecorators(decor.Name(phase, decor.WC{W: 19, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return p.facts("/", "  ") })))
	p.above, p.close = container, func() {
		bar.Abort(true)
		container.Wait()
		p.above = p.a.stderr
	}
}

// facts are what is worth knowing about a phase under way, the most important first: mpb
// cuts what a terminal has no room for.
func (p *progress) facts(of, between string) string {
	elapsed, sent := p.a.now().Sub(p.began), p.a.sent.Load()-p.before
	list := []string{p.at.Load().reached(of)}
	if sent > 0 {
		list = append(list, grouped(int64(float64(sent)/max(elapsed.Seconds(), 0.001)+0.5))+" req/s")
	}
	if p.virtual != nil {
		list = append(list, p.virtual().UTC().Format("2 Jan 15:04"))
	}
	if sent == 0 || p.virtual == nil {
		list = append(list, spent(elapsed))
	}
	return strings.Join(list, between)
}

// say says how far a phase is where nothing can be drawn, and comes back.
func (p *progress) say() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := p.at.Load(); at != nil {
		_, _ = fmt.Fprintf(p.above, "%s so far: %s\n", at.phase, p.facts(" of ", ", "))
		p.timer.Reset(sayEvery)
	}
}

// line prints a line for people; the line of a phase goes on below it.
func (p *progress) line(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.a.live() {
		text = strings.Join(layout.Fold(text, p.a.errWidth(), 2), "\n  ")
	}
	_, _ = fmt.Fprintln(p.above, text)
}

// end closes the phase under way; what follows begins on a clean line.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}

// finish leaves a last line about the phase under way.
func (p *progress) finish() {
	at := p.at.Load()
	if at == nil {
		return
	}
	p.close()
	elapsed, sent := p.a.now().Sub(p.began), p.a.sent.Load()-p.before
	if at.total > 0 || elapsed >= unsaid {
		text := at.phase + ": " + at.reached(" of ")
		if sent > 0 {
			text += ", " + counted(sent, "request")
		}
		_, _ = fmt.Fprintln(p.a.stderr, text+", "+spent(elapsed))
	}
	p.at.Store(nil)
	p.a.bar = nil
}
