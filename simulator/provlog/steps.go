package provlog

import "strconv"

// Imported is the step of the first stage; name is one of EntryImportAdd, EntryImportUpdate
// and EntryImportDelete.
func Imported(name, kind, id, source string) Step {
	change := "Update"
	switch name {
	case EntryImportAdd:
		change = "Add"
	case EntryImportDelete:
		change = "Delete"
	}
	return Step{
		Name: name, Type: Import, Status: Success,
		Description: "Received " + kind + " '" + id + "' change of type (" + change + ") from " + source,
		Details:     Details{{Key: "objectId", Value: id}},
	}
}

// Scoped is the step of the second stage, with what was looked at (G-38).
func Scoped(kind string, inScope bool, details Details) Step {
	status := Success
	if !inScope {
		status = Skipped
	}
	return Step{
		Name: EntrySynchronizationScoping, Type: Scoping, Status: status,
		Description: "Determine if " + kind + " in scope by evaluating against each scoping filter",
		Details:     details,
	}
}

// Unfiltered is the step of a filter that could not be evaluated.
func Unfiltered(id string, f *Fault) Step {
	return Step{
		Name: EntrySynchronizationScoping, Type: Scoping, Status: Failure,
		Description: f.About.Detail, Details: Details{{Key: "ReportableIdentifier", Value: id}},
	}
}

// Unevaluated is the step of a mapping that could not be evaluated.
func Unevaluated(id string, f *Fault) Step {
	return Step{
		Name: EntrySynchronizationSkip, Type: Processing, Status: Failure,
		Description: f.About.Detail, Details: Details{{Key: "ReportableIdentifier", Value: id}},
	}
}

// Retrieved is the step of an object that was found or read in the target.
func Retrieved(kind, targetID string, details Details) Step {
	return Step{
		Name: EntryImport, Type: Matching, Status: Success,
		Description: "Retrieved " + kind + " '" + targetID + "' from the target", Details: details,
	}
}

// Unmatched is the step of an object that will be created.
func Unmatched(kind, id string, warnings Details) Step {
	return Step{
		Name: EntrySynchronizationAdd, Type: Matching, Status: Success,
		Description: kind + " '" + id + "' will be created in the target (" + kind + " is active and assigned, and no matching " + kind + " was found)",
		Details:     warnings,
	}
}

// Differing is the step of an object of which changes are to be written; read says that it
// was compared with the target.
func Differing(kind, id string, changes int, read bool, warnings Details) Step {
	what := " differs from the target in " + strconv.Itoa(changes) + " mapped attributes"
	if !read {
		what = " changed in " + strconv.Itoa(changes) + " mapped attributes; the target was not read"
	}
	return Step{
		Name: EntrySynchronizationUpdate, Type: Processing, Status: Success,
		Description: kind + " '" + id + "'" + what, Details: warnings,
	}
}

// Resolved is the step of a manager that is to be written; "" as its id takes it away.
func Resolved(userID, managerID, targetID string) Step {
	step := Step{
		Name: EntrySynchronizationUpdate, Type: ReferenceResolution, Status: Success,
		Description: "The manager '" + managerID + "' is '" + targetID + "' in the target", Details: Details{},
	}
	if managerID == "" {
		step.Description = "User '" + userID + "' has no manager any more"
	}
	return step
}

// Exported is the step of a write; name says which.
func Exported(name, kind, id string, failed bool) Step {
	step := Step{Name: name, Type: Export, Status: Success, Details: Details{{Key: "ReportableIdentifier", Value: id}}}
	verb := "update"
	switch name {
	case EntryExportAdd:
		verb = "create"
	case EntryExportUpdateSoftDelete:
		verb = "disable"
	case EntryExportDelete:
		verb = "delete"
	}
	if failed {
		step.Status, step.Description = Failure, "Failed to "+verb+" "+kind+" '"+id+"' in the target"
	} else {
		step.Description = kind + " '" + id + "' was " + verb + "d in the target"
	}
	return step
}

// MembersExported is the step of the memberships of a group, of which some may have failed.
func MembersExported(id string, written, all int, failed bool) Step {
	step := Exported(EntryExportUpdate, "Group", id, failed)
	step.Description = strconv.Itoa(written) + " memberships of Group '" + id + "' were written"
	if failed {
		step.Description = strconv.Itoa(all-written) + " of " + strconv.Itoa(all) + " memberships of Group '" + id + "' could not be written"
	}
	return step
}
