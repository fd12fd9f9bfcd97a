package endstate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
)

// Title is the finding without names, such as "12 people are missing in the target".
func (f Finding) Title() string {
	who := counted(f.Objects, f.Type)
	switch f.Kind {
	case Missing:
		return who + " " + isAre(f.Objects) + " missing in the target"
	case GivenUp:
		return who + " " + isAre(f.Objects) + " missing in the target, and provisioning gave up"
	case Doubled:
		if f.Path != "" {
			return who + " " + hasHave(f.Objects) + " a second account in the target, with the same " + attribute(f.Path)
		}
		return who + " " + isAre(f.Objects) + " in the target more than once"
	case LeftBehind:
		return who + " " + wasWere(f.Objects) + " renamed, and another " + kindName(f.Type) + " still has the former " + attribute(f.Path)
	case ShouldBeDisabled:
		return who + " " + isAre(f.Objects) + " still active in the target and should be disabled"
	case ShouldBeGone:
		return who + " " + wasWere(f.Objects) + " deleted and " + isAre(f.Objects) + " still in the target"
	case MemberMissing:
		return counted(f.Count, "membership") + " " + isAre(f.Count) + " missing in the target, in " + counted(f.Objects, f.Type)
	case MemberExtra:
		return counted(f.Count, "membership") + " " + isAre(f.Count) + " in the target and not in the directory, in " + counted(f.Objects, f.Type)
	case MemberTwice:
		return counted(f.Count, "membership") + " " + isAre(f.Count) + " in the target more than once, in " + counted(f.Objects, f.Type)
	case MemberLeft:
		return counted(f.Count, "membership") + " of deleted people " + isAre(f.Count) + " left in the target, in " + counted(f.Objects, f.Type)
	case ManagerWrong:
		return who + " " + hasHave(f.Objects) + " not the manager of the directory"
	case ManagerExtra:
		return who + " " + hasHave(f.Objects) + " a manager in the target, and none in the directory"
	case NotAsMapped:
		return who + " " + hasHave(f.Objects) + " another " + attribute(f.Path) + " in the target than the mapping gives"
	case NotKept:
		return attribute(f.Path) + " is not kept by the target: the directory has one for " + who
	case OtherForm:
		return attribute(f.Path) + " is kept in another form, for " + who
	case NeverTried:
		return who + " " + wasWere(f.Objects) + " never sent as the directory has them"
	}
	return string(f.Kind)
}

// Names are the first objects of the finding, with what is wrong with each.
func (f Finding) Names() []string {
	if f.Kind == NotKept {
		return nil
	}
	var list []string
	for _, d := range f.Examples {
		list = append(list, d.words())
	}
	return list
}

// Sentence is the title with the names.
func (f Finding) Sentence() string {
	names := f.Names()
	if len(names) == 0 {
		return f.Title()
	}
	text := f.Title() + ": " + strings.Join(names, ", ")
	if left := f.Count - len(names); left > 0 {
		text += ", and " + strconv.Itoa(left) + " more"
	}
	return text
}

func hasHave(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// attribute is a target path without the schema of users, as people know it.
func attribute(path string) string {
	for _, urn := range []string{scim.EnterpriseURN, scim.UserURN, scim.GroupURN} {
		if len(path) > len(urn) && strings.EqualFold(path[:len(urn)+1], urn+":") {
			return path[len(urn)+1:]
		}
	}
	return path
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// words is a difference in a list of names.
func (d Difference) words() string {
	name := d.Object.shown()
	switch {
	case d.Kind == MemberMissing, d.Kind == MemberExtra, d.Kind == MemberTwice, d.Kind == MemberLeft, d.Kind == NeverTried && d.Other != nil && d.Object.Type == Group:
		name = d.Other.shown() + " in " + name
	case d.Kind == ManagerWrong && d.Got == "":
		name += " (none instead of " + d.Other.shown() + ")"
	case d.Kind == ManagerWrong:
		name += " (another one instead of " + d.Other.shown() + ")"
	case d.Kind == NotAsMapped && d.Want == "" && d.Count == 0:
		name += fmt.Sprintf(" (%q, and the mapping gives none)", short(d.Got))
	case (d.Kind == NotAsMapped || d.Kind == OtherForm) && d.Count == 0:
		name += fmt.Sprintf(" (%q instead of %q)", short(d.Got), short(d.Want))
	}
	if d.Why != "" {
		name += " (" + d.Why + ")"
	}
	return name
}

// short cuts a value in a sentence.
func short(s string) string {
	const limit = 60
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}

// shown is the name of an object, or else its id.
func (r Ref) shown() string {
	switch {
	case r.Name != "":
		return r.Name
	case r.ID != "":
		return r.ID
	}
	return r.Target
}

// kindName is the word for one object of a type.
func kindName(kind string) string {
	if kind == Group {
		return "group"
	}
	return "person"
}

// kindNames is the word for several.
func kindNames(kind string) string {
	if kind == Group {
		return "groups"
	}
	return "people"
}

// counted counts objects of a type, or things.
func counted(n int, what string) string {
	one, many := what, what+"s"
	if what == User || what == Group {
		one, many = kindName(what), kindNames(what)
	}
	if n == 1 {
		return "1 " + one
	}
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text + " " + many
}
