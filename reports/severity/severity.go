package severity

// Severity is what a finding does to the customers of a vendor.
type Severity string

// The severities, worst first.
const (
	// Blocks means that nothing else can be judged.
	Blocks Severity = "blocks"
	// Access means that people keep or lose access, or that a secret gets out.
	Access Severity = "access"
	// Loss means that data is lost or mixed up.
	Loss Severity = "loss"
	// Stops means that provisioning stops or repeats for ever.
	Stops Severity = "stops"
	// Wrong means that values or responses are wrong.
	Wrong Severity = "wrong"
	// Untidy means that nobody but a developer notices.
	Untidy Severity = "untidy"
)

// row describes a severity for all writers.
type row struct {
	severity Severity
	label    string
	effect   string
}

// table lists all severities, worst first.
func table() []row {
	return []row{
		{Blocks, "Blocks everything", "Customers cannot provision anybody. Nothing else can be judged until this is fixed."},
		{Access, "Access", "Former employees keep access, current ones lose it, or a secret gets out."},
		{Loss, "Data loss", "Customers lose data, or data of several people is mixed up."},
		{Stops, "Stops provisioning", "Provisioning of the affected people stops, or repeats for ever."},
		{Wrong, "Wrong data", "Customers see values that differ from their directory, and correct them by hand."},
		{Untidy, "Untidy", "Customers rarely notice. It costs time when somebody looks for another fault."},
	}
}

// All returns all severities, worst first.
func All() []Severity {
	var all []Severity
	for _, r := range table() {
		all = append(all, r.severity)
	}
	return all
}

// Label returns the severity in a few words for people, or "" if there is none.
func (s Severity) Label() string { return s.row().label }

// Effect returns one sentence: what a finding of this severity does to the customers of the
// vendor. It is "" if there is no severity.
func (s Severity) Effect() string { return s.row().effect }

// Rank orders severities: the worst has the highest rank. No severity ranks like Wrong.
func (s Severity) Rank() int {
	all := table()
	for i, r := range all {
		if r.severity == s {
			return len(all) - i
		}
	}
	return Wrong.Rank()
}

func (s Severity) row() row {
	for _, r := range table() {
		if r.severity == s {
			return r
		}
	}
	return row{severity: s, label: string(s)}
}
