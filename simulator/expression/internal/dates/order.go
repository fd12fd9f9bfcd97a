package dates

// number is a number of the date; it is a year if it has three or four digits.
type number struct {
	value int
	year  bool
}

// order decides which number is what.
func (r *reader) order() error {
	n, d := r.numbers, &r.fields
	named := d.month != unset
	switch {
	case len(n) == 0 && r.timed && !named:
		return nil
	case len(n) == 3 && !named && n[0].year && !n[1].year && !n[2].year:
		d.year, d.month, d.day = n[0].value, n[1].value, n[2].value
	case len(n) == 3 && !named && !n[0].year && !n[1].year:
		d.month, d.day, d.year = n[0].value, n[1].value, wholeYear(n[2])
	case len(n) == 2 && named && n[0].year && !n[1].year:
		d.year, d.day = n[0].value, n[1].value
	case len(n) == 2 && named && !n[0].year:
		d.day, d.year = n[0].value, wholeYear(n[1])
	case len(n) == 2 && !named && n[0].year && !n[1].year:
		d.year, d.month = n[0].value, n[1].value
	case len(n) == 2 && !named && !n[0].year && n[1].year:
		d.month, d.year = n[0].value, n[1].value
	case len(n) == 2 && !named && !n[0].year:
		d.month, d.day = n[0].value, n[1].value
	case len(n) == 1 && named && n[0].year:
		d.year = n[0].value
	case len(n) == 1 && named:
		d.day = n[0].value
	default:
		return noDate()
	}
	return nil
}

func wholeYear(n number) int {
	if n.year {
		return n.value
	}
	return fullYear(n.value)
}
