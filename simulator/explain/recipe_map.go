package explain

// mapped are the situations in which the mapping gives no usable value.
func (s *script) mapped(f *Facts, cause string) bool {
	if s.kind == "group" {
		return false
	}
	switch cause {
	case RequiredValue:
		s.object("mailNickname: null")
		s.schema = append(s.schema, "match: [User.externalId, User.userName]", "map: {User.userName: '[mailNickname]', User.externalId: '[objectId]'}")
		s.ends = []string{"escrows"}
	case SeveralValues:
		s.object("proxyAddresses: ['smtp:a@{run}.example', 'smtp:b@{run}.example']")
		s.schema = append(s.schema, "map: {User.title: '[proxyAddresses]'}")
		s.ends = []string{"escrows"}
	case MappingError:
		s.schema = append(s.schema, `map: {User.title: 'FormatDateTime([city], , "yyyy", "dd")'}`)
		s.object("city: Nowhere")
		s.ends = []string{"escrows"}
	case LeftOut: // before the next cycle, which the reference target refuses
		s.schema, s.length = append(s.schema, "map: {'User.custom:country': '[country]'}"), "10m"
		s.object("country: DE")
	default:
		return false
	}
	return true
}
