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
// Decisions: docs/decisions/simulator-directory.md
package directory
