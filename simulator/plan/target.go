package plan

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Reader is all that a plan may do with a target. *scimclient.Client is one.
type Reader interface {
	Find(ctx context.Context, call scimclient.Call, q scimclient.Query) ([]scimclient.Resource, *scimclient.Failure)
	Read(ctx context.Context, call scimclient.Call, collection, id string) (scimclient.Resource, *scimclient.Failure)
	Holds(ctx context.Context, call scimclient.Call, r scimclient.Reference) (bool, *scimclient.Failure)
}

// prefix begins the ids that a plan gives to objects it creates.
const prefix = "planned:"

// Planned reports whether an id was given by a plan.
func Planned(id string) bool { return strings.HasPrefix(id, prefix) }

// Target is a target whose reads are real and whose writes are only remembered. It is
// safe for concurrent use.
type Target struct {
	reader Reader

	mu      sync.Mutex
	written map[string]*object // by collection and id
	indexes map[string]*index  // by collection and queried attribute
}

// NewTarget puts remembered writes over a reader.
func NewTarget(r Reader) *Target {
	return &Target{reader: r, written: map[string]*object{}, indexes: map[string]*index{}}
}

// Find asks the target, takes out what the plan has renamed or deleted since, and adds
// what it has created or renamed.
func (t *Target) Find(ctx context.Context, call scimclient.Call, q scimclient.Query) ([]scimclient.Resource, *scimclient.Failure) {
	read, failure := t.reader.Find(ctx, call, q)
	if failure != nil {
		return nil, failure
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	x := t.index(q.Collection, q.Attribute)
	found := make([]scimclient.Resource, 0, len(read))
	for _, r := range read {
		if o := t.written[q.Collection+" "+r.ID]; o != nil && (o.gone || x.keys[o] != "") {
			continue // gone, or the index knows what it is called now
		}
		found = append(found, r)
	}
	for _, o := range x.objects[x.key(q.Value)] {
		found = append(found, o.resource)
	}
	return found, nil
}

// Read reads an object of the target, or one that the plan created.
func (t *Target) Read(ctx context.Context, call scimclient.Call, collection, id string) (scimclient.Resource, *scimclient.Failure) {
	t.mu.Lock()
	o := t.written[collection+" "+id]
	t.mu.Unlock()
	switch {
	case o == nil || !o.gone && !Planned(id):
		return t.reader.Read(ctx, call, collection, id)
	case o.gone:
		return scimclient.Resource{}, scimclient.Failed(provlog.Fault{Code: provlog.CodeInvalidAnchor, Why: provlog.WhyPlanDeleted, Status: http.StatusNotFound})
	}
	return o.resource, nil
}

// Holds asks whether a reference is in the target. One from or to an object that the plan
// created cannot be; and no reference is asked for twice in a cycle, so that what the plan
// wrote of references does not matter.
func (t *Target) Holds(ctx context.Context, call scimclient.Call, r scimclient.Reference) (bool, *scimclient.Failure) {
	if Planned(r.ID) || Planned(r.Value) {
		return false, nil
	}
	return t.reader.Holds(ctx, call, r)
}

// Create remembers a new object. Its id says that no target gave it.
func (t *Target) Create(_ context.Context, call scimclient.Call, collection string, body []byte) (scimclient.Resource, *scimclient.Failure) {
	values := map[string]any{}
	if err := json.Unmarshal(body, &values); err != nil {
		return scimclient.Resource{}, scimclient.Failed(provlog.Fault{Code: provlog.CodeProtocolError, Why: provlog.WhyPlanCreate, About: provlog.About{Detail: err.Error()}})
	}
	id := prefix + call.Label
	values["id"] = id
	t.mu.Lock()
	defer t.mu.Unlock()
	o := &object{collection: collection, resource: scimclient.Resource{ID: id, Values: values}}
	t.written[collection+" "+id] = o
	t.reindex(o)
	return o.resource, nil
}

// Patch remembers the values that a PATCH sets.
func (t *Target) Patch(_ context.Context, _ scimclient.Call, collection, id string, body []byte) *scimclient.Failure {
	set, err := assigned(body)
	if err != nil {
		return scimclient.Failed(provlog.Fault{Code: provlog.CodeProtocolError, Why: provlog.WhyPlanUpdate, About: provlog.About{Detail: err.Error()}})
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	o := t.written[collection+" "+id]
	if o == nil {
		o = &object{collection: collection, resource: scimclient.Resource{ID: id, Values: map[string]any{"id": id}}}
		t.written[collection+" "+id] = o
	}
	o.assign(set)
	t.reindex(o)
	return nil
}

// Delete remembers that an object is gone.
func (t *Target) Delete(_ context.Context, _ scimclient.Call, collection, id string) *scimclient.Failure {
	t.mu.Lock()
	defer t.mu.Unlock()
	o := t.written[collection+" "+id]
	if o == nil {
		o = &object{collection: collection, resource: scimclient.Resource{ID: id}}
		t.written[collection+" "+id] = o
	}
	o.gone = true
	t.reindex(o)
	return nil
}
