package expression

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// dateKind is what .NET calls DateTimeKind: how K and o write the offset. The local
// time of the service is taken as UTC, so kinds never change the value.
type dateKind uint8

const (
	kindUnspecified dateKind = iota
	kindUTC
	kindLocal
)

// moment is a date that was read, in UTC.
type moment struct {
	time time.Time
	kind dateKind
}

// dateStyles are the .NET DateTimeStyles of FormatDateTime (E-176).
type dateStyles struct {
	leading, trailing, inner     bool
	roundtrip, universal         bool
	assumeUniversal, assumeLocal bool
	noCurrentDate                bool
}

// parseStyles reads names separated by commas; without any, the documented ones hold.
func parseStyles(text string) (dateStyles, error) {
	if strings.TrimSpace(text) == "" {
		return dateStyles{leading: true, trailing: true, roundtrip: true}, nil
	}
	var s dateStyles
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

func (s *dateStyles) add(name string) error {
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
		return fmt.Errorf("dateTimeStyles: %s is not a style of .NET; leave the argument empty for the usual ones", shorten(quote(name)))
	}
	return nil
}

const white = " \t\r\n\v\f\u0085\u00A0"

func (s dateStyles) trim(text string) string {
	if s.leading {
		text = strings.TrimLeft(text, white)
	}
	if s.trailing {
		text = strings.TrimRight(text, white)
	}
	return text
}

// kind decides as .NET does, from whether the text named an offset, and whether that
// was the letter Z.
func (s dateStyles) kind(offset, zulu bool) dateKind {
	switch {
	case s.universal && (offset || s.assumeLocal || s.assumeUniversal), s.roundtrip && zulu:
		return kindUTC
	case offset, s.assumeLocal, s.assumeUniversal:
		return kindLocal
	default:
		return kindUnspecified
	}
}
