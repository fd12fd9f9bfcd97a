package exchange

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

const (
	defaultHARBytes = 64 << 20
	creatorName     = "scimdrill"
)

// HAR writes exchanges to a HAR 1.2 file that is always valid JSON.
// It is safe for use by several goroutines.
type HAR struct {
	mu       sync.Mutex
	file     *os.File
	path     string
	redactor *Redactor
	max      int64
	end      int64 // where the footer begins
	size     int64 // where the file ends
	entries  int
	omitted  int
	full     bool
}

// CreateHAR creates or replaces the file. When the file reaches maxBytes (64 MiB if 0), no more
// entries are added, and the comment of the log gives the number of omitted entries. A nil
// redactor redacts only credential headers and passwords.
func CreateHAR(path, creatorVersion string, maxBytes int64, r *Redactor) (*HAR, error) {
	if maxBytes <= 0 {
		maxBytes = defaultHARBytes
	}
	if r == nil {
		r = NewRedactor()
	}
	version, err := json.Marshal(creatorVersion)
	if err != nil {
		return nil, fmt.Errorf("create HAR file %s: %w", path, err)
	}
	file, err := wholefile.OpenPrivate(path, os.O_RDWR|os.O_TRUNC)
	if err != nil {
		return nil, fmt.Errorf("create HAR file: %w; hint: check that the folder exists and is writable", err)
	}
	h := &HAR{file: file, path: path, redactor: r, max: maxBytes}
	head := fmt.Appendf(nil, `{"log":{"version":"1.2","creator":{"name":%q,"version":%s},"entries":[`, creatorName, version)
	if err := h.write(head); err != nil {
		_ = file.Close() // the first error counts
		return nil, err
	}
	return h, nil
}

// Add appends a redacted copy of e. An exchange that does not fit is counted but not written. This
// is not an error.
func (h *HAR) Add(e *Exchange) error {
	short := Excerpt(e, maxHARBody) // before the redaction, which costs more than all else
	item := harEntry(h.redactor.Exchange(short))
	item.shortened(short, e)
	data, err := json.Marshal(item)
	if err != nil {
		return fmt.Errorf("write HAR file %s: %w", h.path, err)
	}
	data = outside.JSON(data)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.file == nil {
		return fmt.Errorf("write HAR file %s: %w", h.path, os.ErrClosed)
	}
	if h.full || h.end+int64(len(data)+len(h.footer())+2) > h.max {
		h.full = true
		h.omitted++
		return h.write(nil)
	}
	separator := ",\n"
	if h.entries == 0 {
		separator = "\n"
	}
	h.entries++
	if err := h.write(append([]byte(separator), data...)); err != nil {
		h.entries--
		return err
	}
	return nil
}

// Omitted returns the number of exchanges omitted because of the size limit.
func (h *HAR) Omitted() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.omitted
}

// Close closes the file. It may be called more than once.
func (h *HAR) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.file == nil {
		return nil
	}
	err := h.file.Close()
	h.file = nil
	if err != nil {
		return fmt.Errorf("close HAR file %s: %w", h.path, err)
	}
	return nil
}

// write replaces the old footer with data and a new footer, in one write. If that fails, for
// example on a full disk, it restores the file.
func (h *HAR) write(data []byte) error {
	foot := h.footer()
	size := h.end + int64(len(data)+len(foot))
	if _, err := h.file.WriteAt(slices.Concat(data, foot), h.end); err != nil {
		h.restore()
		return fmt.Errorf("write HAR file %s: %w; hint: check the free disk space", h.path, err)
	}
	if size < h.size {
		if err := h.file.Truncate(size); err != nil {
			return fmt.Errorf("write HAR file %s: %w", h.path, err)
		}
	}
	h.end, h.size = h.end+int64(len(data)), size
	return nil
}

// restore writes the previous footer again. Its bytes were on the disk before, so they fit.
func (h *HAR) restore() {
	if n, err := h.file.WriteAt(h.footer(), h.end); err == nil {
		_ = h.file.Truncate(h.end + int64(n)) // best effort; the caller reports the write error
	}
}

func (h *HAR) footer() []byte {
	comment := "Credentials, cookies and passwords are redacted. The file contains all recorded exchanges."
	if h.omitted > 0 {
		comment = fmt.Sprintf("Credentials, cookies and passwords are redacted. Incomplete: %d exchanges were omitted at the limit of %d bytes.",
			h.omitted, h.max)
	}
	return fmt.Appendf(nil, "\n],\"comment\":%q}}\n", comment)
}
