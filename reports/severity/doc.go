// Package severity says what a finding does to the customers of a vendor. The catalogue of
// checks gives each check a severity, and reports order causes by it.
//
//	s := severity.Loss
//	fmt.Println(s.Effect()) // Customers lose data, or data of several people is mixed up.
//
// Decisions: docs/decisions/reports.md
package severity
