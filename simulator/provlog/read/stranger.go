package read

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// stranger says what an object is that is not an entry of a provisioning log.
func stranger(o *saved.Object) string {
	const get = "hint: download the provisioning log: Entra ID > Monitoring & health > Provisioning logs > Download, or GET /auditLogs/provisioning"
	switch {
	case o.Has("error"):
		text := o.Text("error.message", "error_description", "error.code", "error")
		return "Graph responded with an error: " + text + "; hint: the account needs AuditLog.Read.All; repeat the request"
	case o.Has("activityDisplayName", "loggedByService"):
		return "this is an entry of the audit log, not of the provisioning log; " + get
	case o.Has("appDisplayName", "clientAppUsed", "conditionalAccessStatus"):
		return "this is an entry of the sign-in log, not of the provisioning log; " + get
	case o.Has("synchronizationRules"):
		return "this is a synchronization schema; hint: `scimdrill schema show FILE` reads it"
	case o.Has("schedule", "synchronizationJobSettings"):
		return "this is a synchronization job; its status does not name objects; " + get
	case o.Has("userPrincipalName", "securityEnabled", "principalId"):
		return "this is an object of the directory; hint: `scimdrill tenant inspect FILE` reads it"
	case o.Has("schemaVersion", "log.entries"):
		return "this is a report or a recording of requests; " + get
	}
	names := o.Names()
	if len(names) > 6 {
		names = append(names[:6:6], "…")
	}
	return "not an entry of a provisioning log: status and action are missing (found " + strings.Join(names, ", ") + "); " + get
}
