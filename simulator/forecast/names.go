package forecast

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// names finds the source objects of target ids by the links of a job.
type names struct {
	store  *state.Store
	tenant *directory.Tenant
	logged map[string]plan.Object // by target id; the links may be gone by now
	err    error
}

func openNames(ctx context.Context, dir string, tenant *directory.Tenant) (*names, error) {
	store, err := state.Open(ctx, filepath.Join(dir, "job.db"))
	if err != nil {
		return nil, err
	}
	return &names{store: store, tenant: tenant, logged: map[string]plan.Object{}}, nil
}

func (n *names) close() error { return n.store.Close() }

// learn takes names from the entries of a log that are wanted: of objects whose links are
// gone by now, and which may still be somebody's manager or member.
func (n *names) learn(path string, wanted func(*provlog.Summary) bool) error {
	return eachSummary(path, func(s *provlog.Summary) error {
		if wanted(s) && s.TargetIdentity.ID != "" {
			n.logged[s.TargetIdentity.ID] = plan.Object{Type: s.SourceIdentity.IdentityType, ID: s.SourceIdentity.ID, Name: s.SourceIdentity.DisplayName}
		}
		return nil
	})
}

// resolver is the question as plan.Log asks it.
func (n *names) resolver(ctx context.Context) func(kind, targetID string) (plan.Object, bool) {
	return func(kind, targetID string) (plan.Object, bool) { return n.resolve(ctx, kind, targetID) }
}

func (n *names) resolve(ctx context.Context, kind, targetID string) (plan.Object, bool) {
	if o, ok := n.logged[targetID]; ok && (kind == "" || kind == o.Type) {
		return o, true
	}
	for _, k := range []string{"User", "Group"} {
		if kind != "" && kind != k {
			continue
		}
		num, ok, err := n.store.Owner(ctx, k, targetID)
		n.err = errors.Join(n.err, err)
		if !ok {
			continue
		}
		o, err := n.tenant.Get(ctx, num)
		n.err = errors.Join(n.err, err)
		if o == nil {
			continue
		}
		return plan.Object{Type: k, ID: o.ID, Name: objectName(o)}, true
	}
	return plan.Object{}, false
}

// objectName is what people know an object by.
func objectName(o *directory.Object) string {
	name, _ := o.Properties["displayName"].(string)
	upn, _ := o.Attribute("userPrincipalName").(string)
	switch {
	case o.Kind == directory.Group || upn == "":
		return name
	case name == "":
		return upn
	}
	return name + " <" + upn + ">"
}

// matchingNames are the matching attributes of each type, in their order.
func matchingNames(m cycle.Mappings) map[string][]string {
	out := map[string][]string{}
	for _, a := range m.Users.Matching() {
		out["User"] = append(out["User"], a.Name)
	}
	if m.Groups != nil {
		for _, a := range m.Groups.Matching() {
			out["Group"] = append(out["Group"], a.Name)
		}
	}
	return out
}

// eachSummary reads a provisioning log.
func eachSummary(path string, fn func(*provlog.Summary) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read provisioning log: %w", err)
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<16))
	for dec.More() {
		var s provlog.Summary
		if err := dec.Decode(&s); err != nil {
			return fmt.Errorf("read provisioning log %s: %w", path, err)
		}
		if err := fn(&s); err != nil {
			return err
		}
	}
	return nil
}
