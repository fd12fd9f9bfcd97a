package apps

import (
	"fmt"
	"maps"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures"
)

// ListProfiles prints one line a profile.
func ListProfiles(con *console.Console) error {
	all, err := fixtures.Profiles()
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	con.Print("%-36s %5s %6s  %-11s %s", "name", "users", "groups", "matched by", "credential")
	for i := range all {
		f, err := factsOf(&all[i])
		if err != nil {
			return err
		}
		name := all[i].Name
		if all[i].Retired {
			name += " (retired)"
		}
		con.Print("%-36s %5s %6d  %-11s %s", name, f.users, f.groups, f.match, f.credential)
	}
	con.Say("")
	con.Say("users, groups: number of mapped attributes; ?: assumed, not documented.")
	con.Say("scimdrill profiles NAME shows what is known and what is assumed.")
	return nil
}

// profileFacts are what one line says about a profile.
type profileFacts struct {
	users, match, credential string
	groups                   int
}

func factsOf(p *fixtures.Profile) (profileFacts, error) {
	f := profileFacts{credential: marked(p.Credential, slices.Contains(p.Assumed, fixtures.PartCredential))}
	s, err := p.ParseSchema()
	if err != nil {
		return f, exit.Broken("", "%w", err)
	}
	rule, _, err := s.Outbound()
	if err != nil {
		return f, exit.Broken("", "profile %s: %w", p.Name, err)
	}
	for i := range rule.ObjectMappings {
		m := &rule.ObjectMappings[i]
		if m.SourceObjectName == "Group" {
			f.groups = len(m.AttributeMappings)
			continue
		}
		f.users = marked(len(m.AttributeMappings), slices.Contains(p.Assumed, fixtures.PartAttributes))
		for _, attribute := range m.AttributeMappings {
			if attribute.MatchingPriority == 1 {
				f.match = marked(shortName(attribute.TargetAttributeName), slices.Contains(p.Assumed, fixtures.PartMatching))
			}
		}
	}
	return f, nil
}

// shortName is a target attribute in few letters.
func shortName(attribute string) string {
	if attribute == `emails[type eq "work"].value` {
		return "work mail"
	}
	return attribute
}

// marked adds a question mark to what is assumed.
func marked(text any, assumed bool) string {
	if assumed {
		return fmt.Sprint(text) + "?"
	}
	return fmt.Sprint(text)
}

// ShowProfile prints a profile in full.
func ShowProfile(con *console.Console, p *fixtures.Profile) error {
	f, err := factsOf(p)
	if err != nil {
		return err
	}
	con.Item("", p.Name+": "+p.Title)
	if p.Retired {
		con.Item("  retired      ", "yes; Microsoft no longer supports it, but the profile still runs")
	}
	if p.Tutorial != "" {
		con.Item("  tutorial     ", p.Tutorial)
	}
	con.Item("  interval     ", marked(p.Interval, slices.Contains(p.Assumed, fixtures.PartInterval)))
	con.Item("  credential   ", f.credential)
	con.Item("  maps         ", fmt.Sprintf("%s user attributes, %d group attributes; users are matched by %s", f.users, f.groups, f.match))
	con.Item("  leavers      ", leaver(p))
	con.Item("  dialect      ", p.Dialect)
	for _, name := range slices.Sorted(maps.Keys(p.Options)) {
		con.Item("  option       ", name+"="+p.Options[name])
	}
	showNotes(con, p)
	con.Print("")
	con.Item("Show mapping: ", "scimdrill schema show --profile "+p.Name)
	con.Item("Run it:       ", "scimdrill simulate --target URL --profile "+p.Name+credentialFlag(p.Credential)+" --generate users=50,groups=5")
	return nil
}

// leaver says what becomes of a user who leaves scope.
func leaver(p *fixtures.Profile) string {
	if p.SupportsSoftDelete {
		return "are disabled"
	}
	return "are deleted, because the target is not known to support inactive users"
}

func credentialFlag(c fixtures.Credential) string {
	if c == fixtures.CredentialPassword {
		return " --basic-user NAME"
	}
	return ""
}

// showNotes prints the notes, those that rest on a page first.
func showNotes(con *console.Console, p *fixtures.Profile) {
	for _, part := range []struct {
		basis   fixtures.Basis
		heading string
	}{
		{fixtures.BasisMicrosoft, "Documented by Microsoft:"},
		{fixtures.BasisVendor, "Documented elsewhere:"},
		{fixtures.BasisAssumption, "Assumed:"},
	} {
		heading := part.heading
		for _, n := range p.Notes {
			if n.Basis != part.basis {
				continue
			}
			if heading != "" {
				con.Print("\n%s", heading)
				heading = ""
			}
			con.Item("  - ", n.Text)
			if n.Source != "" && n.Source != p.Tutorial {
				con.Item("    ", n.Source)
			}
		}
	}
}
