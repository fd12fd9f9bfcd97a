package cycle

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// takeMembers takes over the PATCHes of one group. Those that the target confirmed become
// memberships and share an entry; those without a response are written again (E-292).
func (r *recovery) takeMembers(ctx context.Context, w *unfinished, counts *Counts) error {
	var modified []provlog.ModifiedProperty
	for _, part := range w.parts {
		var err error
		switch part.outcome {
		case inflight.Done:
			modified = append(modified, part.properties()...)
			err = r.written(ctx, &part, counts)
		case inflight.Unknown:
			err = r.writeAgain(ctx, &part)
		case inflight.Rejected:
		}
		if err != nil {
			return err
		}
	}
	if len(modified) == 0 {
		r.Writes.Settle(w.seqs...)
		return nil
	}
	counts.Updated++
	return r.log(w, time.Duration(len(modified))*r.Options.WriteTime, func(s *provlog.Summary) {
		s.ModifiedProperties = modified
		named := provlog.Subject{Kind: w.Kind, ID: w.Source, Source: s.SourceSystem.DisplayName, Target: s.TargetSystem.DisplayName}
		s.ProvisioningSteps = append(s.ProvisioningSteps, named.MembersExported(len(modified), len(modified), false))
	})
}

// properties are the memberships as the log shows them.
func (w *unfinished) properties() []provlog.ModifiedProperty {
	var out []provlog.ModifiedProperty
	for _, m := range w.Members {
		out = append(out, memberProperty(&member{num: m.Num, targetID: m.Target}, w.Present))
	}
	return out
}

// written remembers memberships that the target confirmed.
func (r *recovery) written(ctx context.Context, w *unfinished, counts *Counts) error {
	var nums []int64
	for _, m := range w.Members {
		if err := r.Store.DropEscrow(ctx, w.Num, state.Member, m.Num); err != nil {
			return err
		}
		nums = append(nums, m.Num)
	}
	if w.Present {
		counts.MembersAdded += int64(len(nums))
		return r.Store.PutMembers(ctx, w.Num, nums)
	}
	counts.MembersRemoved += int64(len(nums))
	return r.Store.DropMembers(ctx, w.Num, nums)
}

// writeAgain keeps memberships whose write has no response for the next cycle, which writes them as
// the source has them then, whatever the state says.
func (r *recovery) writeAgain(ctx context.Context, w *unfinished) error {
	fault := provlog.Fault{
		Code: provlog.CodeProtocolError, Why: provlog.WhyStopped, About: provlog.About{Detail: "the run ended before the response"},
	}
	for _, m := range w.Members {
		if err := r.Store.PutEscrow(ctx, state.Escrow{Num: w.Num, What: state.Member, Other: m.Num, Fault: fault, First: w.At, Due: w.At}); err != nil {
			return err
		}
	}
	r.position.Again = append(r.position.Again, w.Num)
	return nil
}
