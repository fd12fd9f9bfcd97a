package scim

// The URNs of schemas and messages that a provisioning client writes or reads (W-30, W-42, W-49, W-99).
const (
	UserURN       = "urn:ietf:params:scim:schemas:core:2.0:User"
	EnterpriseURN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	GroupURN      = "urn:ietf:params:scim:schemas:core:2.0:Group"
	ListURN       = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
	PatchURN      = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
)

// ADSCIMGroupURN is the second schema of a group in Microsoft's documented sample (W-43).
const ADSCIMGroupURN = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"

// IsCore reports whether a schema URN is one of the two core schemas, whose attributes
// stand at the top of a resource.
func IsCore(urn string) bool { return urn == UserURN || urn == GroupURN }
