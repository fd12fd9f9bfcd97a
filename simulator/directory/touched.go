package directory

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// differing names the properties that a change sets to another value, sorted.
func differing(old, change map[string]any) string {
	var names []string
	for name, v := range change {
		if !reflect.DeepEqual(old[name], v) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}

// Touched returns the attributes, by the provisioning schema's names and Graph's, that
// changed of an object in (after, upTo]. All is true when more changed than properties:
// the object is new, or its presence, entitlement, manager or roles are others.
func (t *Tenant) Touched(ctx context.Context, num, after, upTo int64) (names []string, all bool, err error) {
	rows, err := t.query(ctx, "SELECT names FROM change WHERE num = ? AND seq > ? AND seq <= ?", num, after, upTo)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var list string
		if err := rows.Scan(&list); err != nil {
			return nil, false, fmt.Errorf("read tenant %s: %w", t.path, err)
		}
		all = all || list == ""
		for name := range strings.SplitSeq(list, ",") {
			names = append(names, name)
			names = append(names, schemaNames(name)...)
		}
	}
	return names, all, rows.Err()
}

// schemaNames are the names under which mappings read a property of Graph, see Object.Attribute.
func schemaNames(property string) []string {
	switch property {
	case "businessPhones":
		return []string{"telephoneNumber"}
	case "mobilePhone":
		return []string{"mobile"}
	case "faxNumber":
		return []string{"facsimileTelephoneNumber"}
	case "officeLocation":
		return []string{"physicalDeliveryOfficeName"}
	case "onPremisesSyncEnabled":
		return []string{"dirSyncEnabled"}
	case "userPrincipalName":
		return []string{"originalUserPrincipalName"}
	case "accountEnabled":
		return []string{"IsSoftDeleted"}
	case "onPremisesExtensionAttributes":
		names := make([]string, 15)
		for i := range names {
			names[i] = fmt.Sprint("extensionAttribute", i+1)
		}
		return names
	}
	return nil
}
