package options

// Choice is one documented choice: what the sources leave open or let an admin set.
type Choice struct {
	Name     string
	Default  string
	Rule     string
	Evidence string
	Meaning  string
	apply    func(*Settings, string) error
}
