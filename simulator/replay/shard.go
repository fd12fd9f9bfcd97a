package replay

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// ParseShard reads 3/8: the third of eight parts.
func ParseShard(text string) (Shard, error) {
	index, of, found := strings.Cut(text, "/")
	i, err1 := strconv.Atoi(index)
	n, err2 := strconv.Atoi(of)
	if !found || err1 != nil || err2 != nil || n < 1 || i < 1 || i > n {
		return Shard{}, fmt.Errorf("shard %q is not one of n parts; hint: for example 1/4, 2/4, 3/4 and 4/4 on four machines", text)
	}
	return Shard{Index: i - 1, Of: n}, nil
}

// mine reports whether a request belongs to the shard of this player: by tenant, where there are
// as many tenants as shards, otherwise by the object that it is about.
func (p *Player) mine(t *tenant, r *Request) bool {
	s := p.cfg.Shard
	if s.whole() {
		return true
	}
	key := t.Name
	if len(p.tenants) < s.Of {
		key += "\x00" + r.owner()
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	return int(h.Sum64()%uint64(s.Of)) == s.Index
}

// owner is the name by which all requests of an object fall to the same shard.
func (r *Request) owner() string {
	name := ""
	switch {
	case !r.object.none():
		_, name = named(r.object.name())
	case len(r.binds) > 0:
		_, name = named(r.binds[0].name())
	case len(r.touches) > 0:
		_, name, _ = strings.Cut(r.touches[0].name(), "~")
	}
	return strings.ToLower(r.collection + "\x00" + name)
}
