package explained

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/provlog/read"
)

// maxLog is the largest file of a log.
const maxLog = 1 << 30

// Load reads the files of one log. A folder stands for the logs in it.
func Load(con *console.Console, names []string) (*read.Log, error) {
	var files []read.File
	take := func(name string, data []byte) { files = append(files, read.File{Name: name, Data: data}) }
	if err := con.Given(names, "the log", maxLog, logsOf, take); err != nil {
		return nil, err
	}
	log, err := read.Read(files)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	for _, note := range log.Notes {
		con.Say("note: %s", note)
	}
	return log, nil
}

// logsOf lists the files of a log below a folder: the log of a run, else what the portal and
// diagnostic settings save.
func logsOf(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, exit.Usage("`scimdrill explain --help` shows what can be given", "read the log: %w", err)
	}
	if !info.IsDir() {
		return []string{name}, nil
	}
	if run := filepath.Join(name, "provisioning-log.jsonl"); exists(run) {
		return []string{run}, nil
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return nil, exit.Usage("", "read the log: %w", err)
	}
	var named, all []string
	for _, e := range entries {
		if e.IsDir() || !slices.Contains([]string{".json", ".jsonl", ".csv", ".log"}, strings.ToLower(filepath.Ext(e.Name()))) {
			continue
		}
		all = append(all, filepath.Join(name, e.Name()))
		if strings.Contains(strings.ToLower(e.Name()), "provisioning") {
			named = append(named, filepath.Join(name, e.Name()))
		}
	}
	if len(named) > 0 {
		return named, nil
	}
	if len(all) == 0 {
		return nil, exit.Usage("give the files that were downloaded, as JSON, JSON lines or CSV", "the folder %s contains no log", name)
	}
	return all, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
