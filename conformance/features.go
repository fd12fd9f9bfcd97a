package conformance

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/reports"
)

// features returns what the survey found out about the optional features, and tells the session
// which ones are neither declared nor there. Checks that need those are skipped.
func features(v *survey.Survey, s *session.Session, entra bool) []reports.Feature {
	list := []reports.Feature{
		extension(v),
		announced(catalog.Filter, v, entra),
		groups(v),
		announced(catalog.Patch, v, entra),
		{Name: catalog.Put, Found: true, Note: "not declared anywhere; the checks try it"},
		{Name: catalog.Tenants, Found: s.Lacks(catalog.Tenants) == "", Note: s.Lacks(catalog.Tenants)},
	}
	for _, f := range list {
		if !f.Found {
			s.Without(f.Name, f.Note)
		}
	}
	return list
}

// quotedFeatures are the features as the report shows them.
func (f *fold) quotedFeatures() []reports.Feature {
	list := slices.Clone(f.features)
	for i := range list {
		list[i].Note = f.quoted(list[i].Note)
	}
	return list
}

// announced is a feature that /ServiceProviderConfig may deny. Entra does not read it (W-116).
func announced(name string, v *survey.Survey, entra bool) reports.Feature {
	f := reports.Feature{Name: name, Found: true}
	yes, said := v.Declared[name]
	switch {
	case !said:
	case yes:
		f.Declared = "yes"
	case entra:
		f.Declared, f.Note = "no", "/ServiceProviderConfig says no, but Entra uses it anyway, so the checks try it"
	default:
		f.Declared, f.Found, f.Note = "no", false, "/ServiceProviderConfig says that "+name+" is not supported"
	}
	return f
}

// groups are there if they answer, and owed if they are declared.
func groups(v *survey.Survey) reports.Feature {
	f := reports.Feature{Name: catalog.GroupsHere, Found: true}
	if v.Groups.Declared {
		f.Declared = "yes"
	} else if slices.Contains(v.Documents, "/ResourceTypes") {
		f.Declared = "no"
	}
	if !v.Groups.There && !v.Groups.Declared {
		f.Found, f.Note = false, v.Groups.Why+"; turn off the group mapping in Entra, or the job goes into quarantine"
	}
	return f
}

// extension is the enterprise extension. Without /Schemas, the checks try it.
func extension(v *survey.Survey) reports.Feature {
	f := reports.Feature{Name: catalog.Enterprise, Found: true, Declared: "no"}
	switch kept := v.Lacks(v.Users, resource.Enterprise) == nil; {
	case !v.Users.Described:
		f.Declared = ""
		if f.Found = kept; !kept {
			f.Note = "/Schemas could not be read, and none of its attributes comes back"
		}
	case slices.ContainsFunc(v.Users.Under(resource.Enterprise), func(a survey.Attribute) bool { return a.Announced }):
		f.Declared = "yes"
	case !kept:
		f.Found, f.Note = false, "/Schemas does not list "+resource.Enterprise
	}
	return f
}
