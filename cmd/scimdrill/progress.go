package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rivo/uniseg"
)

const (
	// drawEvery is how often a terminal sees the line of a phase anew.
	drawEvery = 100 * time.Millisecond
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
}

// progress tells people how far a run is: on a terminal one line a phase, drawn over
// itself; elsewhere a plain line at the end of a phase, and now and then in a long one.
// Nothing but carriage returns and spaces move the cursor, so that every terminal can follow.
type progress struct {
	w       io.Writer
	live    bool
	columns func() int
	now     func() time.Time
	sent    *atomic.Int64    // requests so far; nil if nobody counts
	virtual func() time.Time // nil if there is no virtual time
	closed  func()
	still   bool // nobody draws by the clock; a test calls tick

	mu      sync.Mutex
	at      position
	open    bool
	began   time.Time
	before  int64 // requests before the phase
	said    time.Time
	samples []sample
	drawn   int // cells of the line that is on the screen
	stop    chan struct{}
	ended   sync.WaitGroup
}

// sample is the count of requests at an instant.
type sample struct {
	at   time.Time
	sent int64
}

// progress follows a run. Until its end, everything that is said goes through it.
func (a *app) progress() *progress {
	p := &progress{w: a.stderr, live: a.live(), columns: a.errColumns, now: a.now, sent: &a.sent}
	p.closed = func() { a.bar = nil }
	a.bar = p
	return p
}

// step says how far a phase is.
func (p *progress) step(phase string, done, total int64) {
	p.move(position{phase: phase, done: done, total: total})
}

// move is step with all that can be said. Another phase ends the one before.
func (p *progress) move(at position) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.open || at.phase != p.at.phase {
		p.finish()
		p.open, p.began, p.said, p.before = true, p.now(), p.now(), p.count()
		p.samples = append(p.samples[:0], sample{at: p.began, sent: p.before})
		p.watch()
	}
	p.at = at
}

// line prints a line for people; the line of a phase goes on below it.
func (p *progress) line(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	if p.live {
		text = strings.Join(folded(text, p.width(), 2), "\n  ")
	}
	_, _ = fmt.Fprintln(p.w, text)
}

// leave closes the phase under way.
func (p *progress) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}

// end closes the last phase and waits until nobody draws; what follows begins on a clean line.
func (p *progress) end() {
	p.mu.Lock()
	p.finish()
	stop := p.stop
	p.stop = nil
	p.mu.Unlock()
	if stop != nil {
		close(stop)
		p.ended.Wait()
	}
	p.closed()
}

// watch starts the goroutine that draws; end waits for it.
func (p *progress) watch() {
	if p.stop != nil || p.still {
		return
	}
	stop := make(chan struct{})
	p.stop = stop
	every := drawEvery
	if !p.live {
		every = time.Second
	}
	p.ended.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-stop:
				return
			case <-ticker.C:
				p.tick()
			}
		}
	})
}

// tick draws the line of the phase under way or, without a terminal, says it now and then.
func (p *progress) tick() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.open {
		return
	}
	now := p.now()
	p.samples = recent(append(p.samples, sample{at: now, sent: p.count()}))
	switch {
	case p.live:
		p.draw(p.view().running(p.width()))
	case now.Sub(p.said) >= sayEvery:
		p.said = now
		_, _ = fmt.Fprintln(p.w, p.view().soFar())
	}
}

// finish leaves a last line about the phase under way.
func (p *progress) finish() {
	if !p.open {
		return
	}
	p.open = false
	v := p.view()
	p.erase()
	if p.at.total > 0 || v.elapsed >= unsaid {
		_, _ = fmt.Fprintln(p.w, v.over())
	}
}

// draw writes a line over the one that is there.
func (p *progress) draw(text string) {
	cells := uniseg.StringWidth(text)
	_, _ = fmt.Fprint(p.w, "\r"+text+strings.Repeat(" ", max(p.drawn-cells, 0)))
	p.drawn = cells
}

func (p *progress) erase() {
	if p.drawn > 0 {
		_, _ = fmt.Fprint(p.w, "\r"+strings.Repeat(" ", p.drawn)+"\r")
		p.drawn = 0
	}
}

// width leaves the last column free: a line that fills it would wrap.
func (p *progress) width() int {
	if p.columns == nil {
		return 79
	}
	return p.columns() - 1
}

func (p *progress) count() int64 {
	if p.sent == nil {
		return 0
	}
	return p.sent.Load()
}

func (p *progress) view() view {
	v := view{position: p.at, elapsed: p.now().Sub(p.began), requests: p.count() - p.before}
	first, last := p.samples[0], p.samples[len(p.samples)-1]
	if span := last.at.Sub(first.at); span > 0 {
		v.rate = float64(last.sent-first.sent) / span.Seconds()
	}
	if p.virtual != nil {
		v.virtual = p.virtual()
	}
	return v
}

// recent keeps the samples of the last three seconds, and one before them.
func recent(list []sample) []sample {
	const window = 3 * time.Second
	last := list[len(list)-1].at
	for len(list) > 2 && last.Sub(list[1].at) >= window {
		list = list[1:]
	}
	return list
}

// counting is a transport that counts what it sends.
func (a *app) counting(next http.RoundTripper) http.RoundTripper {
	return &counter{next: next, sent: &a.sent}
}

type counter struct {
	next http.RoundTripper
	sent *atomic.Int64
}

// RoundTrip sends the request.
func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	c.sent.Add(1)
	return c.next.RoundTrip(r)
}
