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
// # Decisions
//
// 2026-11-24: the order of members in a POST is the documented sample's where it has them
// (W-29). Everything else stands by its name between active and the extensions, which fits
// the further samples that are known.
//
// 2026-11-24: a mapped Boolean that is no True or False fails a POST, where it must be a
// JSON Boolean (W-33), and is passed on in a PATCH, where it is a string (W-59).
//
// 2026-11-24: an attribute with the URN of a core schema stands in an object under that URN
// in a POST. It is only known not to stand at the top (W-39); the place is inferred.
//
// 2026-11-24: what SingleAppRoleAssignment gives is patched as the sample shows: an Add of
// roles with JSON packed in a string (W-66). Another mapping of roles[primary eq
// "True"].value is patched by that path. With the flag an Add of roles carries what a POST
// carries (E-149); that its operation stays an add is inferred.
//
// 2026-11-24: of several changes with the flag, the operation without a path is an add when
// the target has none of its attributes and a replace otherwise. Samples show both and no
// mixture; a replace of what is absent is an add by RFC 7644 section 3.5.2.3 (inferred).
// A single attribute, a group's name included, has its path (W-79; for groups inferred, W-86).
//
// 2026-11-24: the flag of 2017 asks for customappsso. Microsoft calls it a way back to the
// older PATCH and lists no effects (W-121), so this is inferred.
package dialect
