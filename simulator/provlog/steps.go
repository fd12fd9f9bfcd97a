package provlog

import "strconv"

// Imported is the step of the first stage; name is one of EntryImportAdd, EntryImportUpdate
// and EntryImportDelete. Details are what the source says.
func (s *Subject) Imported(name string, details Details) Step {
	change := "Update"
	switch name {
	case EntryImportAdd:
		change = "Add"
	case EntryImportDelete:
		change = "Delete"
	}
	return Step{
		Name: name, Type: Import, Status: Success,
		Description: "Received " + s.object() + " change of type (" + change + ") from " + s.Source,
		Details:     details,
	}
}

// Scoped is the step of the second stage, with the conditions that were evaluated (G-38).
func (s *Subject) Scoped(inScope bool, details Details) Step {
	status := Success
	if !inScope {
		status = Skipped
	}
	return Step{
		Name: EntrySynchronizationScoping, Type: Scoping, Status: status,
		Description: "Determine if " + s.Kind + " in scope by evaluating against each scoping filter",
		Details:     details,
	}
}

// Unfiltered is the step of a filter that could not be evaluated.
func (s *Subject) Unfiltered(f *Fault) Step {
	return Step{
		Name: EntrySynchronizationScoping, Type: Scoping, Status: Failure,
		Description: f.About.Detail, Details: s.identified(),
	}
}

// Unevaluated is the step of a mapping that could not be evaluated.
func (s *Subject) Unevaluated(f *Fault) Step {
	return Step{
		Name: EntrySynchronizationSkip, Type: Processing, Status: Failure,
		Description: f.About.Detail, Details: s.identified(),
	}
}

// Retrieved is the step of an object that was found or read in the target. The service leaves
// the type of the object out and keeps its blank (G-37).
func (s *Subject) Retrieved(name string, details Details) Step {
	return Step{
		Name: EntryImport, Type: Matching, Status: Success,
		Description: "Retrieved  '" + name + "' from " + s.Target, Details: details,
	}
}

// Unmatched is the step of an object that will be created.
func (s *Subject) Unmatched(warnings Details) Step {
	return Step{
		Name: EntrySynchronizationAdd, Type: Matching, Status: Success,
		Description: s.object() + " will be created in " + s.Target + " (" + s.Kind + " is active and assigned in " + s.Source +
			", but no matching " + s.Kind + " was found in " + s.Target + ")",
		Details: warnings,
	}
}

// Differing is the step of an object of which changes are to be written; read says that it
// was compared with the target.
func (s *Subject) Differing(changes int, read bool, warnings Details) Step {
	what := " differs from " + s.Target + " in " + strconv.Itoa(changes) + " mapped attributes"
	if !read {
		what = " changed in " + strconv.Itoa(changes) + " mapped attributes; " + s.Target + " was not read"
	}
	return Step{
		Name: EntrySynchronizationUpdate, Type: Processing, Status: Success,
		Description: s.object() + what, Details: warnings,
	}
}

// Resolved is the step of a manager that is to be written; "" as its id takes it away.
func (s *Subject) Resolved(managerID, targetID string) Step {
	step := Step{
		Name: EntrySynchronizationUpdate, Type: ReferenceResolution, Status: Success,
		Description: "The manager '" + managerID + "' is '" + targetID + "' in " + s.Target, Details: Details{},
	}
	if managerID == "" {
		step.Description = s.object() + " has no manager any more"
	}
	return step
}

// Exported is the step of a write; name says which. Values are what it sent.
func (s *Subject) Exported(name string, values Details, failed bool) Step {
	step := Step{Name: name, Type: Export, Status: Success, Details: append(s.identified(), values...)}
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
		step.Status, step.Description = Failure, "Failed to "+verb+" "+s.object()+" in "+s.Target
	} else {
		step.Description = s.object() + " was " + verb + "d in " + s.Target
	}
	return step
}

// Unexported is the step of an attribute that a create leaves out; the next cycle writes it. The
// sentence is that of a log that a vendor quotes; the name of its step is not.
func (s *Subject) Unexported(attribute string) Step {
	return Step{
		Name: EntryExportAdd, Type: Export, Status: Warning, Details: s.identified(),
		Description: "A property of an entry was not exported, because exporting the property is not supported for this operation: Add. The entry is " +
			s.ID + ". The property is " + attribute + ".",
	}
}

// MembersExported is the step of the memberships of a group, of which some may have failed.
func (s *Subject) MembersExported(written, all int, failed bool) Step {
	step := s.Exported(EntryExportUpdate, nil, failed)
	step.Description = strconv.Itoa(written) + " memberships of " + s.object() + " were written"
	if failed {
		step.Description = strconv.Itoa(all-written) + " of " + strconv.Itoa(all) + " memberships of " + s.object() + " could not be written"
	}
	return step
}
