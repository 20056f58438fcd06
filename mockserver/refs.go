package mockserver

// fieldMachines is where a Service Edge group carries its members.
const fieldMachines = "serviceEdges"

// listGroups lists the groups of a kind. Network connectors have no such call.
func (s *Server) listGroups(kind string) handler {
	return func(c call) (answer, error) {
		return c.list(s.tenant.groups[kind], s.tenant.shownGroup(kind))
	}
}

func (s *Server) getGroup(kind string) handler {
	return func(c call) (answer, error) {
		id := c.req.PathValue("id")
		g, known := withID(s.tenant.groups[kind], id)
		if !known || !c.sees(g) {
			return answer{}, notFound("group", id)
		}
		return ok(s.tenant.shownGroup(kind)(g).appendJSON(nil)), nil
	}
}

// shownGroup puts the service edges into their group, where the API has them.
func (t *tenant) shownGroup(kind string) func(*object) *object {
	if kind != KindServiceEdge {
		return asStored
	}
	return func(g *object) *object {
		var members []*object
		for _, m := range t.machines[kind] {
			if m.text(groupFields(kind).id) == g.text(fieldID) {
				members = append(members, m)
			}
		}
		shown := g.without()
		if len(members) > 0 {
			shown.setRaw(fieldMachines, string(jsonArray(members)))
		}
		return shown
	}
}

// listCertificates is the v2 call; certificates belong to all microtenants.
func (s *Server) listCertificates(c call) (answer, error) {
	conditions, err := parseSearch(c.query.Get("search"))
	if err != nil {
		return answer{}, err
	}
	return c.page(matching(s.tenant.certificates, conditions), asStored)
}

// getCertificate is the v1 call.
func (s *Server) getCertificate(c call) (answer, error) {
	id := c.req.PathValue("id")
	cert, known := s.tenant.certificate(id)
	if !known {
		return answer{}, notFound("enrollment certificate", id)
	}
	return ok(cert.appendJSON(nil)), nil
}

func (s *Server) listMicrotenants(c call) (answer, error) {
	conditions, err := parseSearch(c.query.Get("search"))
	if err != nil {
		return answer{}, err
	}
	return c.page(matching(s.tenant.microtenants, conditions), asStored)
}

// summarizeMicrotenants answers with a bare array, no page around it.
func (s *Server) summarizeMicrotenants(call) (answer, error) {
	list := []*object{}
	for _, m := range s.tenant.microtenants {
		o := &object{}
		o.setText(fieldID, m.text(fieldID))
		o.setText(fieldName, m.text(fieldName))
		o.setBool(fieldEnabled, m.isTrue(fieldEnabled))
		list = append(list, o)
	}
	return ok(jsonArray(list)), nil
}

// whoAmI names the tenant that the token is for.
func (s *Server) whoAmI(call) (answer, error) {
	o := &object{}
	o.setText("customerId", s.tenant.customerID)
	o.setText("customerName", customerName)
	o.setText(fieldTenantName, defaultTenant)
	return ok(o.appendJSON(nil)), nil
}
