package mockserver

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	statusConnected    = "ZPN_STATUS_AUTHENTICATED"
	statusDisconnected = "ZPN_STATUS_DISCONNECTED"
	currentVersion     = "26.41.2"
	formerVersion      = "25.300.1"
)

// contact is what is known of a machine since it enrolled.
type contact int

const (
	connected contact = iota
	disconnected
	neverCalledHome
)

// groupField names the fields in which a machine carries its group.
type groupField struct{ id, name string }

func groupFields(kind string) groupField {
	switch kind {
	case KindAppConnector:
		return groupField{"appConnectorGroupId", "appConnectorGroupName"}
	case KindServiceEdge:
		return groupField{"serviceEdgeGroupId", "serviceEdgeGroupName"}
	case KindNetworkConnector:
		return groupField{"networkConnectorGroupId", "networkConnectorGroupName"}
	default:
		return groupField{"privateCloudControllerGroupId", "privateCloudControllerGroupName"}
	}
}

// addMachine makes what enrolled as number n with a key, and lists it.
func (t *tenant) addMachine(k key, n int64, enrolled time.Time, state contact, now time.Time) *object {
	m, group := newObject(26), groupFields(k.kind)
	m.addText(fieldID, t.material.id())
	m.addText(fieldName, k.text(fieldName)+"-"+strconv.FormatInt(n, 10))
	m.addRaw(fieldEnabled, "true")
	m.addText("fingerprint", t.material.fingerprint())
	m.addText("expectedVersion", currentVersion)
	switch state {
	case connected:
		m.addText("currentVersion", currentVersion)
		m.addText("upgradeStatus", "COMPLETE")
		m.addText("controlChannelStatus", statusConnected)
		m.addInt("lastBrokerConnectTime", max(enrolled.Unix(), now.Add(-26*time.Hour).Unix()))
	case disconnected:
		m.addText("currentVersion", formerVersion)
		m.addText("upgradeStatus", "FAILED")
		m.addText("controlChannelStatus", statusDisconnected)
		m.addInt("lastBrokerConnectTime", enrolled.Unix())
		m.addInt("lastBrokerDisconnectTime", max(enrolled.Unix(), now.Add(-50*time.Hour).Unix()))
	case neverCalledHome:
	}
	if state != neverCalledHome {
		m.addText("privateIp", t.material.privateIP())
		m.addText("publicIp", t.material.publicIP())
		m.addText("platform", "el9")
	}
	m.addText(fieldKeyID, k.text(fieldID))
	m.addText(fieldKeyName, k.text(fieldName))
	m.addText(group.id, k.text(fieldGroup))
	m.addText(group.name, k.text(fieldGroupName))
	m.addRaw("enrollmentCert", `{"id":`+quote(k.text(fieldCert))+`,"name":`+quote(k.text(fieldCertName))+`}`)
	m.addText(fieldTenant, k.text(fieldTenant))
	m.addText(fieldTenantName, k.text(fieldTenantName))
	m.addInt(fieldCreated, enrolled.Unix())
	m.addInt(fieldModified, enrolled.Unix())
	m.addText(fieldModifiedBy, bySystem)
	t.machines[k.kind] = append(t.machines[k.kind], m)
	return m
}

// renameKeyOfMachines shows a key's new name at everything enrolled with it.
func (t *tenant) renameKeyOfMachines(k key) {
	for _, m := range t.machines[k.kind] {
		if m.text(fieldKeyID) == k.text(fieldID) {
			m.setText(fieldKeyName, k.text(fieldName))
		}
	}
}

// listMachines lists connectors, service edges or controllers, in the order
// asked for by sortBy and sortDir.
func (s *Server) listMachines(kind string) handler {
	return func(c call) (answer, error) {
		list := s.tenant.machines[kind]
		if by := c.query.Get("sortBy"); by != "" {
			list = slices.Clone(list)
			slices.SortStableFunc(list, func(a, b *object) int {
				if strings.HasPrefix(strings.ToUpper(c.query.Get("sortDir")), "DESC") {
					a, b = b, a
				}
				return compare(strings.ToLower(a.text(by)), strings.ToLower(b.text(by)))
			})
		}
		return c.list(list, asStored)
	}
}

func (s *Server) getMachine(kind string) handler {
	return func(c call) (answer, error) {
		m, err := s.machineOf(kind, c, c.req.PathValue("id"))
		if err != nil {
			return answer{}, err
		}
		return ok(m.appendJSON(nil)), nil
	}
}

func (s *Server) machineOf(kind string, c call, id string) (*object, error) {
	m, known := withID(s.tenant.machines[kind], id)
	if !known || !c.sees(m) {
		return nil, notFound("connector", id)
	}
	return m, nil
}

// updateConnector replaces name, description, switch and whatever else is not
// reported by the connector itself.
func (s *Server) updateConnector(c call) (answer, error) {
	m, err := s.machineOf(KindAppConnector, c, c.req.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	body, err := c.object()
	if err != nil {
		return answer{}, err
	}
	if raw, _ := body.raw(fieldName); !strings.HasPrefix(raw, `"`) || strings.TrimSpace(body.text(fieldName)) == "" {
		return answer{}, invalid(fieldName, "name is required")
	}
	next := replaced(m, body, reportedByConnector())
	next.setBool(fieldEnabled, body.text(fieldEnabled) != "false")
	next.setInt(fieldModified, c.now.Unix())
	next.setText(fieldModifiedBy, byAdministrator)
	*m = *next
	return noContent(), nil
}

// reportedByConnector are the fields that an update cannot change.
func reportedByConnector() []string {
	group := groupFields(KindAppConnector)
	return []string{
		fieldID, "fingerprint", "currentVersion", "expectedVersion", "upgradeStatus",
		"controlChannelStatus", "lastBrokerConnectTime", "lastBrokerDisconnectTime",
		"privateIp", "publicIp", "platform", fieldKeyID, fieldKeyName, group.id, group.name,
		"enrollmentCert", fieldTenant, fieldTenantName, fieldCreated, fieldModified, fieldModifiedBy,
	}
}

func (s *Server) deleteConnector(c call) (answer, error) {
	m, err := s.machineOf(KindAppConnector, c, c.req.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	s.tenant.dropConnectors([]*object{m})
	return noContent(), nil
}

// deleteConnectors deletes all that are named, or none if one is unknown.
func (s *Server) deleteConnectors(c call) (answer, error) {
	body, err := c.object()
	if err != nil {
		return answer{}, err
	}
	var ids []string
	raw, _ := body.raw("ids")
	if err := json.Unmarshal([]byte(raw), &ids); err != nil || len(ids) == 0 {
		return answer{}, invalid("ids", "ids must be a list of connector ids")
	}
	gone := make([]*object, 0, len(ids))
	for _, id := range ids {
		m, err := s.machineOf(KindAppConnector, c, id)
		if err != nil {
			return answer{}, err
		}
		gone = append(gone, m)
	}
	s.tenant.dropConnectors(gone)
	return answer{status: http.StatusOK}, nil
}

// dropConnectors leaves the uses of their keys alone: a use is never given back.
func (t *tenant) dropConnectors(gone []*object) {
	t.machines[KindAppConnector] = slices.DeleteFunc(t.machines[KindAppConnector],
		func(m *object) bool { return slices.Contains(gone, m) })
}
