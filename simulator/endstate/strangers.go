package endstate

import (
	"context"
	"strings"
)

// strangers are members of compared groups that belong to nobody in the directory.
type strangers struct {
	members int
	groups  []string // the first names
	last    string
}

// stranger takes a member that belongs to nobody. One who was deleted is reported; anybody else may
// be somebody else's, and is only counted.
func (c *comparison) stranger(ctx context.Context, e *Expected, id string) error {
	if c.Deleted != nil {
		ref, ok, err := c.Deleted(ctx, id)
		if err != nil {
			return err
		}
		if ok {
			c.found.add(Difference{Kind: MemberLeft, Object: e.Ref, Other: &ref})
			return nil
		}
	}
	c.strange.members++
	if c.strange.last != e.ID {
		c.strange.last = e.ID
		if len(c.strange.groups) < asked {
			c.strange.groups = append(c.strange.groups, e.shown())
		}
	}
	return nil
}

// strangersNoted says how many there were.
func (c *comparison) strangersNoted() {
	if n := c.strange.members; n > 0 {
		c.note("%s of the target %s to nobody in the directory, such as in %s", counted(n, "membership"), belongs(n), strings.Join(c.strange.groups, ", "))
	}
}

func belongs(n int) string {
	if n == 1 {
		return "belongs"
	}
	return "belong"
}
