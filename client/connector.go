package client

import (
	"context"
	"html"
	"time"
)

// Connector is an App Connector that was enrolled with a key. One that never
// called home has no version, status or times.
type Connector struct {
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
}

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
	GroupID         ID      `json:"appConnectorGroupId"`
	Group           string  `json:"appConnectorGroupName"`
}

func (w wireConnector) connector() Connector {
	return Connector{
		ID: w.ID, Name: html.UnescapeString(w.Name), Enabled: bool(w.Enabled), Fingerprint: w.Fingerprint,
		Version: w.Version, ExpectedVersion: w.ExpectedVersion, UpgradeStatus: w.UpgradeStatus,
		ControlStatus: w.ControlStatus, Created: w.Created.time(), LastConnect: w.LastConnect.time(), LastDisconnect: w.LastDisconnect.time(),
		PrivateIP: w.PrivateIP, PublicIP: w.PublicIP, Platform: w.Platform,
		KeyID: w.KeyID, Key: html.UnescapeString(w.Key), GroupID: w.GroupID, Group: html.UnescapeString(w.Group),
	}
}

// Connectors returns every App Connector of the tenant. The other kinds'
// machines have lists of their own.
func (c *Client) Connectors(ctx context.Context) ([]Connector, error) {
	return all(ctx, c, c.customerPath("v1", "connector"), wireConnector.connector)
}
