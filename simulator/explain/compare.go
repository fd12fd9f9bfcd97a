package explain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/provlog/read"
)

// Difference is what two logs do not have in common.
type Difference struct {
	// Entries is the number of pairs that were compared.
	Entries int `json:"entries"`
	// Fields are the fields that differ, in order of the entries.
	Fields []FieldDifference `json:"fields"`
	// OnlyReal and OnlySimulated are entries without a partner.
	OnlyReal      []string `json:"onlyReal,omitempty"`
	OnlySimulated []string `json:"onlySimulated,omitempty"`
}

// FieldDifference is a field of one pair of entries.
type FieldDifference struct {
	Entry     string `json:"entry"`
	Field     string `json:"field"`
	Real      string `json:"real"`
	Simulated string `json:"simulated"`
}

// Same reports whether the logs say the same.
func (d *Difference) Same() bool {
	return len(d.Fields)+len(d.OnlyReal)+len(d.OnlySimulated) == 0
}

// Compare sets two logs side by side. Entries belong together if they are about the same object,
// by id, user name or name, and have the same action; the n-th of one log is the n-th of the
// other. Ids are mapped: an id of one log must always meet the same id of the other. Times and
// durations are not compared.
func Compare(real, simulated *read.Log) *Difference {
	c := comparison{d: &Difference{Fields: []FieldDifference{}}, there: map[string]string{}, back: map[string]string{}}
	left, right := Log(real), Log(simulated)
	partners := queues(right)
	used := map[*Explanation]bool{}
	for i := range left {
		x := &left[i]
		y := partners.take(x, used)
		if y == nil {
			c.d.OnlyReal = append(c.d.OnlyReal, title(x))
			continue
		}
		used[y] = true
		c.pair(x, y)
	}
	for i := range right {
		if !used[&right[i]] {
			c.d.OnlySimulated = append(c.d.OnlySimulated, title(&right[i]))
		}
	}
	return c.d
}

// title names an entry.
func title(x *Explanation) string {
	return x.Name() + ", " + string(x.Facts.Action) + " at " + x.Time().Format("2006-01-02 15:04")
}

// partners are the entries of a log under each name of their object.
type partners map[string][]*Explanation

func queues(list []Explanation) partners {
	p := partners{}
	for i := range list {
		for _, key := range keys(&list[i]) {
			p[key] = append(p[key], &list[i])
		}
	}
	return p
}

// take finds the first unused entry of the same object with the same action.
func (p partners) take(x *Explanation, used map[*Explanation]bool) *Explanation {
	for _, key := range keys(x) {
		for _, y := range p[key] {
			if !used[y] {
				return y
			}
		}
	}
	return nil
}

// keys are the names of an object with the action, the surest first.
func keys(x *Explanation) []string {
	var out []string
	for _, name := range []string{x.Entry.SourceIdentity.ID, x.Account(), x.Name()} {
		key := strings.ToLower(x.Kind() + " " + string(x.Facts.Action) + " " + name)
		if name != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

// comparison collects differences and keeps which ids belong together.
type comparison struct {
	d           *Difference
	there, back map[string]string
}

func (c *comparison) pair(x, y *Explanation) {
	c.d.Entries++
	field := func(name, a, b string) {
		if a != b {
			c.d.Fields = append(c.d.Fields, FieldDifference{title(x), name, a, b})
		}
	}
	a, b := x.Entry, y.Entry
	c.id(field, "sourceIdentity.id", a.SourceIdentity.ID, b.SourceIdentity.ID)
	c.id(field, "targetIdentity.id", a.TargetIdentity.ID, b.TargetIdentity.ID)
	field("provisioningStatusInfo.status", string(x.Facts.Status), string(y.Facts.Status))
	field("errorCode", x.Facts.Code, y.Facts.Code)
	field("SkipReason", x.Facts.Skip, y.Facts.Skip)
	field("HTTP status", status(x), status(y))
	field("sourceIdentity.identityType", strings.ToLower(a.SourceIdentity.IdentityType), strings.ToLower(b.SourceIdentity.IdentityType))
	if ai, bi := a.ProvisioningStatusInfo.ErrorInformation, b.ProvisioningStatusInfo.ErrorInformation; ai != nil && bi != nil {
		field("errorCategory", string(ai.ErrorCategory), string(bi.ErrorCategory))
	}
	if x.Facts.stepped && y.Facts.stepped {
		c.steps(field, a, b)
	}
	c.properties(field, a, b)
}

func status(x *Explanation) string {
	if x.Facts.Response == nil || x.Facts.Response.Status == 0 {
		return ""
	}
	return x.Facts.Response.said()[0]
}

// id compares two ids: equal, or always the same two.
func (c *comparison) id(field func(name, a, b string), name, a, b string) {
	if a == "" || b == "" {
		field(name, presence(a), presence(b))
		return
	}
	other, known := c.there[a]
	origin, taken := c.back[b]
	if !known && !taken {
		c.there[a], c.back[b] = b, a
		return
	}
	if other != b {
		field(name, a, cmp.Or(origin, b)+" in the real log")
	}
}

func presence(id string) string {
	if id == "" {
		return "empty"
	}
	return "set"
}

func (c *comparison) steps(field func(name, a, b string), a, b *read.Entry) {
	var left, right []string
	for _, s := range a.ProvisioningSteps {
		left = append(left, s.Name+" "+string(s.Status))
	}
	for _, s := range b.ProvisioningSteps {
		right = append(right, s.Name+" "+string(s.Status))
	}
	field("provisioningSteps", strings.Join(left, ", "), strings.Join(right, ", "))
	if !slices.Equal(left, right) {
		return
	}
	for i := range a.ProvisioningSteps {
		s, o := &a.ProvisioningSteps[i], &b.ProvisioningSteps[i]
		field("provisioningSteps["+s.Name+"].provisioningStepType", string(s.Type), string(o.Type))
		var keys, others []string
		for _, d := range s.Details {
			keys = append(keys, d.Key)
		}
		for _, d := range o.Details {
			others = append(others, d.Key)
		}
		slices.Sort(keys)
		slices.Sort(others)
		field("provisioningSteps["+s.Name+"].details", strings.Join(keys, ", "), strings.Join(others, ", "))
	}
}

func (c *comparison) properties(field func(name, a, b string), a, b *read.Entry) {
	left, right := map[string]string{}, map[string]string{}
	var names []string
	for _, p := range a.ModifiedProperties {
		left[p.DisplayName] = value(p.NewValue)
		names = append(names, p.DisplayName)
	}
	for _, p := range b.ModifiedProperties {
		right[p.DisplayName] = value(p.NewValue)
		names = append(names, p.DisplayName)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		l, inLeft := left[name]
		r, inRight := right[name]
		switch {
		case !inLeft:
			field("modifiedProperties", "without "+name, "with "+name)
		case !inRight:
			field("modifiedProperties", "with "+name, "without "+name)
		case l != r && c.there[l] != r:
			field("modifiedProperties["+name+"].newValue", l, r)
		}
	}
}

func value(p *string) string {
	if p == nil {
		return "null"
	}
	return *p
}
