package console

import "fmt"

// Annotate prints a workflow command of GitHub Actions on a line of its own. It passes the guard,
// which breaks such commands. Its text is escaped already, as reports.Annotations does (S6).
func (con *Console) Annotate(command string) {
	con.saying.Lock()
	defer con.saying.Unlock()
	_, _ = fmt.Fprintln(con.drawn, command)
}
