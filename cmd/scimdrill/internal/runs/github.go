package runs

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports"
)

// announce tells GitHub what a run found, if it runs there: the causes as annotations, and the
// report in the summary of the job.
func announce(con *console.Console, rep *reports.Report) error {
	if value, _ := con.Getenv("GITHUB_ACTIONS"); value != "true" {
		return nil
	}
	for _, a := range reports.Annotations(rep) {
		con.Annotate(a)
	}
	path, ok := con.Getenv("GITHUB_STEP_SUMMARY")
	if !ok || strings.TrimSpace(path) == "" {
		return nil
	}
	var b bytes.Buffer
	if err := reports.WriteMarkdown(&b, rep); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("write the job summary: %w", err)
	}
	if _, err := file.Write(b.Bytes()); err != nil {
		_ = file.Close() // the first error counts
		return fmt.Errorf("write the job summary: %w", err)
	}
	return file.Close()
}
