package cycle

// Part says which of its entries in one cycle an object's entry is.
type Part string

// An object is written first, its references later (W-87).
const (
	PartObject  Part = "object"
	PartManager Part = "manager"
	PartMembers Part = "members"
)
