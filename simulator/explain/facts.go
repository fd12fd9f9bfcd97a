package explain

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/provlog/read"
)

// Facts are what an entry says, apart from its wording.
type Facts struct {
	Group    bool           `json:"-"`
	Action   provlog.Action `json:"-"`
	Status   provlog.Result `json:"-"`
	Code     string         `json:"code,omitempty"`
	Skip     string         `json:"skipReason,omitempty"`
	Response *Response      `json:"response,omitempty"`
	Retries  *Retries       `json:"retries,omitempty"`
	// Property is the attribute that the entry names as missing or invalid.
	Property string `json:"property,omitempty"`
	// Scoped are the scoping facts that are against the object.
	Scoped Scoped `json:"scoped,omitzero"`
	// Text is the reason, or the description of the step that decided.
	Text string `json:"text,omitempty"`

	exported bool // a step of the export was reached
	stepped  bool
	retried  bool // an earlier failure is repeated
	members  bool // it is about memberships alone (E-262)
	manager  bool // it is about the manager alone (E-136)
	leftOut  bool // a create left an attribute out
}

// Scoped are the reasons for which an object is out of scope (E-67, G-38).
type Scoped struct {
	Unassigned bool `json:"unassigned,omitempty"`
	NoRole     bool `json:"noRole,omitempty"`
	Inactive   bool `json:"inactive,omitempty"`
	Filtered   bool `json:"filtered,omitempty"`
	// Clauses are those that the object fails.
	Clauses []string `json:"clauses,omitempty"`
}

func (s *Scoped) any() bool { return s.Unassigned || s.NoRole || s.Inactive || s.Filtered }

// notExported is what the service says of an attribute that a create leaves out.
const notExported = "exporting the property is not supported for this operation: Add"

// gather reads the facts of an entry.
func gather(e *read.Entry) Facts {
	f := Facts{
		Action: e.ProvisioningAction, Status: e.ProvisioningStatusInfo.Status, stepped: len(e.ProvisioningSteps) > 0,
		Group: isGroup(e), members: only(e, "members"), manager: only(e, "manager"), exported: len(e.ModifiedProperties) > 0,
	}
	if info := e.ProvisioningStatusInfo.ErrorInformation; info != nil {
		f.Code, f.Text = info.ErrorCode, info.Reason
		if f.Text == "" && info.AdditionalDetails != nil {
			f.Text = *info.AdditionalDetails
		}
		f.notExported(f.Text)
		r, retries := parseReason(f.Text)
		f.Retries = retries
		if r != (Response{}) {
			f.Response = &r
		}
	}
	compared := false
	for i := range e.ProvisioningSteps {
		f.step(&e.ProvisioningSteps[i])
		compared = compared || e.ProvisioningSteps[i].Name == provlog.EntrySynchronizationUpdate
	}
	if f.Group && f.Action == provlog.Update && f.exported && !compared {
		f.members = true // its own values were not compared
	}
	return f
}

func isGroup(e *read.Entry) bool {
	return strings.EqualFold(e.SourceIdentity.IdentityType, "Group") || strings.HasSuffix(e.TargetIdentity.IdentityType, ":Group")
}

// only reports that an entry is about one reference alone.
func only(e *read.Entry, name string) bool {
	return len(e.ModifiedProperties) > 0 && !slices.ContainsFunc(e.ModifiedProperties, func(p provlog.ModifiedProperty) bool {
		property := p.DisplayName[strings.LastIndexAny(p.DisplayName, ":.")+1:]
		return !strings.EqualFold(property, name)
	})
}

func (f *Facts) step(s *provlog.Step) {
	f.notExported(s.Description)
	f.retried = f.retried || s.Name == provlog.EntryEscrowRetry
	f.exported = f.exported || s.Type == provlog.Export && strings.HasPrefix(s.Name, "EntryExport")
	for _, d := range s.Details {
		f.detail(d)
	}
	if s.Status == provlog.Skipped || s.Status == provlog.Failure || s.Status == provlog.Warning {
		if f.Text == "" || s.Status != provlog.Success && s.Details.Get("SkipReason") != "" && f.Code == "" {
			f.Text = s.Description
		}
	}
}

// notExported reads the sentence about an attribute that a create left out.
func (f *Facts) notExported(text string) {
	_, rest, ok := strings.Cut(text, notExported)
	if !ok {
		return
	}
	f.leftOut = true
	if _, name, ok := strings.Cut(rest, "The property is "); ok && f.Property == "" {
		f.Property = strings.TrimSuffix(strings.TrimSpace(name), ".")
	}
}

// detail reads one detail of a step, in the keys of the log or of provision on demand (G-34, G-38).
func (f *Facts) detail(d provlog.Detail) {
	no := strings.EqualFold(d.Value, "False")
	switch key := strings.ToLower(strings.ReplaceAll(d.Key, " ", "")); {
	case key == "skipreason":
		if f.Skip == "" || f.Status == provlog.Skipped {
			f.Skip = d.Value
		}
	case key == "propertyname":
		f.Property = d.Value
	case (key == "assignedtotheapplication" || key == "assigned") && no:
		f.Scoped.Unassigned = true
	case strings.HasSuffix(key, "hastherequiredrole") && no, key == "iseffectivelyentitledforprovisioning" && no:
		f.Scoped.NoRole = true
	case (key == "activeinthesourcesystem" || key == "isactive") && no:
		f.Scoped.Inactive = true
	case (key == "scopingfilterevaluationpassed" || key == "isinprovisioningscope" || key == "isinprovisioningscopedisplayname") && no:
		f.Scoped.Filtered = true
	case key == "scopeevaluationresult":
		f.Scoped.evaluate(d.Value)
	}
}

// evaluate lists the clauses that are false (G-37).
func (s *Scoped) evaluate(text string) {
	var m map[string]any
	if json.Unmarshal([]byte(text), &m) != nil {
		return
	}
	for clause, v := range m {
		if v == false || v == "False" || v == "false" {
			s.Clauses = append(s.Clauses, clause)
		}
	}
	slices.Sort(s.Clauses)
	s.Filtered = s.Filtered || len(s.Clauses) > 0
}
