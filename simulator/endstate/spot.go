package endstate

// maxSpots limits the reads of a type after one showed something else than the list.
const maxSpots = 1000

// spots counts the objects of a type that the list shows right, and that are read all the same.
type spots struct {
	seen, next int // objects, and the one that is read next
	wrong      int // reads that showed something else
}

// spot reports whether an object is read though the list shows it right: the first, the second, the
// fourth and so on, and after one that was wrong every further one, up to a limit.
func (c *comparison) spot(kind string) bool {
	if !c.SpotChecks {
		return false
	}
	s := c.spots[kind]
	if s == nil {
		s = &spots{next: 1}
		c.spots[kind] = s
	}
	s.seen++
	if s.wrong > 0 {
		return s.wrong < maxSpots
	}
	if s.seen < s.next {
		return false
	}
	s.next *= 2
	return true
}

// saw notes what a read showed.
func (s *spots) saw(wrong bool) {
	if wrong {
		s.wrong++
	}
}
