package docs

import (
	"cmp"
	"embed"
	"slices"
	"strconv"
	"strings"
)

//go:embed why/behaviour.md why/clients.md why/requirements.md
var ledgers embed.FS

// Rule is one row of a ledger: a rule of the engine and the wire, or a requirement.
type Rule struct {
	ID, Text, Source, Sure, Option, Tests string
	// Page is the name of the ledger: "behaviour", "clients" or "requirements".
	Page string
}

// LookupRule finds a rule by its id, in any letter case.
func LookupRule(id string) (Rule, bool) {
	for _, r := range rules() {
		if strings.EqualFold(r.ID, id) {
			return r, true
		}
	}
	return Rule{}, false
}

// Rules lists the ids of all rules.
func Rules() []string {
	var ids []string
	for _, r := range rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// rules reads the tables of the ledgers.
func rules() []Rule {
	var out []Rule
	seen := map[string]bool{}
	for _, page := range []string{"behaviour", "clients", "requirements"} {
		data, err := ledgers.ReadFile("why/" + page + ".md")
		if err != nil {
			continue // it is embedded
		}
		for line := range strings.Lines(string(data)) {
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
			for i := range cells {
				if cells[i] = strings.TrimSpace(cells[i]); cells[i] == "–" {
					cells[i] = ""
				}
			}
			if len(cells) < 6 || !isRule(cells[0]) {
				continue
			}
			if !seen[cells[0]] {
				out = append(out, Rule{ID: cells[0], Text: cells[1], Source: cells[2], Sure: cells[3], Option: cells[4], Tests: cells[5], Page: page})
			}
			seen[cells[0]] = true
		}
	}
	slices.SortStableFunc(out, func(a, b Rule) int { return cmp.Compare(a.Page, b.Page) })
	return out
}

// isRule reports whether a cell is an id such as E-1, W-C3 or R-12.
func isRule(cell string) bool {
	prefix, number, ok := strings.Cut(cell, "-")
	if !ok || !slices.Contains([]string{"E", "A", "W", "R", "G", "O", "L"}, prefix) {
		return false
	}
	_, err := strconv.Atoi(strings.TrimPrefix(number, "C"))
	return err == nil
}
