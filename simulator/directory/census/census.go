package census

import (
	"context"
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// Census is what a look at a tenant found.
type Census struct {
	Users, Groups Tally
	Guests        int
	Memberships   int64
	Assignments   int64
	// EveryoneAssigned says that the file has no assignment, so all are in scope.
	EveryoneAssigned bool
	// Departments are users by department; "" is none. Beyond a thousand names, the others are one.
	Departments map[string]int
	// Missing counts the users who lack an attribute.
	Missing map[string]int
	// Duplicates counts the users whose value another user has too, apart from letter case and spaces.
	Duplicates map[string]int
	// Levels are the users by their distance from the top of the tree of managers: those without a manager first.
	Levels []int
	// Loops are users whose managers lead in a circle, Strangers those whose manager is not in the tenant.
	Loops, Strangers int
	// Sizes are groups by the number of their immediate users, in powers of ten: none, 1 to 9, 10 to 99, and so on.
	Sizes   []int
	Largest int64
	Dynamic int
	// Nesting are groups with groups in them.
	Nesting int
	// NestedOnly are users who are in an assigned group only through another group.
	NestedOnly int64
	// Insecure are assigned groups that are not security-enabled, which give nothing (E-63).
	Insecure int
}

// Tally counts objects of one kind.
type Tally struct {
	All, Disabled, SoftDeleted, Managed int
	// Entitled are assigned and there. Created are those of them that a first cycle creates: not disabled (E-69).
	Entitled, Created int
}

const mostDepartments = 1000

// OtherDepartments stands for the departments beyond the first thousand.
const OtherDepartments = "(other departments)"

// watched are the attributes that are looked for. Entra's default mapping reads them.
func watched() []string {
	return []string{"mail", "givenName", "surname", "displayName", "mailNickname", "department", "jobTitle", "employeeId", "businessPhones", "mobilePhone", "city"}
}

// unique are the attributes that should tell people apart.
func unique() []string {
	return []string{"userPrincipalName", "mail", "displayName", "employeeId", "mailNickname"}
}

// Take looks at a tenant.
func Take(ctx context.Context, t *directory.Tenant) (*Census, error) {
	c := &Census{Departments: map[string]int{}, Missing: map[string]int{}, Duplicates: map[string]int{}}
	all, err := t.EveryoneAssigned(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the assignments: %w", err)
	}
	c.EveryoneAssigned = all
	tree := newTree()
	values := newValues(unique())
	err = t.Each(ctx, directory.User, func(o *directory.Object) error {
		c.user(o)
		tree.add(o.ID, o.ManagerID)
		values.add(o)
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read the users: %w", err)
	}
	c.Levels, c.Loops, c.Strangers = tree.levels()
	c.Duplicates = values.shared()
	return c, c.groups(ctx, t)
}

func (c *Census) tally(n *Tally, o *directory.Object) {
	n.All++
	if !o.Enabled() {
		n.Disabled++
	}
	if o.Presence == directory.SoftDeleted {
		n.SoftDeleted++
	}
	if (o.Entitled || c.EveryoneAssigned) && o.Presence == directory.Present {
		n.Entitled++
		if o.Enabled() {
			n.Created++
		}
	}
}

func (c *Census) user(o *directory.Object) {
	c.tally(&c.Users, o)
	if o.ManagerID != "" {
		c.Users.Managed++
	}
	upn, _ := o.Properties["userPrincipalName"].(string)
	if kind, _ := o.Properties["userType"].(string); strings.EqualFold(kind, "Guest") || strings.Contains(upn, "#EXT#@") {
		c.Guests++
	}
	department, _ := o.Properties["department"].(string)
	if _, known := c.Departments[department]; !known && len(c.Departments) >= mostDepartments {
		department = OtherDepartments
	}
	c.Departments[department]++
	for _, name := range watched() {
		switch v := o.Properties[name].(type) {
		case nil:
			c.Missing[name]++
		case string:
			if strings.TrimSpace(v) == "" {
				c.Missing[name]++
			}
		case []any:
			if len(v) == 0 {
				c.Missing[name]++
			}
		}
	}
}

func (c *Census) groups(ctx context.Context, t *directory.Tenant) error {
	err := t.Each(ctx, directory.Group, func(o *directory.Object) error {
		c.tally(&c.Groups, o)
		if kinds, _ := o.Properties["groupTypes"].([]any); len(kinds) > 0 && has(kinds, "DynamicMembership") {
			c.Dynamic++
		}
		if o.Entitled && !o.SecurityEnabled() {
			c.Insecure++
		}
		return ctx.Err()
	})
	if err != nil {
		return fmt.Errorf("read the groups: %w", err)
	}
	err = t.EachGroup(ctx, func(f directory.GroupFacts) error {
		c.Memberships += f.Users + f.Groups
		if f.Groups > 0 {
			c.Nesting++
		}
		c.Largest = max(c.Largest, f.Users)
		class := 0
		for n := f.Users; n > 0; n /= 10 {
			class++
		}
		for len(c.Sizes) <= class {
			c.Sizes = append(c.Sizes, 0)
		}
		c.Sizes[class]++
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the members: %w", err)
	}
	if c.NestedOnly, err = t.NestedOnly(ctx); err != nil {
		return fmt.Errorf("read the nested groups: %w", err)
	}
	return nil
}

func has(list []any, want string) bool {
	for _, v := range list {
		if s, ok := v.(string); ok && s == want {
			return true
		}
	}
	return false
}
