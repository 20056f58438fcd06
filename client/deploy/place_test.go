package deploy_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/deploy"
)

func TestEachKindHasItsFileAndItsService(t *testing.T) {
	cases := []struct {
		kind          client.Kind
		path, service string
	}{
		{client.AppConnector, "/opt/zscaler/var/provision_key", "zpa-connector"},
		{client.NetworkConnector, "/opt/zscaler/var/provision_key", "np-connector"},
		{client.ServiceEdge, "/opt/zscaler/var/service-edge/provision_key", "zpa-service-edge"},
		{client.CloudController, "/opt/zscaler/var/pcc/provision_key", "zpa-pcc"},
		{"", "", ""},
	}
	for _, c := range cases {
		if got := deploy.Path(c.kind); got != c.path {
			t.Errorf("%s: path %q, want %q", c.kind, got, c.path)
		}
		if got := deploy.Service(c.kind); got != c.service {
			t.Errorf("%s: service %q, want %q", c.kind, got, c.service)
		}
	}
}

func TestAFormThatDoesNotFitNamesOnesThatDo(t *testing.T) {
	fitting := map[deploy.Form][]client.Kind{
		deploy.Text: client.Kinds(), deploy.File: client.Kinds(), deploy.CloudInit: client.Kinds(),
		deploy.AWS: client.Kinds(), deploy.Azure: client.Kinds(), deploy.GCP: client.Kinds(),
		deploy.Env:       {client.AppConnector, client.ServiceEdge},
		deploy.Docker:    {client.AppConnector, client.ServiceEdge},
		deploy.Helm:      {client.AppConnector},
		deploy.Terraform: {client.AppConnector, client.ServiceEdge},
	}
	for _, f := range deploy.Forms() {
		for _, kind := range client.Kinds() {
			err := f.Fits(kind)
			if slices.Contains(fitting[f], kind) {
				if err != nil {
					t.Errorf("%s for a %s: %v", f, kind, err)
				}
				continue
			}
			if !errors.Is(err, deploy.ErrNoForm) {
				t.Errorf("%s for a %s: %v, want ErrNoForm", f, kind, err)
				continue
			}
			_, instead, _ := strings.Cut(err.Error(), "; use ")
			named := strings.FieldsFunc(instead, func(r rune) bool { return r == ' ' || r == ',' })
			for _, word := range named {
				if other, ok := deploy.ParseForm(word); ok && other.Fits(kind) != nil {
					t.Errorf("%s for a %s: %q names a form that does not fit either", f, kind, err)
				}
			}
			if len(named) == 0 {
				t.Errorf("%s for a %s: %q names nothing to use instead", f, kind, err)
			}
		}
	}
}

func TestWhatIsUnknownHasNoSnippet(t *testing.T) {
	known := fakeKey(client.AppConnector)
	unknown := known
	unknown.Kind = "something-else"
	for _, f := range deploy.Forms() {
		if _, err := deploy.Snippet(f, unknown); !errors.Is(err, deploy.ErrNoForm) {
			t.Errorf("%s for an unknown kind: %v", f, err)
		}
	}
	if _, err := deploy.Snippet("ansible", known); !errors.Is(err, deploy.ErrNoForm) {
		t.Errorf("an unknown form: %v", err)
	}
	if _, err := deploy.Masked("ansible", known); !errors.Is(err, deploy.ErrNoForm) {
		t.Errorf("an unknown form, masked: %v", err)
	}
	if _, ok := deploy.ParseForm("ansible"); ok {
		t.Error("ParseForm knows a form that there is none of")
	}
}

func TestEachFormSaysWhatItIsFor(t *testing.T) {
	const widest = 46 // cells, beside the form's word in the console's dialog
	seen := map[string]bool{"unknown form": true}
	for _, f := range deploy.Forms() {
		title := f.Title()
		if title == "" || seen[title] || len(title) > widest {
			t.Errorf("%s: title %q", f, title)
		}
		seen[title] = true
		if got, ok := deploy.ParseForm(string(f)); !ok || got != f {
			t.Errorf("ParseForm(%q) = %q, %v", string(f), got, ok)
		}
	}
}
