package reports

import (
	"strconv"
	"strings"
)

// milliseconds writes a time for a sentence.
func milliseconds(ms float64) string {
	if ms >= 1000 {
		return strconv.FormatFloat(ms/1000, 'f', 2, 64) + " s"
	}
	return digits(ms) + " ms"
}

func cell(ms *float64) string {
	if ms == nil {
		return "–"
	}
	return digits(*ms)
}

// digits writes a number with as many decimals as are worth reading.
func digits(x float64) string {
	switch {
	case x >= 100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x >= 10:
		return strconv.FormatFloat(x, 'f', 1, 64)
	default:
		return strconv.FormatFloat(x, 'f', 2, 64)
	}
}

// decimal writes a rate or a number of seconds.
func decimal(x float64) string {
	text := strconv.FormatFloat(x, 'f', 1, 64)
	if x < 1 {
		text = strconv.FormatFloat(x, 'f', 2, 64)
	}
	if strings.HasSuffix(text, ".0") {
		return thousands(int(x))
	}
	return text
}
