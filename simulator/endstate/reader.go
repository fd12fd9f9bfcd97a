package endstate

import (
	"context"
	"errors"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// ErrGone is the error of a read of a resource that does not exist.
var ErrGone = errors.New("the resource does not exist")

// Reader reads a target. Every error but ErrGone means that the target could not be asked.
type Reader interface {
	// List reads a page of a collection from the 1-based index start.
	List(ctx context.Context, collection string, start int) (scimclient.Page, error)
	// Find searches a collection for resources whose attribute equals value.
	Find(ctx context.Context, collection, attribute, value string) ([]scimclient.Resource, error)
	// Read reads a whole resource, groups with their members.
	Read(ctx context.Context, collection, id string) (scimclient.Resource, error)
}

// Spool keeps listed resources; *os.File is one.
type Spool interface {
	Write(p []byte) (int, error)
	ReadAt(p []byte, offset int64) (int, error)
}

// counting counts the requests of a Reader.
type counting struct {
	Reader
	requests int
}

func (c *counting) List(ctx context.Context, collection string, start int) (scimclient.Page, error) {
	c.requests++
	return c.Reader.List(ctx, collection, start)
}

func (c *counting) Find(ctx context.Context, collection, attribute, value string) ([]scimclient.Resource, error) {
	c.requests++
	return c.Reader.Find(ctx, collection, attribute, value)
}

func (c *counting) Read(ctx context.Context, collection, id string) (scimclient.Resource, error) {
	c.requests++
	return c.Reader.Read(ctx, collection, id)
}
