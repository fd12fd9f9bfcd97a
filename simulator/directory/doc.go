// Package directory is the source: a tenant's users, groups, managers, memberships
// and app role assignments in one SQLite file (tenant.db), with the log of what
// changed since when. A watermark is a sequence number of that log.
//
// Files speak Microsoft Graph's property names, mappings speak those of the
// provisioning schema; Object.Attribute knows both:
//
//	objectId                    id
//	telephoneNumber             businessPhones[0]
//	mobile                      mobilePhone
//	facsimileTelephoneNumber    faxNumber
//	physicalDeliveryOfficeName  officeLocation
//	extensionAttribute1 … 15    onPremisesExtensionAttributes.extensionAttribute1 … 15
//	dirSyncEnabled              onPremisesSyncEnabled
//	onPremisesSecurityIdentifier, otherwise the same name
//	userPrincipalName           for a guest the original address (E-70)
//	originalUserPrincipalName   userPrincipalName as it stands
//
// Neighbours: fixtures/generate writes tenants in the same format, simulator/cycle reads,
// simulator/job applies change streams.
//
// # Decisions
//
// 2026-11-24: the first load into an empty file writes no change log, because the
// initial cycle reads everything anyway; later loads are a difference.
//
// 2026-11-24: how many assigned groups a user is an immediate member of is counted when
// memberships and assignments change, so that entitlement costs nothing to ask for and
// a cycle's cost follows change (E-61, E-62).
//
// 2026-11-24: a soft-deleted object keeps memberships and manager until it is purged
// after 30 days (E-40).
//
// 2026-11-24: the roles of the application come in a line of its own, Graph's
// servicePrincipal with appRoles; assignments name them by appRoleId. A role without a
// value goes by its name, one that no line defines by its id (inferred). A user holds the
// roles that are assigned directly or to a group that entitles, by createdDateTime; the
// role Default Access is none (E-145, E-200).
//
// 2026-11-24: a change of roles that leaves the entitlement as it is stands in the change log
// apart, because it concerns only jobs that map roles.
//
// 2026-11-24: no query of an incremental cycle walks through a table; a test lets SQLite
// explain each of them. Objects are streamed, a kind is never held as a whole.
//
// 2026-11-24: the first load treats the members of a group with one statement; later loads,
// which have to log what changed, take them one by one. A test compares the two.
package directory
