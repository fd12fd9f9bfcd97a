package player

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

const (
	// shareName is the file with all counts of a replay, from which `report merge` makes one report of
	// several shards.
	shareName = "replay-counts.json"
	// largestShare is its size at most, in bytes.
	largestShare = 64 << 20
)

// share is what one process counted of a load.
type share struct {
	Began      time.Time
	Thresholds []string
	Figures    *measure.Recorder
}

// shareFile is the form of the file.
type shareFile struct {
	Began      time.Time       `json:"began"`
	Thresholds []string        `json:"thresholds,omitempty"`
	Counts     json.RawMessage `json:"counts"`
}

// write writes the file.
func (s share) write(w io.Writer) error {
	counts, err := s.Figures.MarshalJSON()
	if err != nil {
		return err
	}
	data, err := json.Marshal(shareFile{s.Began.UTC(), s.Thresholds, counts})
	if err != nil {
		return err
	}
	_, err = w.Write(append(outside.JSON(data), '\n'))
	return err
}

// readShare reads the file of a folder.
func readShare(dir string) (s share, err error) {
	path := filepath.Join(dir, shareName)
	data, err := wholefile.Read(path, largestShare)
	if err != nil {
		return s, fmt.Errorf("%w; hint: pass the --out folder of each shard of one replay", err)
	}
	var file shareFile
	if err = json.Unmarshal(data, &file); err == nil {
		s.Began, s.Thresholds = file.Began, file.Thresholds
		s.Figures, err = measure.ReadRecorder(bytes.NewReader(file.Counts))
	}
	if err != nil {
		return s, fmt.Errorf("read %s: %w; hint: the file is damaged; run the shard again", path, err)
	}
	return s, nil
}
