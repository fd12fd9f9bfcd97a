package dates

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// kind is what .NET calls DateTimeKind: how K and o write the offset. The local
// time of the service is taken as UTC, so kinds never change the value.
type kind uint8

const (
	kindUnspecified kind = iota
	kindUTC
	kindLocal
)

// Moment is a date that was read, in UTC.
type Moment struct {
	Time time.Time
	kind kind
}

// Styles are the .NET DateTimeStyles of FormatDateTime (E-176).
type Styles struct {
	leading, trailing, inner     bool
	roundtrip, universal         bool
	assumeUniversal, assumeLocal bool
	noCurrentDate                bool
}

// ParseStyles reads names separated by commas; without any, the documented ones apply.
func ParseStyles(text string) (Styles, error) {
	if strings.TrimSpace(text) == "" {
		return Styles{leading: true, trailing: true, roundtrip: true}, nil
	}
	var s Styles
	for name := range strings.SplitSeq(text, ",") {
		if err := s.add(strings.TrimPrefix(strings.TrimSpace(name), "DateTimeStyles.")); err != nil {
			return s, err
		}
	}
	switch {
	case s.assumeLocal && s.assumeUniversal:
		return s, errors.New("dateTimeStyles: AssumeLocal and AssumeUniversal exclude each other in .NET")
	case s.roundtrip && (s.assumeLocal || s.assumeUniversal || s.universal):
		return s, errors.New("dateTimeStyles: RoundtripKind excludes AssumeLocal, AssumeUniversal and AdjustToUniversal in .NET")
	}
	return s, nil
}

func (s *Styles) add(name string) error {
	switch name {
	case "AllowLeadingWhite":
		s.leading = true
	case "AllowTrailingWhite":
		s.trailing = true
	case "AllowInnerWhite":
		s.inner = true
	case "AllowWhiteSpaces":
		s.leading, s.trailing, s.inner = true, true, true
	case "RoundtripKind":
		s.roundtrip = true
	case "AdjustToUniversal":
		s.universal = true
	case "AssumeUniversal":
		s.assumeUniversal = true
	case "AssumeLocal":
		s.assumeLocal = true
	case "NoCurrentDateDefault":
		s.noCurrentDate = true
	case "None":
	default:
		return fmt.Errorf("dateTimeStyles: %s is not a .NET style; leave the argument empty for the default", chars.Shorten(chars.Quote(name)))
	}
	return nil
}

const white = " \t\r\n\v\f\u0085\u00A0"

func (s Styles) trim(text string) string {
	if s.leading {
		text = strings.TrimLeft(text, white)
	}
	if s.trailing {
		text = strings.TrimRight(text, white)
	}
	return text
}

// kindOf decides as .NET does, from whether the text named an offset, and whether that
// was the letter Z.
func (s Styles) kindOf(offset, zulu bool) kind {
	switch {
	case s.universal && (offset || s.assumeLocal || s.assumeUniversal), s.roundtrip && zulu:
		return kindUTC
	case offset, s.assumeLocal, s.assumeUniversal:
		return kindLocal
	default:
		return kindUnspecified
	}
}
