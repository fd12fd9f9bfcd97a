// Package layout fits text into the columns of a terminal. It counts cells, not bytes or
// characters: a wide character takes two cells, a combining one none.
//
// Whatever it fits becomes visible first: characters that must not be shown take the cells of
// their escape sequences (see package outside).
//
// The text report and the command line share it, so that both fold, cut and quote alike:
//
//	for _, line := range layout.Labelled("note: ", text, layout.Columns) {
//		fmt.Fprintln(w, line)
//	}
package layout
