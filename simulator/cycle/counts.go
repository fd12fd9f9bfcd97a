package cycle

// Counts add up what happened to objects; see G-7 for those that Graph shows.
type Counts struct {
	Imported           int64 `json:"imported"` // objects read from the source
	ImportedDeltas     int64 `json:"importedDeltas"`
	ImportedReferences int64 `json:"importedReferences"`
	Entitled           int64 `json:"entitled"`
	Created            int64 `json:"created"`
	Updated            int64 `json:"updated"`
	Disabled           int64 `json:"disabled"`
	Deleted            int64 `json:"deleted"`
	Skipped            int64 `json:"skipped"`
	Failed             int64 `json:"failed"`
	LinkedUsers        int64 `json:"linkedUsers"`  // links made, by creation or by a match
	LinkedGroups       int64 `json:"linkedGroups"` // the same
	MembersAdded       int64 `json:"membersAdded"`
	MembersRemoved     int64 `json:"membersRemoved"`
	Requests           int64 `json:"requests"`
	Escrows            int64 `json:"escrows"`          // open at the end, objects
	ReferenceEscrows   int64 `json:"referenceEscrows"` // open at the end, references
}

// Exports are the successful writes to the target.
func (c Counts) Exports() int64 {
	return c.Created + c.Updated + c.Disabled + c.Deleted
}
