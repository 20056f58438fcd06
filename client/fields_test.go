package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestNewKeyThatCannotBeIsNotSent(t *testing.T) {
	good := client.NewKey{Kind: client.AppConnector, Name: "bkk-dc1", MaxUses: 2, GroupID: "1", CertificateID: "2"}
	for what, c := range map[string]struct {
		edit  func(*client.NewKey)
		field client.Field
	}{
		"no kind":          {func(n *client.NewKey) { n.Kind = "" }, "kind"},
		"unknown kind":     {func(n *client.NewKey) { n.Kind = "toaster" }, "kind"},
		"no group":         {func(n *client.NewKey) { n.GroupID = "" }, client.FieldGroup},
		"no certificate":   {func(n *client.NewKey) { n.CertificateID = "" }, client.FieldCertificate},
		"no name":          {func(n *client.NewKey) { n.Name = "" }, client.FieldName},
		"no limit":         {func(n *client.NewKey) { n.MaxUses = 0 }, client.FieldMaxUses},
		"a limit too high": {func(n *client.NewKey) { n.MaxUses = client.MaxMaxUses + 1 }, client.FieldMaxUses},
		"expired":          {func(n *client.NewKey) { n.Expires = time.Now().Add(-time.Second) }, client.FieldExpires},
		"no address":       {func(n *client.NewKey) { n.AllowedAddresses = []string{"mock.example"} }, client.FieldAllowedAddresses},
	} {
		n := good
		c.edit(&n)
		f := failing(reply{body: keyJSON("")})
		cl := fakeClient(t, f)
		_, err := cl.CreateKey(context.Background(), n, nil)
		if field, ok := client.FieldOf(err); !ok || field != c.field {
			t.Errorf("%s: about %q: %v", what, field, err)
		}
		_, previewErr := cl.PreviewCreate(n)
		if checkErr := n.Check(time.Now()); checkErr == nil || checkErr.Error() != err.Error() || previewErr == nil || previewErr.Error() != err.Error() {
			t.Errorf("%s: checked %v, previewed %v, created %v", what, checkErr, previewErr, err)
		}
		if len(f.calls)+len(f.signIns) != 0 {
			t.Errorf("%s: %d calls", what, len(f.calls))
		}
	}
	if err := good.Check(time.Now()); err != nil {
		t.Error(err)
	}
}

func TestTakenNameIsADuplicate(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	n := newKey(t, c)
	if _, err := c.CreateKey(context.Background(), n, nil); err != nil {
		t.Fatal(err)
	}
	_, err := c.CreateKey(context.Background(), n, nil)
	field, ok := client.FieldOf(err)
	if !errors.Is(err, client.ErrDuplicate) || !ok || field != client.FieldName {
		t.Errorf("about %q: %v", field, err)
	}
	if len(m.wire.sent(http.MethodPost)) != 2 {
		t.Error("a refused creation was sent again")
	}
}

func TestFieldThatTheServerRefusesIsKnown(t *testing.T) {
	c, _ := mockClient(t, client.Legacy, mockserver.Options{})
	good := newKey(t, c)
	for what, tt := range map[string]struct {
		edit func(*client.NewKey)
		want client.Field
	}{
		"an unknown group":       {func(n *client.NewKey) { n.GroupID = "1" }, client.FieldGroup},
		"an unknown certificate": {func(n *client.NewKey) { n.CertificateID = "1" }, client.FieldCertificate},
		"one that does not sign": {func(n *client.NewKey) { n.CertificateID = "6571" }, client.FieldCertificate},
		"one that has ended":     {func(n *client.NewKey) { n.CertificateID = "7014" }, client.FieldCertificate},
		"an unknown microtenant": {func(n *client.NewKey) { n.MicrotenantID = "1" }, ""},
	} {
		n := good
		tt.edit(&n)
		_, err := c.CreateKey(context.Background(), n, nil)
		field, ok := client.FieldOf(err)
		if err == nil || field != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: about %q: %v", what, field, err)
		}
	}
}

func TestFieldOfAnError(t *testing.T) {
	answer := func(code string, params ...string) error {
		return fmt.Errorf("wrapped: %w", &client.APIError{Status: 400, Code: code, Params: params})
	}
	const bad = "invalid.resource.argument"
	for _, tt := range []struct {
		err  error
		want client.Field
	}{
		{answer(bad, "name"), client.FieldName},
		{answer(bad, "maxUsage"), client.FieldMaxUses},
		{answer(bad, "enabled"), client.FieldEnabled},
		{answer(bad, "exportable"), client.FieldExportable},
		{answer(bad, "enrollmentCertId"), client.FieldCertificate},
		{answer(bad, "zcomponentId"), client.FieldGroup},
		{answer(bad, "expirationInEpochSec"), client.FieldExpires},
		{answer(bad, "ipAcl"), client.FieldAllowedAddresses},
		{answer(bad, "key.enrollmentCertId"), client.FieldCertificate},
		{answer(bad, "provisioning.key.maxUsage"), client.FieldMaxUses},
		{answer(bad, "58856", "maxUsage"), client.FieldMaxUses},
		{answer("resource.already.exist", "bkk-dc1"), client.FieldName},
		{answer("resource.already.exist"), client.FieldName},
		{answer(bad, "microtenantId"), ""},
		{answer(bad, "nameless"), ""},
		{answer(bad, ""), ""},
		{answer(bad), ""},
		{client.CheckMaxUses(3, 5), client.FieldMaxUses},
		{fmt.Errorf("wrapped: %w", client.CheckName("")), client.FieldName},
		{&client.UnconfirmedError{Err: answer(bad, "ipAcl")}, client.FieldAllowedAddresses},
		{client.ErrManaged, ""},
		{&client.ConflictError{}, ""},
		{errors.New("name"), ""},
		{nil, ""},
	} {
		if field, ok := client.FieldOf(tt.err); field != tt.want || ok != (tt.want != "") {
			t.Errorf("%v: about %q, %v", tt.err, field, ok)
		}
	}
}
