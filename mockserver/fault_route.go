package mockserver

import (
	"net/http"
	"slices"
	"strings"
)

const (
	anyRead  = "read"
	anyWrite = "write"
)

// The parts of the API that a fault can name.
const (
	routeKeys         = "keys"
	routeKey          = "key"
	routeGroups       = "groups"
	routeConnectors   = "connectors"
	routeCertificates = "certificates"
	routeMicrotenants = "microtenants"
	routeMe           = "me"
	routeSignIn       = "sign-in"
	routeSignOut      = "sign-out"
)

func routeNames() []string {
	return []string{
		routeKeys, routeKey, routeGroups, routeConnectors, routeCertificates,
		routeMicrotenants, routeMe, routeSignIn, routeSignOut,
	}
}

// isRoute says whether a fault can name this: a part of the API, or a path.
func isRoute(text string) bool {
	return strings.HasPrefix(text, "/") || slices.Contains(routeNames(), text)
}

// target is where in the API a call goes. It is the same at both front doors.
type target struct {
	method string
	path   string // behind the front door
	page   string // the page that is asked for, "" for the first
	route  string // "" for what the API does not have
	kind   string // "" where there is none
	id     string // of the one object that is meant
}

func targetOf(r *http.Request) target {
	p := target{method: r.Method, path: strings.TrimPrefix(r.URL.Path, oneAPIPath)}
	if r.URL.RawQuery != "" {
		p.page = r.URL.Query().Get("page")
	}
	switch r.URL.Path {
	case "/signin", "/oauth2/v1/token":
		p.route = routeSignIn
	case "/signout":
		p.route = routeSignOut
	case adminPath + "/me", oneAPIPath + adminPath + "/me":
		p.route = routeMe
	default:
		p.resource()
	}
	return p
}

// resource reads what stands behind the customer in a path.
func (p *target) resource() {
	// "", mgmtconfig, v1, admin, customers, the customer, the resource, …
	parts := strings.Split(p.path, "/")
	if len(parts) < 7 || parts[1] != "mgmtconfig" || parts[4] != "customers" {
		return
	}
	name, rest := parts[6], parts[7:]
	if len(rest) > 0 {
		p.id = rest[0]
	}
	switch name {
	case "associationType":
		p.route, p.kind, p.id = routeKeys, p.id, ""
		if len(rest) > 2 {
			p.route, p.id = routeKey, rest[2]
		}
	case "appConnectorGroup":
		p.route, p.kind = routeGroups, KindAppConnector
	case "serviceEdgeGroup":
		p.route, p.kind = routeGroups, KindServiceEdge
	case "privateCloudControllerGroup":
		p.route, p.kind = routeGroups, KindCloudController
	case "connector":
		p.route, p.kind = routeConnectors, KindAppConnector
	case "serviceEdge":
		p.route, p.kind = routeConnectors, KindServiceEdge
	case "privateCloudController":
		p.route, p.kind = routeConnectors, KindCloudController
	case "enrollmentCert":
		p.route = routeCertificates
	case "microtenants":
		p.route = routeMicrotenants
	}
}

func (p target) isRead() bool {
	return p.method == http.MethodGet || p.method == http.MethodHead
}

// writesKey says whether the call creates, changes or deletes a key.
func (p target) writesKey() bool {
	return !p.isRead() && (p.route == routeKeys || p.route == routeKey)
}

// matches says whether the fault is about calls to this place.
func (f Fault) matches(p target) bool {
	signing := p.route == routeSignIn || p.route == routeSignOut
	switch f.Method {
	case "":
	case anyRead, anyWrite:
		if signing || p.isRead() != (f.Method == anyRead) {
			return false
		}
	default:
		if f.Method != p.method {
			return false
		}
	}
	switch {
	case f.readsOnly() && !p.isRead():
		return false
	case f.Kind != "" && f.Kind != p.kind:
		return false
	case strings.HasPrefix(f.Route, "/"):
		return fits(f.Route, p.path)
	default:
		return f.Route == "" || f.Route == p.route
	}
}

// fits compares a path with a pattern in which * stands for anything, slashes
// and nothing included.
func fits(pattern, path string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok || len(parts) == 1 {
		return ok && rest == ""
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return strings.HasSuffix(rest, parts[last])
}
