package mockserver

// useLevel is how far a key is used.
type useLevel int

const (
	someUses useLevel = iota
	fresh
	nearly
	oneLeft
	allUsed
	hugeLimit
)

// certChoice is which signing certificate a key has.
type certChoice int

const (
	kindsDefault certChoice = iota
	ownCert
	endingCert
	endedCert
)

// placing is which group a key is in.
type placing int

const (
	anywhere placing = iota
	atFirstPlace
	inHostileGroup
	inResearch
	inSubsidiary
)

// sketch says what is special about a key to be made. The zero value is an ok
// key with a made-up name.
type sketch struct {
	kind     string
	name     string
	uses     useLevel
	cert     certChoice
	place    placing
	hidden   bool
	disabled bool
	expired  bool
	managed  bool
	readOnly bool
	// referenced is in use elsewhere and cannot be deleted.
	referenced bool
	// extras gives it an end to come, allowed addresses and a uiConfig.
	extras bool
}

// plan lists the first keys of every tenant: each state, then each hostile
// name, then what else is worth meeting. A small tenant has the first of them.
func plan() []sketch {
	return []sketch{
		{kind: KindAppConnector, name: firstOKName, place: atFirstPlace},
		{kind: KindAppConnector, name: firstUsedUpName, place: atFirstPlace, uses: allUsed},
		{kind: KindAppConnector, uses: oneLeft},
		{kind: KindServiceEdge, uses: nearly},
		{kind: KindAppConnector, hidden: true},
		{kind: KindServiceEdge, disabled: true},
		{kind: KindAppConnector, expired: true},
		{kind: KindServiceEdge, cert: endedCert},
		{kind: KindAppConnector, cert: endingCert},
		{kind: KindServiceEdge, managed: true},
		{kind: KindAppConnector, readOnly: true},
		{kind: KindNetworkConnector},
		{kind: KindCloudController},

		{kind: KindAppConnector, name: hostileCSI, place: inHostileGroup},
		// It would sort before all others, so it must not be an ok key.
		{kind: KindAppConnector, name: hostileTitle, place: inHostileGroup, disabled: true},
		{kind: KindAppConnector, name: hostileClipboard, uses: nearly},
		{kind: KindServiceEdge, name: hostileBidi},
		{kind: KindAppConnector, name: hostileCJK},
		{kind: KindServiceEdge, name: hostileCombining()},
		{kind: KindAppConnector, name: hostileLong()},
		{kind: KindAppConnector, name: hostileHTML, place: inHostileGroup},
		{kind: KindServiceEdge, name: hostileLines},

		{kind: KindAppConnector, uses: allUsed, hidden: true},
		{kind: KindServiceEdge, uses: allUsed, disabled: true},
		{kind: KindAppConnector, uses: allUsed, disabled: true, expired: true},
		{kind: KindServiceEdge, uses: allUsed, managed: true},
		{kind: KindAppConnector, hidden: true, managed: true},
		{kind: KindAppConnector, place: inResearch},
		{kind: KindAppConnector, uses: nearly, place: inSubsidiary},
		{kind: KindServiceEdge, uses: allUsed, cert: endedCert},
		{kind: KindAppConnector, extras: true},
		{kind: KindAppConnector, uses: fresh, cert: ownCert},
		{kind: KindAppConnector, uses: hugeLimit},
		{kind: KindNetworkConnector, uses: allUsed},
		{kind: KindCloudController, uses: nearly, referenced: true},
		{kind: KindNetworkConnector, uses: nearly},
	}
}

// sketchAny makes up a key beyond the plan: mostly ok, some of everything.
func (m *material) sketchAny(kind string) sketch {
	s := sketch{kind: kind}
	switch roll := m.between(1, 100); {
	case roll <= 58:
	case roll <= 68:
		s.uses = fresh
	case roll <= 77:
		s.uses = nearly
	case roll <= 80:
		s.uses = oneLeft
	case roll <= 87:
		s.uses = allUsed
	case roll <= 90:
		s.hidden = true
	case roll <= 93:
		s.disabled = true
	case roll <= 95:
		s.expired = true
	case roll <= 97:
		s.managed = true
	case roll <= 98:
		s.cert = endedCert
	default:
		s.extras = true
	}
	if s.cert == kindsDefault && kind == KindAppConnector && m.percent(15) {
		s.cert = ownCert
		if m.percent(20) {
			s.cert = endingCert
		}
	}
	return s
}

// fairKind returns the kind that is furthest below its share of the keys.
func fairKind(t *tenant) string {
	share := map[string]int{
		KindAppConnector: 55, KindServiceEdge: 30, KindNetworkConnector: 8, KindCloudController: 7,
	}
	best, bestGap := "", 0
	for _, kind := range kinds() {
		gap := share[kind]*(len(t.keyByID)+1) - 100*len(t.keys[kind])
		if best == "" || gap > bestGap {
			best, bestGap = kind, gap
		}
	}
	return best
}
