package mockserver

import (
	"net/http"
	"slices"
	"time"
)

// listKeys is a page of the keys of one kind.
func (s *Server) listKeys(c call) (answer, error) {
	kind, err := c.kind()
	if err != nil {
		return answer{}, err
	}
	return c.list(s.tenant.keys[kind], shownKey)
}

func (s *Server) getKey(c call) (answer, error) {
	k, err := s.keyOf(c)
	if err != nil {
		return answer{}, err
	}
	return ok(shownKey(k.object).appendJSON(nil)), nil
}

// createKey answers with the key text even of a hidden key, this once, and
// without the names of certificate and group.
func (s *Server) createKey(c call) (answer, error) {
	kind, err := c.kind()
	if err != nil {
		return answer{}, err
	}
	body, err := c.object()
	if err != nil {
		return answer{}, err
	}
	if _, given := body.raw(fieldTenant); !given {
		body.setText(fieldTenant, c.query.Get(fieldTenant))
	}
	k := key{kind, body.without(ownedByServer()...)}
	if err := s.tenant.tidy(k); err != nil {
		return answer{}, err
	}
	if err := s.tenant.check(k, nil, c.now); err != nil {
		return answer{}, err
	}
	m := s.tenant.material
	k.object = front(k.object, fieldID, m.id())
	k.setInt(fieldUses, 0)
	k.setBool(fieldReadOnly, false)
	k.setBool(fieldManaged, false)
	k.setInt(fieldCreated, c.now.Unix())
	k.touch(c.now, byAdministrator)
	k.setText(fieldText, m.keyText())
	s.tenant.nameReferences(k)
	s.tenant.addKey(k)
	s.applied(c, k.kind, nil, k.object)
	return ok(k.without(joinedNames()...).appendJSON(nil)), nil
}

// updateKey replaces everything a client may write by what it sent: a field
// that was left out is gone, and a switch that was left out is on.
func (s *Server) updateKey(c call) (answer, error) {
	k, err := s.keyOf(c)
	if err != nil {
		return answer{}, err
	}
	body, err := c.object()
	if err != nil {
		return answer{}, err
	}
	if err := changeable(k); err != nil {
		return answer{}, err
	}
	if err := refuseUnhiding(k, body); err != nil {
		return answer{}, err
	}
	next := key{k.kind, replaced(k.object, body, ownedByServer())}
	if err := s.tenant.tidy(next); err != nil {
		return answer{}, err
	}
	if err := s.tenant.check(next, &k, c.now); err != nil {
		return answer{}, err
	}
	next.touch(c.now, byAdministrator)
	for _, name := range joinedNames() {
		next.remove(name)
	}
	s.tenant.nameReferences(next)
	s.applied(c, k.kind, k.object, next.object)
	*k.object = *next.object
	s.tenant.renameKeyOfMachines(k)
	return noContent(), nil
}

func (s *Server) deleteKey(c call) (answer, error) {
	k, err := s.keyOf(c)
	if err != nil {
		return answer{}, err
	}
	if err := changeable(k); err != nil {
		return answer{}, err
	}
	if s.tenant.referenced[k.text(fieldID)] {
		return answer{}, &Refusal{
			Status: http.StatusBadRequest, ID: "resource.referenced",
			Reason: "the provisioning key is in use elsewhere and cannot be deleted", Params: []string{k.text(fieldID)},
		}
	}
	s.tenant.dropKey(k)
	s.applied(c, k.kind, k.object, nil)
	return noContent(), nil
}

// keyOf finds the key that a call is about.
func (s *Server) keyOf(c call) (key, error) {
	kind, err := c.kind()
	if err != nil {
		return key{}, err
	}
	id := c.req.PathValue("id")
	k, known := s.tenant.keyByID[id]
	if !known || k.kind != kind || !c.sees(k.object) {
		return key{}, notFound("provisioning key", id)
	}
	return k, nil
}

func (c call) kind() (string, error) {
	kind := c.req.PathValue("kind")
	if !slices.Contains(kinds(), kind) {
		return "", invalid("associationType", "there is no such association type")
	}
	return kind, nil
}

// changeable refuses what belongs to the vendor.
func changeable(k key) error {
	if !k.isTrue(fieldReadOnly) && !k.isTrue(fieldManaged) {
		return nil
	}
	return &Refusal{
		Status: http.StatusBadRequest, ID: "resource.readonly",
		Reason: "the provisioning key is managed by Zscaler or read-only: it can be neither changed nor deleted",
		Params: []string{k.text(fieldID)},
	}
}

// shownKey is what GET gives: the text of a hidden key is never shown again.
func shownKey(o *object) *object {
	if (key{object: o}).hidden() {
		return o.without(fieldText)
	}
	return o
}

// touch notes who changed the key, and when.
func (k key) touch(now time.Time, by string) {
	k.setInt(fieldModified, now.Unix())
	k.setText(fieldModifiedBy, by)
}

// nameReferences joins the names of group, certificate and microtenant in.
func (t *tenant) nameReferences(k key) {
	if g, known := withID(t.groups[k.kind], k.text(fieldGroup)); known {
		k.setText(fieldGroupName, g.text(fieldName))
	} else {
		// A network connector group need not be known here, yet it has a name.
		k.setText(fieldGroupName, "Network connectors "+k.text(fieldGroup))
	}
	if c, known := t.certificate(k.text(fieldCert)); known {
		k.setText(fieldCertName, c.text(fieldName))
	}
	if m, known := withID(t.microtenants, k.text(fieldTenant)); known {
		k.setText(fieldTenantName, m.text(fieldName))
	}
}

// front returns the object with a field put first.
func front(o *object, name, value string) *object {
	first := &object{fields: make([]field, 0, len(o.fields)+1)}
	first.setText(name, value)
	first.fields = append(first.fields, o.fields...)
	return first
}
