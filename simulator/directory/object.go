package directory

import (
	"strings"
	"time"
)

// Kind is what an object is.
type Kind uint8

// The kinds that are provisioned.
const (
	User Kind = iota
	Group
)

// String is the name that logs use.
func (k Kind) String() string {
	if k == Group {
		return "Group"
	}
	return "User"
}

// Presence is how much of an object is left (E-40).
type Presence uint8

// An object is there, in the recycle bin, or gone.
const (
	Present Presence = iota
	SoftDeleted
	Deleted
)

// Object is a user or a group as the directory holds it.
type Object struct {
	Num        int64 // dense number, the key in job.db
	Kind       Kind
	ID         string
	Presence   Presence
	DeletedAt  time.Time
	Properties map[string]any // Graph's names
	ManagerID  string
	// Entitled says that the object is assigned: directly, or as an immediate member of an
	// assigned, security-enabled group (E-61 to E-63).
	Entitled bool
}

// Enabled is accountEnabled; it is true where the property is missing.
func (o *Object) Enabled() bool {
	v, ok := o.Properties["accountEnabled"].(bool)
	return v || !ok
}

// SecurityEnabled is securityEnabled of a group; true where the property is missing (E-63).
func (o *Object) SecurityEnabled() bool {
	v, ok := o.Properties["securityEnabled"].(bool)
	return v || !ok
}

// Attribute is the value under the provisioning schema's name, or nil.
func (o *Object) Attribute(name string) any {
	switch name {
	case "objectId":
		return o.ID
	case "telephoneNumber":
		if phones, ok := o.Properties["businessPhones"].([]any); ok && len(phones) > 0 {
			return phones[0]
		}
	case "mobile":
		return o.either("mobilePhone", name)
	case "facsimileTelephoneNumber":
		return o.either("faxNumber", name)
	case "physicalDeliveryOfficeName":
		return o.either("officeLocation", name)
	case "dirSyncEnabled":
		return o.either("onPremisesSyncEnabled", name)
	case "manager":
		if o.ManagerID == "" {
			return nil
		}
		return o.ManagerID
	case "userPrincipalName":
		return original(o.Properties[name])
	case "originalUserPrincipalName":
		return o.Properties["userPrincipalName"]
	}
	if strings.HasPrefix(name, "extensionAttribute") {
		if ext, ok := o.Properties["onPremisesExtensionAttributes"].(map[string]any); ok {
			return ext[name]
		}
	}
	return o.Properties[name]
}

func (o *Object) either(graph, provisioning string) any {
	if v, ok := o.Properties[graph]; ok {
		return v
	}
	return o.Properties[provisioning]
}

// original turns the name of a guest, alias_domain#EXT#@tenant, into alias@domain (E-70).
func original(v any) any {
	s, ok := v.(string)
	if !ok {
		return v
	}
	local, _, guest := strings.Cut(s, "#EXT#@")
	if !guest {
		return v
	}
	if i := strings.LastIndexByte(local, '_'); i >= 0 {
		return local[:i] + "@" + local[i+1:]
	}
	return local
}
