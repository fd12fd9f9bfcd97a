package intake

import (
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// setting is what surrounds an object: what its file or page is said to contain, and whose members
// they are.
type setting struct{ kind, owner string }

// named is the setting of a file name, such as users.json, groups/GUID/members.json or
// members_Sales.csv.
func named(path string) setting {
	path = filepath.ToSlash(path)
	base := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	low := saved.Normal(base)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(low, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("secret", "credential", "password"):
		return setting{kind: secret}
	case has("approleassign", "assignedto", "assignment"):
		return setting{kind: assignment}
	case has("serviceprincipal", "application", "approles"):
		return setting{kind: application}
	case has("manager"):
		return setting{kind: management}
	case has("member"):
		return setting{kind: membership, owner: owner(path, base)}
	case has("group"):
		return setting{kind: group}
	case has("user", "people"):
		return setting{kind: user}
	case saved.Normal(filepath.Base(filepath.Dir(path))) == "members":
		return setting{kind: membership, owner: base}
	}
	return setting{}
}

// owner is what a file name says about the group: the rest of the name, or the folder.
func owner(path, base string) string {
	rest := base
	for _, word := range []string{"exportGroupMembers", "group-members", "group_members", "groupMembers", "members", "Members", "member", "of"} {
		rest = strings.ReplaceAll(rest, word, "")
	}
	if rest = strings.Trim(rest, "-_. ()"); rest != "" && !strings.EqualFold(rest, "group") {
		return rest
	}
	return filepath.Base(filepath.Dir(path))
}

// within narrows the setting by the context of a page: …#groups('GUID')/members.
func (s setting) within(context string) setting {
	_, fragment, ok := strings.Cut(context, "#")
	if !ok {
		return s
	}
	head, _, _ := strings.Cut(fragment, "/$")
	low := strings.ToLower(head)
	switch {
	case strings.Contains(low, "approleassign"):
		return setting{kind: assignment}
	case strings.HasPrefix(low, "groups('") && strings.Contains(low, "/members"):
		id, _, _ := strings.Cut(head[len("groups('"):], "'")
		return setting{kind: membership, owner: id}
	case strings.HasPrefix(low, "users"):
		return setting{kind: user, owner: s.owner}
	case strings.HasPrefix(low, "groups"):
		return setting{kind: group}
	case strings.HasPrefix(low, "serviceprincipals"):
		return setting{kind: application}
	}
	return s
}

// kindOf is what an object is; name is the kind of one that is left out.
func kindOf(o *saved.Object, in setting) (kind, name string) {
	if o == nil {
		return "", ""
	}
	if t := o.Text("@odata.type", "AdditionalProperties.@odata.type"); t != "" {
		switch t = strings.TrimPrefix(strings.TrimPrefix(t, "#"), "microsoft.graph."); t {
		case user, group, application, assignment:
			return t, t
		}
		return ignored, "objects of the type " + t
	}
	switch {
	case o.Has("principalId"):
		return assignment, ""
	case o.Has("groupId", "group.id") && o.Has("memberId", "userId", "member.id"):
		return membership, ""
	case o.Has("managerId"):
		return management, ""
	case o.Has("appRoles", "servicePrincipalType", "servicePrincipalNames", "publisherDomain"):
		return application, ""
	case o.Has("deviceId"):
		return ignored, "devices"
	case o.Has("schemas", "userName"):
		return "", ""
	case o.Has("userPrincipalName", "givenName", "surname", "accountEnabled", "userType", "jobTitle", "businessPhones"):
		return user, ""
	case o.Has("groupTypes", "securityEnabled", "mailEnabled", "membershipRule", "securityIdentifier"):
		return group, ""
	case o.Has("secretText", "keyId", "passwordCredentials"), o.Has("key") && o.Has("value") && len(o.Names()) <= 3:
		return secret, ""
	case o.Has("id", "objectId") && in.kind != "":
		return in.kind, ""
	case o.Has("id") && o.Has("displayName") && o.Has("mail"):
		return user, ""
	case in.kind == user || in.kind == group:
		return in.kind, "" // its id is missing; the mistake says so
	}
	return "", ""
}

// stranger says what an object is that does not belong to a directory.
func stranger(o *saved.Object) string {
	const hint = "hint: `scimdrill tenant import` prints the commands that save a tenant"
	switch {
	case o.Has("schemas", "userName"):
		return "this is a SCIM resource, not an object of Entra; the tenant is the source, not the target; " + hint
	case o.Has("synchronizationRules"):
		return "this is a synchronization schema, not a tenant; hint: pass it with --schema"
	case o.Has("provisioningSteps", "provisioningAction"):
		return "this is an entry of a provisioning log; hint: `scimdrill explain FILE` reads it"
	case o.Has("at") && o.Has("id"):
		return "this is a change of a change stream; hint: pass it with --changes"
	}
	names := o.Names()
	if len(names) > 6 {
		names = append(names[:6:6], "…")
	}
	return "not a user, a group, an application or an assignment (found " + strings.Join(names, ", ") + "); " + hint
}
