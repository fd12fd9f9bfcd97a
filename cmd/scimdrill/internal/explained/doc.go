// Package explained prints what simulator/explain finds in a provisioning log, and what is known
// about an id: a check, a defect, a rule or an error code. It adds to each cause the checks that
// show it and the defects that have it.
package explained
