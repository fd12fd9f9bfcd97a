package cycle

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Client is what a cycle needs of its target. *scimclient.Client talks to a real one; a
// plan reads a real one and answers every write itself (simulator/plan).
type Client interface {
	Find(ctx context.Context, call scimclient.Call, q scimclient.Query) ([]scimclient.Resource, *scimclient.Failure)
	Read(ctx context.Context, call scimclient.Call, collection, id string) (scimclient.Resource, *scimclient.Failure)
	Holds(ctx context.Context, call scimclient.Call, r scimclient.Reference) (bool, *scimclient.Failure)
	Create(ctx context.Context, call scimclient.Call, collection string, body []byte) (scimclient.Resource, *scimclient.Failure)
	Patch(ctx context.Context, call scimclient.Call, collection, id string, body []byte) *scimclient.Failure
	Delete(ctx context.Context, call scimclient.Call, collection, id string) *scimclient.Failure
}
