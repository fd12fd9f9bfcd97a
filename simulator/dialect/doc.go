// Package dialect writes the request bodies of the provisioning service: how values become
// a POST and how changes become a PATCH, byte for byte.
//
// A Dialect is one documented manner of the service. "legacy" is the one without a flag in
// the tenant URL: capital operations, one operation for each path, Booleans as strings in
// PATCH (W-24 to W-73). "optscim" is what the flag aadOptscim062020 makes of it: lower case,
// JSON Booleans, one operation without a path for most attributes, members removed by a
// filtered path (W-74 to W-86). "customappsso" is the manner of jobs from before December
// 2018, for regression only (W-124). Bodies are compact, their members stand in a fixed
// order, and nothing is escaped for HTML.
//
// Neighbours: simulator/mapping says which values and changes there are, simulator/cycle
// chooses the requests and their order, simulator/scimclient sends them. This package knows
// neither paths of endpoints nor HTTP.
//
// For example, disabling a user in the legacy dialect is
//
//	{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"active","value":"False"}]}
//
// Decisions: docs/decisions/simulator-dialect.md
package dialect
