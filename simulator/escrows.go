package simulator

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// escrows names the objects that the state knows by number.
func escrows(ctx context.Context, folder string, kept []state.Escrow) (out []Escrow, err error) {
	if len(kept) == 0 {
		return nil, nil
	}
	t, err := directory.Open(ctx, filepath.Join(folder, "tenant.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	for _, k := range kept {
		e := Escrow{Part: string(k.What), Code: k.Fault.Code, Message: k.Fault.Line(), First: k.First, Due: k.Due, Attempts: k.Attempts}
		if e.ID, e.Type, err = named(ctx, t, k.Num); err != nil {
			return nil, err
		}
		if k.What == state.Member {
			if e.Member, _, err = named(ctx, t, k.Other); err != nil {
				return nil, err
			}
		}
		out = append(out, e)
	}
	return out, nil
}

// named returns id and type of an object; both are empty if it was deleted.
func named(ctx context.Context, t *directory.Tenant, num int64) (id, kind string, err error) {
	o, err := t.Get(ctx, num)
	if err != nil || o == nil {
		return "", "", err
	}
	return o.ID, o.Kind.String(), nil
}
