package endstate

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// store keeps resources in a spool, and finds them by id and by matching value. In memory it keeps
// hashes and offsets alone; what is found by a hash is compared before it is believed.
type store struct {
	spool   Spool
	size    int64        // of the spool
	pending bytes.Buffer // not written to the spool yet
	seed    maphash.Seed
	byID    map[uint64]int64
	byMatch map[uint64]int64
	more    map[uint64][]int64 // further resources of one matching value
	paths   map[string][]scim.TargetPath
}

// flushAt is how many bytes are written to the spool at once.
const flushAt = 1 << 20

func newStore(spool Spool, paths ...map[string][]string) (*store, error) {
	s := &store{
		spool: spool, seed: maphash.MakeSeed(), byID: map[uint64]int64{}, byMatch: map[uint64]int64{}, more: map[uint64][]int64{},
		paths: map[string][]scim.TargetPath{},
	}
	if s.spool == nil {
		s.spool = &memory{}
	}
	for _, some := range paths {
		if err := s.indexed(some); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// indexed sets paths by whose values resources are found.
func (s *store) indexed(paths map[string][]string) error {
	for collection, list := range paths {
		for _, text := range list {
			path, err := scim.ParseTargetPath(text)
			if err != nil {
				return fmt.Errorf("compare the end state: %w", err)
			}
			s.paths[collection] = append(s.paths[collection], path)
		}
	}
	return nil
}

// memory is a spool without a file.
type memory struct{ bytes []byte }

func (m *memory) Write(p []byte) (int, error) {
	m.bytes = append(m.bytes, p...)
	return len(p), nil
}

func (m *memory) ReadAt(p []byte, offset int64) (int, error) { return copy(p, m.bytes[offset:]), nil }

func (s *store) hash(parts ...string) uint64 {
	return maphash.String(s.seed, strings.Join(parts, "\x00"))
}

// put keeps a resource. It reports false for one that is there already.
func (s *store) put(collection string, r scimclient.Resource) (bool, error) {
	key := s.hash(collection, r.ID)
	if _, ok := s.byID[key]; ok {
		return false, nil
	}
	body, err := json.Marshal(r.Values)
	if err != nil {
		return false, fmt.Errorf("keep %s %s: %w", collection, r.ID, err)
	}
	at := s.size + int64(s.pending.Len())
	s.byID[key] = at
	for _, path := range s.paths[collection] {
		if v, ok := path.Get(r.Values); ok {
			if value, ok := v.(string); ok && value != "" {
				s.index(s.hash(collection, path.String(), strings.ToLower(value)), at)
			}
		}
	}
	s.pending.Write(binary.BigEndian.AppendUint32(nil, uint32(len(body)))) //nolint:gosec // a body is limited to some MB
	s.pending.Write(body)
	if s.pending.Len() >= flushAt {
		return true, s.flush()
	}
	return true, nil
}

func (s *store) index(key uint64, at int64) {
	if _, ok := s.byMatch[key]; ok {
		s.more[key] = append(s.more[key], at)
		return
	}
	s.byMatch[key] = at
}

func (s *store) flush() error {
	n, err := s.spool.Write(s.pending.Bytes())
	s.size += int64(n)
	s.pending.Reset()
	if err != nil {
		return fmt.Errorf("keep the listed resources: %w", err)
	}
	return nil
}

// get reads the resource with an id; false if it was not listed.
func (s *store) get(collection, id string) (scimclient.Resource, bool, error) {
	at, ok := s.byID[s.hash(collection, id)]
	if !ok {
		return scimclient.Resource{}, false, nil
	}
	r, err := s.read(at)
	return r, err == nil && r.ID == id, err
}

// matching reads the resources with a matching value.
func (s *store) matching(collection string, m Match) ([]scimclient.Resource, error) {
	path, err := scim.ParseTargetPath(m.Path)
	if err != nil {
		return nil, fmt.Errorf("compare the end state: %w", err)
	}
	key := s.hash(collection, path.String(), strings.ToLower(m.Value))
	at, ok := s.byMatch[key]
	if !ok {
		return nil, nil
	}
	var found []scimclient.Resource
	for _, offset := range slices.Concat([]int64{at}, s.more[key]) {
		r, err := s.read(offset)
		if err != nil {
			return nil, err
		}
		if m.holds(path, r) {
			found = append(found, r)
		}
	}
	return found, nil
}

// holds reports whether a resource has the matching value.
func (m Match) holds(path scim.TargetPath, r scimclient.Resource) bool {
	v, _ := path.Get(r.Values)
	got, _ := v.(string)
	return got == m.Value || !m.CaseExact && strings.EqualFold(got, m.Value)
}

func (s *store) read(at int64) (scimclient.Resource, error) {
	var r scimclient.Resource
	if s.pending.Len() > 0 {
		if err := s.flush(); err != nil {
			return r, err
		}
	}
	var head [4]byte
	if _, err := s.spool.ReadAt(head[:], at); err != nil {
		return r, fmt.Errorf("read the listed resources: %w", err)
	}
	body := make([]byte, binary.BigEndian.Uint32(head[:]))
	if _, err := s.spool.ReadAt(body, at+4); err != nil {
		return r, fmt.Errorf("read the listed resources: %w", err)
	}
	if err := json.Unmarshal(body, &r.Values); err != nil {
		return r, fmt.Errorf("read the listed resources: %w", err)
	}
	r.ID, _ = r.Values["id"].(string)
	return r, nil
}
