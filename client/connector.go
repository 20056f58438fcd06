package client

import (
	"cmp"
	"context"
	"encoding/json"
	"html"
	"time"
)

// Connector is what was enrolled with a key: an App Connector, and just as well a
// Service Edge or a Private Cloud Controller. One that never called home has no
// version, status or times.
type Connector struct {
	Kind            Kind
	ID              ID
	Name            string
	Enabled         bool
	Fingerprint     string
	Version         string
	ExpectedVersion string
	UpgradeStatus   string
	ControlStatus   string    // such as "ZPN_STATUS_AUTHENTICATED"
	Created         time.Time // when it enrolled
	LastConnect     time.Time
	LastDisconnect  time.Time
	PrivateIP       string
	PublicIP        string
	Platform        string
	KeyID           ID // the provisioning key it enrolled with
	Key             string
	GroupID         ID
	Group           string
	CertificateID   ID // what signed its enrolment
	Certificate     string
	MicrotenantID   ID
	Microtenant     string
}

// Ref returns what names the connector for good: an id within its kind.
func (c Connector) Ref() Ref { return Ref{Kind: c.Kind, ID: c.ID} }

type wireConnector struct {
	ID              ID      `json:"id"`
	Name            string  `json:"name"`
	Enabled         boolean `json:"enabled"`
	Fingerprint     string  `json:"fingerprint"`
	Version         string  `json:"currentVersion"`
	ExpectedVersion string  `json:"expectedVersion"`
	UpgradeStatus   string  `json:"upgradeStatus"`
	ControlStatus   string  `json:"controlChannelStatus"`
	Created         integer `json:"creationTime"`
	LastConnect     integer `json:"lastBrokerConnectTime"`
	LastDisconnect  integer `json:"lastBrokerDisconnectTime"`
	PrivateIP       string  `json:"privateIp"`
	PublicIP        string  `json:"publicIp"`
	Platform        string  `json:"platform"`
	KeyID           ID      `json:"provisioningKeyId"`
	Key             string  `json:"provisioningKeyName"`
	Certificate     named   `json:"enrollmentCert"`
	MicrotenantID   ID      `json:"microtenantId"`
	Microtenant     string  `json:"microtenantName"`

	// Each kind's list has a name of its own for the group.
	AppGroupID        ID     `json:"appConnectorGroupId"`
	AppGroup          string `json:"appConnectorGroupName"`
	EdgeGroupID       ID     `json:"serviceEdgeGroupId"`
	EdgeGroup         string `json:"serviceEdgeGroupName"`
	ControllerGroupID ID     `json:"privateCloudControllerGroupId"`
	ControllerGroup   string `json:"privateCloudControllerGroupName"`
}

func (w wireConnector) connector(kind Kind) Connector {
	return Connector{
		Kind: kind, ID: w.ID, Name: html.UnescapeString(w.Name), Enabled: bool(w.Enabled), Fingerprint: w.Fingerprint,
		Version: w.Version, ExpectedVersion: w.ExpectedVersion, UpgradeStatus: w.UpgradeStatus,
		ControlStatus: w.ControlStatus, Created: w.Created.time(), LastConnect: w.LastConnect.time(), LastDisconnect: w.LastDisconnect.time(),
		PrivateIP: w.PrivateIP, PublicIP: w.PublicIP, Platform: w.Platform,
		KeyID: w.KeyID, Key: html.UnescapeString(w.Key),
		GroupID:       cmp.Or(w.AppGroupID, w.EdgeGroupID, w.ControllerGroupID),
		Group:         html.UnescapeString(cmp.Or(w.AppGroup, w.EdgeGroup, w.ControllerGroup)),
		CertificateID: w.Certificate.ID, Certificate: html.UnescapeString(w.Certificate.Name),
		MicrotenantID: w.MicrotenantID, Microtenant: html.UnescapeString(w.Microtenant),
	}
}

// named is another object as one mentions it.
type named struct {
	ID   ID
	Name string
}

// UnmarshalJSON takes an object; anything else counts as none, because a list is
// not worth losing for it.
func (n *named) UnmarshalJSON(b []byte) error {
	var w struct {
		ID   ID     `json:"id"`
		Name string `json:"name"`
	}
	if json.Unmarshal(b, &w) == nil {
		*n = named(w)
	}
	return nil
}

// machines returns the list of a kind that has one.
func (c *Client) machines(ctx context.Context, kind Kind) ([]Connector, error) {
	return all(ctx, c, c.customerPath("v1", machineLists[kind]), func(w wireConnector) Connector { return w.connector(kind) })
}

// Connectors returns every App Connector of the tenant. The other kinds'
// machines have lists of their own.
func (c *Client) Connectors(ctx context.Context) ([]Connector, error) {
	return c.machines(ctx, AppConnector)
}
