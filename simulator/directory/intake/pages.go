package intake

import (
	"fmt"
	"strconv"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// pages is what is known of the pages of one collection. A collection is whole if one of its pages
// is the last: it has no @odata.nextLink.
type pages struct {
	open    string // the place of a page that is not the last
	whole   bool
	objects int
	counted int // what Graph said with $count, 0 if it said nothing
}

// page notes a page of a collection.
func (r *reader) page(o *saved.Object, in setting, objects int) {
	p := r.pages[in]
	if p == nil {
		p = &pages{}
		r.pages[in] = p
		r.collections = append(r.collections, in)
	}
	p.objects += objects
	if n, err := strconv.Atoi(o.Text("@odata.count")); err == nil {
		p.counted = max(p.counted, n)
	}
	if o.Text("@odata.nextLink") != "" {
		p.open = o.Place()
	} else {
		p.whole = true
	}
}

// incomplete says which collections were cut: only the first page is in the file.
func (r *reader) incomplete() {
	for _, in := range r.collections {
		p := r.pages[in]
		what := in.kind
		switch what {
		case "":
			what = "object"
		case membership:
			what = "member"
		}
		switch {
		case p.open != "" && !p.whole:
			r.note("%s is one page of several: the files contain %s, and Graph has more; hint: follow @odata.nextLink until a page has none, and give all pages",
				p.open, number(p.objects, what))
		case p.counted > p.objects:
			r.note("Graph counted %s, and the files contain %d; hint: follow @odata.nextLink, and give all pages", number(p.counted, what), p.objects)
		}
	}
}

func number(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
