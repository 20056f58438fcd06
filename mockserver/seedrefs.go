package mockserver

import (
	"strings"
	"time"
)

// fakePEM has the shape of a certificate and says in base64 that it is none.
const fakePEM = "-----BEGIN CERTIFICATE-----\n" +
	"TU9DSyBFWEFNUExFOiBOT1QgQSBDRVJUSUZJQ0FURQ==\n" +
	"-----END CERTIFICATE-----\n"

func (s *seeder) addMicrotenants() {
	for _, name := range []string{defaultTenant, "Research", "Subsidiary APAC"} {
		o := &object{}
		id := defaultTenantID
		if name != defaultTenant {
			id = s.material.id()
		}
		o.setText(fieldID, id)
		o.setText(fieldName, name)
		o.setBool(fieldEnabled, true)
		o.setInt(fieldCreated, s.now.Add(-800*day).Unix())
		s.microtenants = append(s.microtenants, o)
	}
}

// addCertificates adds the built-in ones and the tenant's own: one with years
// to go, one that ends within 20 days and one that has ended.
func (s *seeder) addCertificates() {
	year := 365 * day
	s.addCertificate("6571", "Root", -4*year, 20*year, true, false)
	s.addCertificate("6572", "Client", -4*year, 6*year, true, false)
	s.addCertificate("6573", "Connector", -4*year, 6*year, true, true)
	s.addCertificate("6574", "Service Edge", -4*year, 6*year, true, true)
	s.certs[ownCert] = s.addCertificate("7012", "Connector 2027", -200*day, 2*year, false, true)
	s.certs[endingCert] = s.addCertificate("7013", "Branch Offices", -353*day, 12*day, false, true)
	s.certs[endedCert] = s.addCertificate("7014", "Old Data Center", -374*day, -9*day, false, true)
}

func (s *seeder) addCertificate(id, name string, from, to time.Duration, builtIn, maySign bool) *object {
	o := &object{}
	o.setText(fieldID, id)
	o.setText(fieldName, name)
	o.setText("cName", strings.ReplaceAll(strings.ToLower(name), " ", "-")+"."+keyHost)
	o.setInt("validFromInEpochSec", s.now.Add(from).Unix())
	o.setInt(fieldCertEnds, s.now.Add(to).Unix())
	o.setText("issuedTo", "CN="+name)
	o.setText("issuedBy", "CN=Root")
	o.setText("serialNo", s.material.characters(16, "0123456789"))
	o.setText("certificate", fakePEM)
	o.setBool(fieldMaySign, maySign)
	o.setBool("privateKeyPresent", true)
	clientType := "NONE"
	if name == "Client" {
		clientType = "ZAPP_CLIENT"
	}
	o.setText("clientCertType", clientType)
	o.setBool(fieldReadOnly, builtIn)
	o.setBool(fieldManaged, builtIn)
	o.setInt(fieldCreated, s.now.Add(from).Unix())
	o.setInt(fieldModified, s.now.Add(from).Unix())
	o.setText(fieldModifiedBy, bySystem)
	s.certificates = append(s.certificates, o)
	return o
}

// addGroups puts a group at many places: everywhere for App Connectors, at
// fewer places for the other kinds.
func (s *seeder) addGroups() {
	all := places()
	for _, at := range []struct {
		kind, suffix string
		places       []place
	}{
		{KindAppConnector, "", all},
		{KindServiceEdge, " Edge", all[:8]},
		{KindNetworkConnector, " Network", all[:4]},
		{KindCloudController, " Controller", all[1:4]},
	} {
		for _, p := range at.places {
			g := s.addGroup(at.kind, p.name+at.suffix, p, nil)
			s.spots[at.kind] = append(s.spots[at.kind], spot{p.code, g})
		}
	}
	first := firstPlace()
	s.special[atFirstPlace] = spot{first.code, s.addGroup(KindAppConnector, first.name, first, nil)}
	s.special[inHostileGroup] = spot{"lab", s.addGroup(KindAppConnector, hostileGroup, all[2], nil)}
	s.special[inResearch] = spot{"research", s.addGroup(KindAppConnector, "Research Lab", all[9], s.microtenants[1])}
	s.special[inSubsidiary] = spot{"subsidiary", s.addGroup(KindAppConnector, "Subsidiary HQ", all[4], s.microtenants[2])}
}

// addGroup adds a group, to the default microtenant if none is given.
func (s *seeder) addGroup(kind, name string, at place, microtenant *object) *object {
	o := &object{}
	o.setText(fieldID, s.material.id())
	o.setText(fieldName, name)
	o.setBool(fieldEnabled, true)
	o.setText("cityCountry", at.city+", "+at.country)
	o.setText("countryCode", at.country)
	o.setText("location", at.city+", "+at.country)
	o.setText("latitude", at.latitude)
	o.setText("longitude", at.longitude)
	o.setText("upgradeDay", "SUNDAY")
	o.setText("upgradeTimeInSecs", "66600")
	o.setText("versionProfileId", "0")
	o.setText("versionProfileName", "Default")
	created := s.now.Add(-time.Duration(s.material.between(705, 790)) * day)
	o.setInt(fieldCreated, created.Unix())
	o.setInt(fieldModified, created.Unix())
	o.setText(fieldModifiedBy, byAdministrator)
	if microtenant != nil {
		o.setText(fieldTenant, microtenant.text(fieldID))
		o.setText(fieldTenantName, microtenant.text(fieldName))
	}
	s.groups[kind] = append(s.groups[kind], o)
	return o
}
