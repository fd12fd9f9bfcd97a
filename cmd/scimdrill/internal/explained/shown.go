package explained

import "github.com/scimdrill/scimdrill/simulator/explain"

// shown are the checks that find a cause in an endpoint, and the defects that have it. Causes
// that lie in Entra or in the mapping have none.
type shown struct {
	Checks  []string `json:"checks,omitempty"`
	Defects []string `json:"defects,omitempty"`
}

// shows finds the checks and defects of a cause.
func shows(x *explain.Explanation) shown {
	s := byCause()[x.Cause.Key]
	if x.Facts.Group {
		if of, ok := ofGroups()[x.Cause.Key]; ok {
			s = of
		}
	}
	return s
}

func byCause() map[string]shown {
	return map[string]shown{
		explain.Credentials:     {[]string{"HTP-051", "HTP-002"}, []string{"AUT-07", "D-71"}},
		explain.Forbidden:       {[]string{"HTP-051"}, []string{"AUT-07"}},
		explain.WrongPath:       {[]string{"HTP-046", "SUR-002"}, []string{"ERR-25"}},
		explain.RefusedDisable:  {[]string{"ATT-002", "ATT-001", "SUR-011"}, []string{"BOO-01", "CAS-01", "PAT-07"}},
		explain.RefusedMembers:  {[]string{"MEM-033", "MEM-002", "MEM-005", "MEM-004"}, []string{"CAS-01", "MRM-02", "LRG-05", "MRM-07"}},
		explain.RefusedUpdate:   {[]string{"ATT-001", "ATT-043", "ATT-007", "ATT-008"}, []string{"CAS-01", "PAT-01", "PAT-07", "PAT-09", "MAN-01"}},
		explain.RefusedCreate:   {[]string{"USR-001", "USR-004", "USR-015"}, []string{"CRE-03", "CRE-04", "BOO-03"}},
		explain.RefusedDelete:   {[]string{"USR-007", "USR-073"}, []string{"DEL-09"}},
		explain.Refused:         {[]string{"ATT-001", "USR-001"}, []string{"CAS-01", "CRE-03"}},
		explain.Filtering:       {[]string{"QRY-001", "QRY-004", "QRY-022", "SUR-014"}, nil},
		explain.Method:          {[]string{"SUR-003", "HTP-047"}, []string{"PAT-15"}},
		explain.MediaType:       {[]string{"HTP-003", "HTP-049", "HTP-050"}, []string{"ERR-06", "ERR-27", "ERR-28"}},
		explain.ServerError:     {[]string{"HTP-030"}, []string{"ERR-03", "PAT-08", "DEL-04"}},
		explain.Timeout:         {[]string{"HTP-008"}, nil},
		explain.Throttled:       {[]string{"HTP-008"}, nil},
		explain.Unreadable:      {[]string{"QRY-046", "HTP-003", "USR-001"}, []string{"LST-01", "LST-02", "ERR-02"}},
		explain.EmptySearch:     {[]string{"QRY-003"}, nil},
		explain.SeveralEntries:  {[]string{"QRY-001", "QRY-034", "HTP-032"}, nil},
		explain.Conflict:        {[]string{"USR-002", "USR-003", "USR-010", "QRY-002"}, []string{"DEL-01", "CAS-05", "DEL-05"}},
		explain.DuplicateTarget: {[]string{"USR-002", "QRY-034"}, []string{"CRE-02"}},
		explain.Gone:            {[]string{"USR-009", "USR-010", "USR-033"}, []string{"DEL-02"}},
		explain.RequiredValue:   {[]string{"USR-072"}, nil},
	}
}

// ofGroups are the same for an entry about a group.
func ofGroups() map[string]shown {
	return map[string]shown{
		explain.RefusedCreate:   {[]string{"MEM-001", "MEM-014"}, nil},
		explain.Conflict:        {[]string{"MEM-012", "QRY-044"}, nil},
		explain.DuplicateTarget: {[]string{"QRY-006", "QRY-035"}, nil},
		explain.Gone:            {[]string{"MEM-026", "MEM-054"}, nil},
		explain.Filtering:       {[]string{"QRY-006", "QRY-014"}, nil},
		explain.RefusedDelete:   {[]string{"MEM-026"}, []string{"DEL-09"}},
		explain.RequiredValue:   {[]string{"MEM-001"}, nil},
	}
}
