package endstate

import (
	"context"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Announced says by the /Schemas of a target which attributes it announces. A target without
// readable schemas announces everything, so that nothing is excused by silence.
func Announced(client *scimclient.Client) func(ctx context.Context, path string) bool {
	var asked bool
	var schemas []scimclient.Resource
	return func(ctx context.Context, path string) bool {
		if strings.EqualFold(path, "externalId") { // no schema lists common attributes (RFC 7643 section 3.1)
			return true
		}
		if !asked {
			asked = true
			schemas, _ = client.Schemas(ctx, scimclient.Call{Label: label})
		}
		p, err := scim.ParseTargetPath(path)
		return err != nil || !hasAttributes(schemas) || announces(schemas, p)
	}
}

// hasAttributes reports whether the schemas list attributes at all.
func hasAttributes(schemas []scimclient.Resource) bool {
	for _, s := range schemas {
		if list, _ := value("attributes", s).([]any); len(list) > 0 {
			return true
		}
	}
	return false
}

// announces reports whether a schema lists the attribute of a path, in any schema if the path
// names none.
func announces(schemas []scimclient.Resource, p scim.TargetPath) bool {
	for _, s := range schemas {
		if p.URN != "" && !strings.EqualFold(s.ID, p.URN) && !scim.IsCore(p.URN) {
			continue
		}
		list, _ := value("attributes", s).([]any)
		for _, v := range list {
			a, _ := v.(map[string]any)
			if name, _ := a["name"].(string); strings.EqualFold(name, p.Attribute) {
				return true
			}
		}
	}
	return false
}
