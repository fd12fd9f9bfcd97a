package endstate

import (
	"context"
	"fmt"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// listing is what came of listing a collection.
type listing struct {
	count int
	// complete means that nothing contradicts the list.
	complete bool
	// refused is the reason why the collection cannot be listed, or empty.
	refused string
	// any is a listed resource, for trying a search.
	any scimclient.Resource
}

// list lists a collection to its end. A target may give smaller pages than it is asked for.
func (c *comparison) list(ctx context.Context, collection string) (*listing, error) {
	l := &listing{}
	c.lists[collection] = l
	total := -1
	for {
		page, err := c.reader.List(ctx, collection, l.count+1)
		if ctx.Err() != nil {
			return l, ctx.Err() //nolint:wrapcheck // the caller's own
		}
		if err != nil {
			if l.count == 0 {
				l.refused = err.Error()
				return l, nil
			}
			c.note("the list of %s ended after %d: %v", collection, l.count, err)
			return l, nil
		}
		if total < 0 {
			total = page.Total
		}
		fresh := 0
		for _, r := range page.Resources {
			isNew, err := c.store.put(collection, r)
			if err != nil {
				return l, err
			}
			if isNew {
				fresh++
			}
			if l.any.ID == "" {
				l.any = r
			}
		}
		l.count += fresh
		switch {
		case len(page.Resources) > 0 && fresh == 0:
			c.note("the list of %s shows the same page for every startIndex, so only %d of %d were listed", collection, l.count, total)
			return l, nil
		case l.count >= total || len(page.Resources) == 0:
			l.complete = l.count >= total
			if !l.complete {
				c.note("the list of %s shows %d of %d", collection, l.count, total)
			}
			return l, nil
		}
	}
}

// cut notes that a list lacks what a read finds.
func (c *comparison) cut(collection string) {
	l := c.lists[collection]
	if l == nil || !l.complete {
		return
	}
	l.complete = false
	c.note("the list of %s is cut: it shows %d, and others can be read by their ids", collection, l.count)
}

// note adds a remark once.
func (c *comparison) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(c.result.Notes, text) {
		c.result.Notes = append(c.result.Notes, text)
	}
}
