package reports

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// FileJSON is the file name of the JSON report, from which all other formats can be derived.
const FileJSON = "report.json"

// WriteJSON writes the report as report.json.
func WriteJSON(w io.Writer, r *Report) error {
	enc := json.NewEncoder(outside.NewGuard(w, false))
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r.embeddable()); err != nil {
		return fmt.Errorf("write report as JSON: %w", err)
	}
	return nil
}

// ReadJSON reads a report written by WriteJSON. It accepts any version up to the current major,
// and converts a report of an older major to the current one.
func ReadJSON(r io.Reader) (*Report, error) {
	data, err := wholefile.ReadAll(r, 512<<20)
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	var head struct {
		SchemaVersion string `json:"schemaVersion"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("read report: %w", located(data, err))
	}
	major, err := readable(head.SchemaVersion)
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	report := &Report{}
	if major < currentMajor {
		report, err = readV1(data)
	} else {
		err = json.Unmarshal(data, report)
	}
	if err != nil {
		return nil, fmt.Errorf("read report: %w", located(data, err))
	}
	return report, nil
}

// Read reads a saved report from a file, or from report.json in a folder.
func Read(path string) (*Report, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, FileJSON)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read report: %w; hint: pass the --out folder of a run", err)
	}
	defer file.Close()
	r, err := ReadJSON(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

var semver = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// currentMajor is the major version of SchemaVersion.
const currentMajor = 2

// readable returns the major version, and rejects a version that this package cannot read.
func readable(version string) (int, error) {
	if version == "" {
		return 0, errors.New(`"schemaVersion" is missing; hint: check that the file is a report.json of scimdrill`)
	}
	parts := semver.FindStringSubmatch(version)
	if parts == nil {
		return 0, fmt.Errorf(`"schemaVersion" is %q, not a version such as %s`, version, SchemaVersion)
	}
	major, err := strconv.Atoi(parts[1])
	if err != nil {
		return 0, fmt.Errorf(`"schemaVersion" %q: %w`, version, err)
	}
	if major > currentMajor {
		return 0, fmt.Errorf("schema version %s is not supported; this scimdrill reads up to %d.x; hint: use the scimdrill that wrote the report, or a newer one",
			version, currentMajor)
	}
	return major, nil
}

// located adds the line number to an error of encoding/json.
func located(data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(-1)
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	if offset < 0 || offset > int64(len(data)) {
		return err
	}
	return fmt.Errorf("line %d: %w", 1+strings.Count(string(data[:offset]), "\n"), err)
}

// embeddable returns a copy with at most MaxEntries entries of each job, and with empty lists
// instead of null.
func (r *Report) embeddable() *Report {
	c := *r
	c.Simulation = r.Simulation.embeddable()
	if r.Replay != nil {
		p := *r.Replay
		if p.Expectations == nil {
			p.Expectations = []Expectation{}
		}
		if p.Measured.Operations == nil {
			p.Measured.Operations = []ReplayOperation{}
		}
		c.Replay = &p
	}
	if r.Conformance != nil {
		f := *r.Conformance
		if f.Checks == nil {
			f.Checks = []Check{}
		}
		if f.Profiles == nil {
			f.Profiles = []string{}
		}
		c.Conformance = &f
	}
	return &c
}

func (s *Simulation) embeddable() *Simulation {
	if s == nil {
		return nil
	}
	c := *s
	c.Jobs = make([]Job, len(s.Jobs))
	for i, job := range s.Jobs {
		c.Jobs[i] = job.embeddable()
	}
	return &c
}

func (j Job) embeddable() Job {
	j.EntriesTotal = max(j.EntriesTotal, len(j.Entries))
	if len(j.Entries) > MaxEntries {
		var log EntryLog
		for _, e := range j.Entries {
			log.Add(e)
		}
		j.Entries, _ = log.Entries()
	}
	j.EscrowsTotal = max(j.EscrowsTotal, len(j.Escrows))
	if j.Cycles == nil {
		j.Cycles = []Cycle{}
	}
	return j
}
