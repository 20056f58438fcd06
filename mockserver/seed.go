package mockserver

import (
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

// seeder builds a tenant. What it makes follows from the seed and the number
// of keys alone; times are relative to now, in whole hours.
type seeder struct {
	*tenant
	now     time.Time
	names   *namer
	spots   map[string][]spot
	special map[placing]spot
	certs   map[certChoice]*object
	shortID int64
}

// spot is a group to put keys into, and how their names begin.
type spot struct {
	code  string
	group *object
}

func seedTenant(seed int64, keys int, now time.Time) *tenant {
	m := newMaterial(seed, tenantStream)
	s := &seeder{
		tenant: &tenant{
			material:   m,
			customerID: "2161962" + strconv.FormatInt(m.between(1e10, 1e11-1), 10),
			keys:       map[string][]*object{},
			keyByID:    make(map[string]key, keys),
			referenced: map[string]bool{},
			groups:     map[string][]*object{},
			machines:   map[string][]*object{},
		},
		now:     now.Truncate(time.Hour),
		names:   newNamer(),
		spots:   map[string][]spot{},
		special: map[placing]spot{},
		certs:   map[certChoice]*object{},
		shortID: 58856,
	}
	s.addMicrotenants()
	s.addCertificates()
	s.addGroups()
	planned := plan()
	for _, p := range planned {
		s.names.reserve(p.name)
	}
	for i := range keys {
		if i < len(planned) {
			s.add(planned[i])
		} else {
			s.add(m.sketchAny(fairKind(s.tenant)))
		}
	}
	return s.tenant
}

// add makes the key of a sketch and the machines that enrolled with it.
func (s *seeder) add(sk sketch) {
	m := s.material
	at, special := s.special[sk.place]
	if !special {
		at = s.spots[sk.kind][m.rng.IntN(len(s.spots[sk.kind]))]
	}
	name := sk.name
	if name == "" {
		roles := rolesOf(sk.kind, strings.ContainsAny(at.code, "0123456789"))
		name = s.names.next(at.code, roles[m.rng.IntN(len(roles))], m.percent(6))
	}
	uses, limit := m.usage(sk.uses)
	created := s.now.Add(-time.Duration(m.between(80*24, 700*24)) * time.Hour)
	modified := created.Add(time.Duration(m.between(0, int64(s.now.Sub(created)/time.Second))) * time.Second)

	k := key{sk.kind, &object{fields: make([]field, 0, 20)}}
	k.setText(fieldID, s.keyID())
	k.setText(fieldName, name)
	k.setBool(fieldEnabled, !sk.disabled)
	k.setInt(fieldUses, uses)
	k.setInt(fieldMaxUses, limit)
	k.setText(fieldGroup, at.group.text(fieldID))
	k.setText(fieldGroupName, at.group.text(fieldName))
	cert := s.certificateFor(sk)
	k.setText(fieldCert, cert.text(fieldID))
	k.setText(fieldCertName, cert.text(fieldName))
	k.setBool(fieldExportable, !sk.hidden)
	k.setBool(fieldReadOnly, sk.readOnly)
	k.setBool(fieldManaged, sk.managed)
	k.setInt(fieldCreated, created.Unix())
	k.touch(modified, byAdministrator)
	if uses > 0 {
		k.touch(modified, byEnrolment)
	}
	if sk.managed {
		k.touch(modified, bySystem)
	}
	s.addOptional(k, sk)
	k.setText(fieldTenant, at.group.text(fieldTenant))
	k.setText(fieldTenantName, at.group.text(fieldTenantName))
	k.setText(fieldText, m.keyText())
	s.addKey(k)
	if sk.referenced {
		s.referenced[k.text(fieldID)] = true
	}
	s.addMachines(k, created)
}

// keyID is long for most keys and short for some: both occur.
func (s *seeder) keyID() string {
	if !s.material.percent(5) {
		return s.material.id()
	}
	s.shortID += s.material.between(1, 9)
	return strconv.FormatInt(s.shortID, 10)
}

func (s *seeder) addOptional(k key, sk sketch) {
	m := s.material
	switch {
	case sk.expired:
		k.setInt(fieldExpiry, s.now.Add(-time.Duration(m.between(1, 60))*day).Unix())
	case sk.extras:
		k.setInt(fieldExpiry, s.now.Add(time.Duration(m.between(40, 400))*day).Unix())
		k.setRaw(fieldIPACL, `["203.0.113.0/24","198.51.100.7"]`)
		k.setText("uiConfig", `{"tag":"wan"}`)
	}
}

// usage returns uses and limit. Only a nearly used-up key has 80 percent of
// its uses gone or one left.
func (m *material) usage(level useLevel) (uses, limit int64) {
	limits := []int64{5, 10, 20, 25, 40, 50, 60, 100, 200, 500}
	limit = limits[m.rng.IntN(len(limits))]
	switch level {
	case fresh:
		return 0, limit
	case nearly:
		limit = max(limit, 20)
		return m.between((limit*nearlyUsedUp+99)/100, limit-2), limit
	case oneLeft:
		return limit - 1, limit
	case allUsed:
		limit = min(limit, 60)
		return limit, limit
	case hugeLimit:
		return m.between(0, 40), maxMaxUses
	default:
		return m.between(0, min(limit-2, (limit*nearlyUsedUp-1)/100)), limit
	}
}

func (s *seeder) certificateFor(sk sketch) *object {
	if c, special := s.certs[sk.cert]; special {
		return c
	}
	name := "Connector"
	if sk.kind == KindServiceEdge {
		name = "Service Edge"
	}
	for _, c := range s.certificates {
		if c.text(fieldName) == name {
			return c
		}
	}
	return s.certificates[0]
}

// addMachines lists what enrolled with a key. Both the machines of one key and
// those of the tenant are bounded, so that a huge tenant is still made at once.
func (s *seeder) addMachines(k key, created time.Time) {
	count := min(k.uses(), machinesPerKey)
	step := s.now.Sub(created) / time.Duration(count+1)
	for n := int64(1); n <= count; n++ {
		total := 0
		for _, list := range s.machines {
			total += len(list)
		}
		if total >= machinesInTenant {
			return
		}
		state := connected
		switch have := len(s.machines[k.kind]); {
		case have%29 == 28:
			state = neverCalledHome
		case have%13 == 12:
			state = disconnected
		}
		s.addMachine(k, n, created.Add(time.Duration(n)*step), state, s.now)
	}
}
