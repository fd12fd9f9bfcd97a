// Package sqlitefile opens files of the SQLite driver: it names them, and brings their schema up to date.
package sqlitefile

import "strings"

// DSN is the data source name of a file with the driver's parameters. A path may hold what
// would end it in a URI.
func DSN(path, parameters string) string {
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) + "?" + parameters
}
