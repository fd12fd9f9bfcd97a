package intake

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// properties are Graph's names of common properties; tables and PowerShell spell them otherwise.
func properties() map[string]string {
	m := map[string]string{
		"objectid": "id", "upn": "userPrincipalName", "physicaldeliveryofficename": "officeLocation", "office": "officeLocation",
		"mobile": "mobilePhone", "telephonenumber": "businessPhones", "facsimiletelephonenumber": "faxNumber", "alternateemailaddress": "otherMails",
		"dirsyncenabled": "onPremisesSyncEnabled", "directorysynced": "onPremisesSyncEnabled", "accountenabled": "accountEnabled",
		"blockcredential": "accountEnabled", "blocksignin": "accountEnabled", "firstname": "givenName", "lastname": "surname", "title": "jobTitle",
	}
	for name := range strings.FieldsSeq(`id userPrincipalName displayName givenName surname mail mailNickname jobTitle department companyName
		employeeId employeeType officeLocation city state country postalCode streetAddress usageLocation preferredLanguage mobilePhone
		businessPhones faxNumber userType accountEnabled onPremisesSyncEnabled onPremisesImmutableId onPremisesSamAccountName
		onPremisesExtensionAttributes otherMails proxyAddresses imAddresses securityEnabled mailEnabled groupTypes description
		membershipRule principalId principalType principalDisplayName appRoleId resourceId resourceDisplayName createdDateTime appRoles
		appId ageGroup members manager memberOf transitiveMemberOf owners directReports appRoleAssignments appRoleAssignedTo`) {
		m[saved.Normal(name)] = name
	}
	return m
}

// spelled is the name of a property in Graph's spelling.
func (r *reader) spelled(name string) string {
	if strings.ContainsAny(name, "@") {
		return name
	}
	if known, ok := r.names[saved.Normal(name)]; ok && known != "" {
		return known
	}
	if name == "" {
		return name
	}
	runes := []rune(name)
	runes[0] = unicode.ToLower(runes[0])
	return string(runes)
}

// typed gives a value that came as a string the type of its property.
func typed(name string, v any) (any, error) {
	text, isText := v.(string)
	if !isText {
		return v, nil
	}
	switch name {
	case "accountEnabled", "securityEnabled", "mailEnabled", "onPremisesSyncEnabled":
		switch strings.ToLower(text) {
		case "true", "yes", "1", "enabled":
			return true, nil
		case "false", "no", "0", "disabled":
			return false, nil
		case "":
			return nil, nil
		}
		return nil, fmt.Errorf("%q is neither true nor false; hint: write true or false", text)
	case "businessPhones", "otherMails", "proxyAddresses", "imAddresses", "groupTypes":
		var list []any
		for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == ',' }) {
			list = append(list, strings.TrimSpace(part))
		}
		return list, nil
	}
	return v, nil
}

// row reads a row of a table. An empty cell is a missing value.
func (r *reader) row(o *saved.Object, in setting) {
	kind, _ := kindOf(o, in)
	switch kind {
	case user, group, assignment, application:
	default:
		r.resource(o, in)
		return
	}
	x := &object{place: o.Place(), kind: kind, properties: map[string]any{}}
	for _, column := range o.Names() {
		cell, ok := o.Get(column)
		if !ok {
			continue
		}
		var v any = cell.String()
		property := r.spelled(column)
		if cell.Kind() == '{' || cell.Kind() == '[' || secretProperty(property) || shortened(cell.String()) {
			r.fail(r.property(x, saved.Member{Name: property, Value: cell}))
			continue
		}
		if property == "manager" {
			x.manager = cell.String()
			continue
		}
		v, err := typed(property, native(column, v))
		if err != nil {
			r.fail(cell.Fault("%w", err))
			continue
		}
		if x.properties[property] == nil {
			x.properties[property] = v
		}
	}
	x.id = str(x.properties["id"])
	if err := r.identify(x); err != nil {
		r.fail(err)
		return
	}
	r.add(x)
	if in.kind == membership && kind != assignment {
		r.member(in, x.place, x.id)
	}
}
