package expression

import (
	"slices"
	"strings"
	"sync"
)

// The topics of the functions.
const (
	GroupText  = "Text"
	GroupCode  = "Numbers, encodings and random values"
	GroupLogic = "Conditions and tests"
	GroupList  = "Multiple values"
	GroupDate  = "Dates"
	GroupRole  = "App roles"
	GroupOther = "Not for SCIM applications"
)

// Groups returns the topics in the order in which they are shown.
func Groups() []string {
	return []string{GroupText, GroupLogic, GroupList, GroupDate, GroupRole, GroupCode, GroupOther}
}

// Functions returns the functions of the language sorted by name (E-160 to
// E-204, E-209), each call a fresh list.
func Functions() []Function {
	all := slices.Concat(
		grouped(GroupText, textTable()), grouped(GroupCode, codeTable()), grouped(GroupLogic, logicTable()),
		grouped(GroupList, listTable()), grouped(GroupDate, dateTable()), grouped(GroupRole, roleTable()),
		graphTable(), grouped(GroupOther, refusedTable()),
	)
	for i := range all {
		f := &all[i]
		f.Implemented = f.call != nil
		if f.Evidence == "" {
			f.Evidence = EvidenceMicrosoft
		}
		if f.Source == "" {
			f.Source = pageFunctions + "#" + strings.ToLower(f.Name)
		}
	}
	slices.SortFunc(all, func(a, b Function) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return all
}

func grouped(group string, table []Function) []Function {
	for i := range table {
		table[i].Group = group
	}
	return table
}

// table is the list of functions by name, built when it is first asked for and never
// changed: Parse looks into it for every call.
var table = sync.OnceValue(func() vocabulary { //nolint:gochecknoglobals // immutable
	byName := vocabulary{}
	for _, f := range Functions() {
		byName[f.Name] = f
	}
	return byName
})
