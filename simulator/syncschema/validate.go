package syncschema

import (
	"fmt"
	"strings"
)

// Severity is the severity of an issue.
type Severity string

// The severities. An error stops the job, but a warning does not.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Issue is a problem found by Validate.
type Issue struct {
	Severity Severity
	Path     string // JSON path in the file
	Text     string
}

// String is the issue in one line; an expression that does not parse adds the line and a caret.
func (i Issue) String() string { return string(i.Severity) + ": " + i.Path + ": " + i.Text }

// Validate checks the schema against the properties of real exports (G-52). It reports an error
// for a problem that prevents cycles: no matching attribute, an invalid or too long expression,
// an invalid or duplicate target attribute, or an unsupported scoping filter. All other issues
// are warnings, including all issues of rules and mappings that do not run.
func (s *Schema) Validate() []Issue {
	v := &validation{schema: s}
	chosen, ignored, err := s.Outbound()
	if err != nil {
		v.add(SeverityError, "synchronizationRules", "%v", err)
	}
	for _, sentence := range ignored {
		v.add(SeverityWarning, "synchronizationRules", "%s", sentence)
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		v.rule(r, fmt.Sprintf("synchronizationRules[%d]", i), r == chosen)
	}
	for i := range s.Directories {
		v.directory(&s.Directories[i], fmt.Sprintf("directories[%d]", i))
	}
	return v.issues
}

type validation struct {
	schema *Schema
	issues []Issue
}

func (v *validation) add(severity Severity, path, format string, args ...any) {
	v.issues = append(v.issues, Issue{severity, join(v.schema.root, path), fmt.Sprintf(format, args...)})
}

func (v *validation) rule(r *Rule, path string, runs bool) {
	for _, name := range []string{r.SourceDirectoryName, r.TargetDirectoryName} {
		if v.schema.Directory(name) == nil {
			v.add(SeverityWarning, path, "the directory %q is not defined in the schema", name)
		}
	}
	for i := range r.ObjectMappings {
		m := &r.ObjectMappings[i]
		if m.Enabled {
			v.objectMapping(m, fmt.Sprintf("%s.objectMappings[%d]", path, i), runs)
		}
	}
}

func (v *validation) objectMapping(m *ObjectMapping, path string, runs bool) {
	source, target := v.schema.Definitions(m)
	hard := SeverityWarning
	if runs {
		hard = SeverityError
	}
	if runs && !strings.EqualFold(m.SourceObjectName, "User") && !strings.EqualFold(m.SourceObjectName, "Group") {
		v.add(SeverityError, path+".sourceObjectName", "%q cannot be provisioned, only User and Group; hint: set enabled to false", m.SourceObjectName)
	}
	if runs && !strings.HasPrefix(strings.ToLower(m.TargetObjectName), "urn:ietf:params:scim:schemas:") {
		v.add(SeverityWarning, path+".targetObjectName", "%q is no object of SCIM, so this may be the schema of another connector; it runs as SCIM, because a mapping writes userName", m.TargetObjectName)
	}
	if source == nil {
		v.add(SeverityWarning, path, "the source object %q is not defined in the schema", m.SourceObjectName)
	}
	if target == nil {
		v.add(SeverityWarning, path, "the target object %q is not defined in the schema", m.TargetObjectName)
	}
	for _, i := range m.Scope.Check(source, FilterRules{}) {
		if i.Severity == SeverityError {
			i.Severity = hard
		}
		v.add(i.Severity, path+".scope."+i.Path, "%s", i.Text)
	}
	c := mappingCheck{v, source, target, hard, map[string]bool{}, map[int]bool{}}
	for i := range m.AttributeMappings {
		c.attribute(&m.AttributeMappings[i], fmt.Sprintf("%s.attributeMappings[%d]", path, i))
	}
	if len(c.priorities) == 0 {
		v.add(hard, path, "no matching attribute; hint: set a matchingPriority above 0 for an attribute (E-90)")
	}
	if target != nil {
		for _, a := range target.Attributes {
			if a.Required && !c.mapped[strings.ToLower(a.Name)] {
				v.add(SeverityWarning, path, "the required attribute %s is not mapped, so creates will fail (E-126)", a.Name)
			}
		}
	}
}

func (v *validation) directory(d *Directory, path string) {
	for i := range d.Objects {
		o := &d.Objects[i]
		where := fmt.Sprintf("%s.objects[%d]", path, i)
		anchors, seen := 0, map[string]bool{}
		for j := range o.Attributes {
			a := &o.Attributes[j]
			if a.Anchor {
				anchors++
			}
			if seen[a.Name] {
				v.add(SeverityWarning, fmt.Sprintf("%s.attributes[%d]", where, j), "the attribute %q is defined twice", a.Name)
			}
			seen[a.Name] = true
			for _, name := range a.ReferencedObjects {
				if d.Object(name) == nil {
					v.add(SeverityWarning, fmt.Sprintf("%s.attributes[%d]", where, j), "%s refers to the undefined object %q", a.Name, name)
				}
			}
		}
		if anchors != 1 {
			v.add(SeverityWarning, where, "the object %q has %d anchors; it must have exactly one", o.Name, anchors)
		}
	}
}
