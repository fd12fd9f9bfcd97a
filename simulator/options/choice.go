package options

// Choice is one documented choice: behaviour that the sources leave open or that an admin can set.
type Choice struct {
	Name     string
	Default  string
	Rule     string
	Evidence string
	Meaning  string
	apply    func(*Settings, string) error
}
