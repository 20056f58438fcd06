package client

// Kind is what a provisioning key enrols. Its text is the word of the command
// line; the zero value is no kind.
type Kind string

// The four kinds, in the order in which they are shown.
const (
	AppConnector     Kind = "app-connector"
	NetworkConnector Kind = "network-connector"
	ServiceEdge      Kind = "service-edge"
	CloudController  Kind = "cloud-controller"
)

// Kinds returns every kind, in the order in which they are shown.
func Kinds() []Kind {
	return []Kind{AppConnector, NetworkConnector, ServiceEdge, CloudController}
}

// ParseKind returns the kind of a word such as "app-connector"; false when
// there is no such kind.
func ParseKind(word string) (Kind, bool) {
	for _, k := range Kinds() {
		if string(k) == word {
			return k, true
		}
	}
	return "", false
}

// Title returns the kind in words, such as "app connector".
func (k Kind) Title() string {
	switch k {
	case AppConnector:
		return "app connector"
	case NetworkConnector:
		return "network connector"
	case ServiceEdge:
		return "service edge"
	case CloudController:
		return "cloud controller"
	}
	return "unknown kind"
}

// AssociationType returns the API's name of the kind, as it stands in paths.
func (k Kind) AssociationType() string {
	switch k {
	case AppConnector:
		return "CONNECTOR_GRP"
	case NetworkConnector:
		return "NP_ASSISTANT_GRP"
	case ServiceEdge:
		return "SERVICE_EDGE_GRP"
	case CloudController:
		return "SITE_CONTROLLER_GRP"
	}
	return ""
}
