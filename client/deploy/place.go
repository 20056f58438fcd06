package deploy

import (
	"fmt"

	"provkeys/client"
)

// variable is what the vendor's images read the key text from. Their start.sh
// writes it into the file only where there is none: an existing file wins.
const variable = "ZPA_PROVISION_KEY"

// Path returns where a machine of the kind looks for its key text, "" for an
// unknown kind. The paths, the services and mode 644 (the services do not run as
// root) are those of the vendor's deployment guides.
func Path(kind client.Kind) string {
	switch kind {
	case client.AppConnector, client.NetworkConnector:
		return "/opt/zscaler/var/provision_key"
	case client.ServiceEdge:
		return "/opt/zscaler/var/service-edge/provision_key"
	case client.CloudController:
		return "/opt/zscaler/var/pcc/provision_key"
	}
	return ""
}

// Service returns the systemd unit that reads the file, "" for an unknown kind.
func Service(kind client.Kind) string {
	switch kind {
	case client.AppConnector:
		return "zpa-connector"
	case client.NetworkConnector:
		return "np-connector"
	case client.ServiceEdge:
		return "zpa-service-edge"
	case client.CloudController:
		return "zpa-pcc"
	}
	return ""
}

// image returns the name of the kind's image on Docker Hub, "" where none is
// published. The vendor's Docker guides run it under the service's name.
func image(kind client.Kind) string {
	switch kind {
	case client.AppConnector, client.ServiceEdge:
		return "zscaler/" + Service(kind)
	}
	return ""
}

// Fits returns nil when the form exists for a kind, else an error wrapping
// ErrNoForm that says what to use instead. What runs at a first boot fits every
// kind: it takes any image that has the kind's package.
func (f Form) Fits(kind client.Kind) error {
	if Service(kind) == "" {
		return fmt.Errorf("%w: the kind of the key is unknown", ErrNoForm)
	}
	var lacking string
	switch f {
	case Text, File, CloudInit, AWS, Azure, GCP:
		return nil
	case Env:
		if image(kind) != "" {
			return nil
		}
		lacking = fmt.Sprintf("no %s reads %s; use %s or %s", kind.Title(), variable, File, CloudInit)
	case Docker:
		if image(kind) != "" {
			return nil
		}
		lacking = fmt.Sprintf("no Docker image of the %s is published; use %s or %s", kind.Title(), File, CloudInit)
	case Helm:
		switch kind {
		case client.AppConnector:
			return nil
		case client.ServiceEdge:
			lacking = fmt.Sprintf("only the app connector has a Helm chart; use %s, %s or %s", Docker, File, CloudInit)
		default:
			lacking = fmt.Sprintf("only the app connector has a Helm chart; use %s or %s", File, CloudInit)
		}
	case Terraform:
		// The two association types that the data source documents.
		if kind == client.AppConnector || kind == client.ServiceEdge {
			return nil
		}
		lacking = fmt.Sprintf("the vendor's data source knows no key of a %s; use %s", kind.Title(), CloudInit)
	default:
		lacking = "the form is unknown"
	}
	return fmt.Errorf("%w: %s", ErrNoForm, lacking)
}
