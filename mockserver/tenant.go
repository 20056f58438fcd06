package mockserver

import (
	"slices"
	"time"
)

// The kinds of a provisioning key, as they stand in the path of a call.
const (
	KindAppConnector     = "CONNECTOR_GRP"
	KindServiceEdge      = "SERVICE_EDGE_GRP"
	KindNetworkConnector = "NP_ASSISTANT_GRP"
	KindCloudController  = "SITE_CONTROLLER_GRP"
)

// kinds returns all kinds in the order in which keys are counted and searched.
func kinds() []string {
	return []string{KindAppConnector, KindServiceEdge, KindNetworkConnector, KindCloudController}
}

// The fields of a key that rules look at.
const (
	fieldID         = "id"
	fieldName       = "name"
	fieldEnabled    = "enabled"
	fieldUses       = "usageCount"
	fieldMaxUses    = "maxUsage"
	fieldGroup      = "zcomponentId"
	fieldGroupName  = "zcomponentName"
	fieldCert       = "enrollmentCertId"
	fieldCertName   = "enrollmentCertName"
	fieldExportable = "exportable"
	fieldReadOnly   = "readOnly"
	fieldManaged    = "zscalerManaged"
	fieldExpiry     = "expirationInEpochSec"
	fieldIPACL      = "ipAcl"
	fieldTenant     = "microtenantId"
	fieldTenantName = "microtenantName"
	fieldCreated    = "creationTime"
	fieldModified   = "modifiedTime"
	fieldModifiedBy = "modifiedBy"
	fieldText       = "provisioningKey"
)

// The fields of what enrolled, and of a certificate, that rules look at.
const (
	fieldKeyID    = "provisioningKeyId"
	fieldKeyName  = "provisioningKeyName"
	fieldCertEnds = "validToInEpochSec"
	fieldMaySign  = "allowSigning"
)

// Who changed a key last.
const (
	byEnrolment     = "-2"
	bySystem        = "3"
	byAdministrator = "216196257331372705"
)

const (
	customerName    = "Mock Example Corp"
	defaultTenant   = "Default"
	defaultTenantID = "0"

	maxNameLength = 255
	maxMaxUses    = 999_999_999
	// nearlyUsedUp is in percent of the limit.
	nearlyUsedUp = 80

	machinesPerKey   = 12
	machinesInTenant = 5000
)

// key is a provisioning key: its fields as the API has them, key text
// included, and the kind that no answer carries.
type key struct {
	kind string
	*object
}

// tenant is everything that the API can be asked for.
type tenant struct {
	material     *material
	customerID   string
	keys         map[string][]*object
	keyByID      map[string]key
	referenced   map[string]bool // ids of the keys that are in use elsewhere
	groups       map[string][]*object
	machines     map[string][]*object
	certificates []*object
	microtenants []*object
}

// addKey puts a key at the end of its kind.
func (t *tenant) addKey(k key) {
	t.keys[k.kind] = append(t.keys[k.kind], k.object)
	t.keyByID[k.text(fieldID)] = k
}

// dropKey removes a key. Connectors enrolled with it stay, as in a real tenant.
func (t *tenant) dropKey(k key) {
	delete(t.keyByID, k.text(fieldID))
	delete(t.referenced, k.text(fieldID))
	t.keys[k.kind] = slices.DeleteFunc(t.keys[k.kind], func(o *object) bool { return o == k.object })
}

// keyNamed returns the first key of that name among the given kinds.
func (t *tenant) keyNamed(name string, among ...string) (key, bool) {
	raw := quote(name)
	for _, kind := range among {
		for _, o := range t.keys[kind] {
			if have, _ := o.raw(fieldName); have == raw {
				return key{kind, o}, true
			}
		}
	}
	return key{}, false
}

func (t *tenant) certificate(id string) (*object, bool) { return withID(t.certificates, id) }

// certificateEnded says whether the key's signing certificate has run out.
func (t *tenant) certificateEnded(k key, now time.Time) bool {
	c, known := t.certificate(k.text(fieldCert))
	if !known {
		return true
	}
	ends, known := c.integer(fieldCertEnds)
	return known && ends <= now.Unix()
}

// withID returns the object of that id.
func withID(list []*object, id string) (*object, bool) {
	i := slices.IndexFunc(list, func(o *object) bool { return o.text(fieldID) == id })
	if i < 0 {
		return nil, false
	}
	return list[i], true
}

// expired says whether the key's own end of life has passed.
func (k key) expired(now time.Time) bool {
	ends, limited := k.integer(fieldExpiry)
	return limited && ends > 0 && ends <= now.Unix()
}

func (k key) uses() int64 {
	n, _ := k.integer(fieldUses)
	return n
}

func (k key) usedUp() bool {
	limit, _ := k.integer(fieldMaxUses)
	return k.uses() >= limit
}

func (k key) hidden() bool { return !k.isTrue(fieldExportable) }
