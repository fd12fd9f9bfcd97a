package provlog

// Step is one provisioningStep (E-314): what one stage of the cycle found or did.
type Step struct {
	Name        string   `json:"name"`
	Type        StepType `json:"provisioningStepType"`
	Status      Result   `json:"status"`
	Description string   `json:"description"`
	Details     Details  `json:"details"`
}

// StepType is the stage that a step belongs to.
type StepType string

// The stages of Graph's provisioningStepType (G-36).
const (
	Import              StepType = "import"
	Scoping             StepType = "scoping"
	Matching            StepType = "matching"
	Processing          StepType = "processing"
	ReferenceResolution StepType = "referenceResolution"
	Export              StepType = "export"
)

// The step names seen in logs and documentation (G-38, E-315).
const (
	EntryEscrowRetry            = "EntryEscrowRetry"
	EntryImport                 = "EntryImport"
	EntryImportAdd              = "EntryImportAdd"
	EntryImportUpdate           = "EntryImportUpdate"
	EntryImportDelete           = "EntryImportDelete"
	EntrySynchronizationScoping = "EntrySynchronizationScoping"
	EntrySynchronizationAdd     = "EntrySynchronizationAdd"
	EntrySynchronizationUpdate  = "EntrySynchronizationUpdate"
	EntrySynchronizationDelete  = "EntrySynchronizationDelete"
	EntrySynchronizationSkip    = "EntrySynchronizationSkip"
	EntryExportAdd              = "EntryExportAdd"
	EntryExportUpdate           = "EntryExportUpdate"
	EntryExportUpdateSoftDelete = "EntryExportUpdateSoftDelete"
	EntryExportDelete           = "EntryExportDelete"
)
