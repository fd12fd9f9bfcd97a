package plan

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Offline is a Reader without a target: it knows of no object, and of a linked one only
// its id. See the package's decisions for what follows.
type Offline struct{}

var _ Reader = Offline{}

// Find finds nothing.
func (Offline) Find(context.Context, scimclient.Call, scimclient.Query) ([]scimclient.Resource, *scimclient.Failure) {
	return nil, nil
}

// Holds knows of no reference.
func (Offline) Holds(context.Context, scimclient.Call, scimclient.Reference) (bool, *scimclient.Failure) {
	return false, nil
}

// Read returns an object of which nothing but the id is known.
func (Offline) Read(_ context.Context, _ scimclient.Call, _, id string) (scimclient.Resource, *scimclient.Failure) {
	return scimclient.Resource{ID: id, Values: map[string]any{"id": id}}, nil
}
