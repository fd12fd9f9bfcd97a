package expression

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// formatDateTime is FormatDateTime (E-176), also in its older form without
// styles. Names are those of the invariant culture.
func formatDateTime(a arguments) Value {
	source, ok := a.text(0)
	if !ok {
		return Null()
	}
	last := a.count() - 1
	styleText := ""
	if last == 3 {
		styleText, _ = a.text(1)
	}
	styles, err := parseStyles(styleText)
	if err != nil {
		return a.fail("%v", err)
	}
	input, _ := a.text(last - 1)
	output, _ := a.text(last)
	reading, err := parseDateFormat(input)
	if err != nil {
		return a.fail("inputFormat: %v", err)
	}
	writing, err := parseDateFormat(output)
	if err != nil {
		return a.fail("outputFormat: %v", err)
	}
	t, err := reading.parse(styles.trim(source))
	if err != nil {
		return a.fail("%s does not fit the inputFormat %s: %v", a.show(String(source)), shorten(quote(input)), err)
	}
	return String(writing.format(t))
}

// dateStyles are the .NET DateTimeStyles that matter here: the rest concerns time
// zones, and all dates end in UTC.
type dateStyles struct{ leading, trailing, inner bool }

// parseStyles reads names separated by commas. Without any, blanks around a date
// are allowed.
func parseStyles(text string) (dateStyles, error) {
	if strings.TrimSpace(text) == "" {
		return dateStyles{leading: true, trailing: true}, nil
	}
	var s dateStyles
	for name := range strings.SplitSeq(text, ",") {
		name = strings.TrimPrefix(strings.TrimSpace(name), "DateTimeStyles.")
		switch name {
		case "AllowLeadingWhite":
			s.leading = true
		case "AllowTrailingWhite":
			s.trailing = true
		case "AllowInnerWhite":
			s.inner = true
		case "AllowWhiteSpaces":
			s = dateStyles{leading: true, trailing: true, inner: true}
		case "None", "RoundtripKind", "AdjustToUniversal", "AssumeUniversal", "AssumeLocal", "NoCurrentDateDefault":
		default:
			return s, fmt.Errorf("dateTimeStyles: %s is not a style of .NET; leave the argument empty for the usual ones", shorten(quote(name)))
		}
	}
	return s, nil
}

func (s dateStyles) trim(text string) string {
	const white = " \t\r\n"
	if s.leading {
		text = strings.TrimLeft(text, white)
	}
	if s.trailing {
		text = strings.TrimRight(text, white)
	}
	if s.inner {
		text = strings.Join(strings.Fields(text), " ")
	}
	return text
}

// dateFormat is a custom .NET format, cut into specifiers (yyyy) and literal text.
type dateFormat []formatPart

type formatPart struct {
	specifier byte // 0 for literal text
	count     int
	literal   string
}

// specifiers are the letters that stand for a part of a date.
const specifiers = "dfFghHKmMstyz"

// parseDateFormat reads a .NET format. A format of one letter is a standard one.
func parseDateFormat(text string) (dateFormat, error) {
	if len(text) == 1 {
		standard, ok := standardFormat(text[0])
		if !ok {
			return nil, fmt.Errorf("%q is not a standard format of .NET", text)
		}
		text = standard
	}
	if text == "" {
		return nil, errors.New("the format is empty")
	}
	var f dateFormat
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case strings.IndexByte(specifiers, c) >= 0:
			n := 1
			for i+n < len(text) && text[i+n] == c {
				n++
			}
			if (c == 'f' || c == 'F') && n > 7 {
				return nil, fmt.Errorf("more than seven letters %q", c)
			}
			f = append(f, formatPart{specifier: c, count: n})
			i += n
		case c == '\'' || c == '"':
			end := strings.IndexByte(text[i+1:], c)
			if end < 0 {
				return nil, fmt.Errorf("the quote %q does not end", c)
			}
			f = append(f, formatPart{literal: text[i+1 : i+1+end]})
			i += end + 2
		case c == '%':
			i++
		case c == '\\' && i+1 < len(text):
			f = append(f, formatPart{literal: text[i+1 : i+2]})
			i += 2
		default:
			f = append(f, formatPart{literal: text[i : i+1]})
			i++
		}
	}
	return f, nil
}

// standardFormat knows the standard formats of the invariant culture.
func standardFormat(c byte) (string, bool) {
	switch c {
	case 'd':
		return "MM/dd/yyyy", true
	case 'D':
		return "dddd, dd MMMM yyyy", true
	case 'f':
		return "dddd, dd MMMM yyyy HH:mm", true
	case 'F':
		return "dddd, dd MMMM yyyy HH:mm:ss", true
	case 'g':
		return "MM/dd/yyyy HH:mm", true
	case 'G':
		return "MM/dd/yyyy HH:mm:ss", true
	case 'm', 'M':
		return "MMMM dd", true
	case 'o', 'O':
		return "yyyy-MM-ddTHH:mm:ss.fffffffK", true
	case 'r', 'R':
		return "ddd, dd MMM yyyy HH:mm:ss 'GMT'", true
	case 's':
		return "yyyy-MM-ddTHH:mm:ss", true
	case 't':
		return "HH:mm", true
	case 'T':
		return "HH:mm:ss", true
	case 'u':
		return "yyyy-MM-dd HH:mm:ssZ", true
	case 'y', 'Y':
		return "yyyy MMMM", true
	default:
		return "", false
	}
}

// format writes a date in UTC.
func (f dateFormat) format(t time.Time) string {
	var b strings.Builder
	for _, p := range f {
		b.WriteString(p.format(t))
	}
	return b.String()
}

func (p formatPart) format(t time.Time) string {
	number := func(n int) string { return fmt.Sprintf("%0*d", min(p.count, 2), n) }
	switch p.specifier {
	case 'y':
		if p.count <= 2 {
			return number(t.Year() % 100)
		}
		return fmt.Sprintf("%0*d", p.count, t.Year())
	case 'M':
		return name(p.count, number(int(t.Month())), t.Month().String())
	case 'd':
		return name(p.count, number(t.Day()), t.Weekday().String())
	case 'H':
		return number(t.Hour())
	case 'h':
		return number((t.Hour()+11)%12 + 1)
	case 'm':
		return number(t.Minute())
	case 's':
		return number(t.Second())
	case 'f':
		return fmt.Sprintf("%09d", t.Nanosecond())[:p.count]
	case 'F':
		return strings.TrimRight(fmt.Sprintf("%09d", t.Nanosecond())[:p.count], "0")
	case 't':
		return t.Format("PM")[:min(p.count, 2)]
	case 'z':
		return []string{"+0", "+00", "+00:00"}[min(p.count, 3)-1]
	case 'K':
		return strings.Repeat("Z", p.count)
	case 'g':
		return "A.D."
	default:
		return p.literal
	}
}

// name chooses between number, three letters and the whole name.
func name(count int, number, full string) string {
	switch {
	case count <= 2:
		return number
	case count == 3:
		return full[:3]
	default:
		return full
	}
}
