package provlog

import (
	"fmt"
	"strconv"
	"strings"
)

// Skip is that an object, or a reference of it, was skipped, as facts.
type Skip struct {
	Reason Reason
	// Subject is the object of the source.
	Subject Subject
	// Other is the id of a manager, a member or a target object that the reason is about.
	Other string
	// Matching are the matching attributes without a value.
	Matching []string
	// Required is the required attribute without a value.
	Required string
	// Causes and Facts say why an object is out of scope.
	Causes []Cause
	Facts  Details
	// Warnings of the mapping's expressions.
	Warnings Details
	// Count and Threshold are of the prevention of accidental deletions.
	Count, Threshold int64
}

// Code is the SkipReason of the log; "" of an object that was not skipped.
func (s *Skip) Code() string {
	if s.Reason == "" {
		return ""
	}
	return s.Reason.code()
}

// Step is the step that says so.
func (s *Skip) Step() Step {
	step := Step{Name: EntrySynchronizationSkip, Type: Export, Status: Skipped, Description: s.Sentence()}
	id := s.Subject.ID
	switch s.Reason { //nolint:exhaustive // the others belong to the export
	case ReasonNoMatchingValue:
		step.Type = Import
	case ReasonNoRequiredValue:
		step.Type = Processing
	case ReasonNoManager:
		step.Type, step.Status = ReferenceResolution, Warning
	case ReasonNoMember:
		step.Type, step.Status, id = ReferenceResolution, Warning, s.Other
	}
	step.Details = make(Details, 0, len(s.Warnings)+len(s.Facts)+2)
	step.Details = append(step.Details, s.Warnings...)
	if s.Required != "" {
		step.Details = append(step.Details, Detail{Key: "PropertyName", Value: s.Required})
	}
	step.Details = append(step.Details, Detail{Key: "SkipReason", Value: s.Code()})
	step.Details = append(step.Details, s.Facts...)
	step.Details = append(step.Details, Detail{Key: "ReportableIdentifier", Value: id})
	return step
}

// Sentence is the skip as the log words it.
func (s *Skip) Sentence() string {
	object := s.Subject.object()
	switch s.Reason { //nolint:exhaustive // the others come from the configuration
	case ReasonNoMatchingValue:
		return object + " will be skipped because " + s.Because()
	case ReasonOutOfScope:
		return "The " + object + " will be skipped for these reasons: " + s.causes()
	case ReasonNoRequiredValue:
		return object + " will be skipped because " + s.Because()
	case ReasonNotAdopted:
		return "The " + s.Subject.Kind + " '" + s.Other + "' was in " + s.Subject.Target + " before this run and is left alone; Entra would link it and write the differences. Give --adopt-existing to let this run do the same"
	case ReasonRedundant:
		return "The state of the entry in both the source and target systems already match. No change to the " + object + " currently needs to be made."
	case ReasonNoManager:
		return "The manager '" + s.Other + "' of " + object + " is not provisioned; the user was written without it"
	case ReasonNoMember:
		return "The member '" + s.Other + "' is not provisioned; " + object + " was written without it"
	case ReasonHeldDisable:
		return object + " would be disabled in " + s.Subject.Target + "; " + s.held()
	case ReasonHeldDelete:
		return object + " would be deleted in " + s.Subject.Target + "; " + s.held()
	}
	return "The " + object + " will be skipped: " + s.Reason.configured()
}

// Because is the reason alone, where the sentence has it in a clause of its own; else it is
// the sentence.
func (s *Skip) Because() string {
	switch s.Reason { //nolint:exhaustive // the others are below
	case ReasonNoMatchingValue:
		return "it has no value for a matching attribute (" + strings.Join(s.Matching, ", ") + ")"
	case ReasonNoRequiredValue:
		return "the value of the property " + s.Required + " is missing or invalid"
	}
	if why := s.Reason.configured(); why != "" {
		return why
	}
	return s.Sentence()
}

// causes is the numbered list of causes.
func (s *Skip) causes() string {
	var b strings.Builder
	for i, cause := range s.Causes {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(i+1) + ") " + cause.text())
	}
	return b.String()
}

func (s *Skip) held() string {
	return fmt.Sprintf("it is held back because %d objects would be, and the threshold is %d", s.Count, s.Threshold)
}
