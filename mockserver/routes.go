package mockserver

import (
	"net/http"
	"strings"
)

const (
	adminPath  = "/mgmtconfig/v1/admin"
	basePath   = adminPath + "/customers/{customer}"
	basePathV2 = "/mgmtconfig/v2/admin/customers/{customer}"
	oneAPIPath = "/zpa"
)

// kindPath is where the keys of one kind live.
const kindPath = basePath + "/associationType/{kind}/provisioningKey"

type route struct {
	pattern string
	handle  handler
}

// resources lists every call of the management API, without the front door.
func (s *Server) resources() []route {
	return []route{
		{"GET " + kindPath, s.listKeys},
		{"POST " + kindPath, s.createKey},
		{"GET " + kindPath + "/{id}", s.getKey},
		{"PUT " + kindPath + "/{id}", s.updateKey},
		{"DELETE " + kindPath + "/{id}", s.deleteKey},

		{"GET " + basePath + "/appConnectorGroup", s.listGroups(KindAppConnector)},
		{"GET " + basePath + "/appConnectorGroup/{id}", s.getGroup(KindAppConnector)},
		{"GET " + basePath + "/serviceEdgeGroup", s.listGroups(KindServiceEdge)},
		{"GET " + basePath + "/serviceEdgeGroup/{id}", s.getGroup(KindServiceEdge)},
		{"GET " + basePath + "/privateCloudControllerGroup", s.listGroups(KindCloudController)},
		{"GET " + basePath + "/privateCloudControllerGroup/{id}", s.getGroup(KindCloudController)},

		{"GET " + basePath + "/connector", s.listMachines(KindAppConnector)},
		{"GET " + basePath + "/connector/{id}", s.getMachine(KindAppConnector)},
		{"PUT " + basePath + "/connector/{id}", s.updateConnector},
		{"DELETE " + basePath + "/connector/{id}", s.deleteConnector},
		{"POST " + basePath + "/connector/bulkDelete", s.deleteConnectors},
		{"GET " + basePath + "/serviceEdge", s.listMachines(KindServiceEdge)},
		{"GET " + basePath + "/privateCloudController", s.listMachines(KindCloudController)},

		{"GET " + basePathV2 + "/enrollmentCert", s.listCertificates},
		{"GET " + basePath + "/enrollmentCert/{id}", s.getCertificate},
		{"GET " + basePath + "/microtenants", s.listMicrotenants},
		{"GET " + basePath + "/microtenants/summary", s.summarizeMicrotenants},
		{"GET " + adminPath + "/me", s.whoAmI},
	}
}

// routes puts the resources behind both front doors, and the doors and the
// mock's own calls beside them.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.resources() {
		method, path, _ := strings.Cut(r.pattern, " ")
		mux.Handle(method+" "+path, s.serve(s.resource(legacyDoor, r.handle)))
		mux.Handle(method+" "+oneAPIPath+path, s.serve(s.resource(oneAPIDoor, r.handle)))
	}
	mux.Handle("POST /signin", s.serve(s.signIn))
	mux.Handle("POST /signout", s.serve(s.signOut))
	mux.Handle("POST /oauth2/v1/token", s.serve(s.issueToken))
	mux.Handle("POST /mock/enrol", s.serve(s.enrolCall))
	mux.Handle("GET /mock/requests", s.serve(s.listRequests))
	mux.Handle("GET /mock/writes", s.serve(s.listWrites))
	mux.Handle("GET /mock/faults", s.serve(s.listFaults))
	mux.Handle("POST /mock/faults", s.serve(s.replaceFaults))
	mux.Handle("DELETE /mock/faults", s.serve(s.clearFaults))

	nowhere := nowhere(mux)
	mux.Handle("/mgmtconfig/", s.serve(s.resource(legacyDoor, nowhere)))
	mux.Handle(oneAPIPath+"/mgmtconfig/", s.serve(s.resource(oneAPIDoor, nowhere)))
	mux.Handle("/", s.serve(nowhere))
	return mux
}

// resource guards a call: the limit first, since it holds for refused calls
// too, then the token, then the customer whose tenant is asked for, and last
// whether somebody else is writing.
func (s *Server) resource(d door, next handler) handler {
	return func(c call) (answer, error) {
		if wait := s.limiter.take(c.req.Method, c.now); wait > 0 {
			return tooMany(wait), nil
		}
		if !s.gate.admits(d, c.req.Header.Get("Authorization"), c.now) {
			return unauthorized(d), nil
		}
		if customer := c.req.PathValue("customer"); customer != "" && customer != s.tenant.customerID {
			return answer{}, &Refusal{
				Status: http.StatusForbidden, ID: "access.forbidden",
				Reason: "these credentials have no access to this customer", Params: []string{customer},
			}
		}
		if c.late {
			return answer{}, concurrent()
		}
		return next(c)
	}
}

// nowhere answers for a path that is not in the API, or not with this method.
func nowhere(mux *http.ServeMux) handler {
	return func(c call) (answer, error) {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			other := c.req.Clone(c.req.Context())
			other.Method = method
			if _, pattern := mux.Handler(other); strings.HasPrefix(pattern, method+" ") {
				return answer{}, &Refusal{
					Status: http.StatusMethodNotAllowed, ID: "method.not.allowed",
					Reason: "this path does not take " + c.req.Method,
				}
			}
		}
		return answer{}, &Refusal{
			Status: http.StatusNotFound, ID: "path.not.found", Reason: "the API has no such path",
		}
	}
}

func isOneAPIPath(path string) bool {
	return strings.HasPrefix(path, oneAPIPath+"/") || strings.HasPrefix(path, "/oauth2/")
}

// isMockPath tells the mock's own calls from those of the API.
func isMockPath(path string) bool { return strings.HasPrefix(path, "/mock/") }
