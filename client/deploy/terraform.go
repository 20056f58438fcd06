package deploy

import "provkeys/client"

// terraform names the data source of the vendor's provider, zscaler/zpa, which
// reads the key text itself. It looks by id: two keys may have the same name, and
// the vendor's API escapes some characters of names.
func terraform(k client.Key) string {
	return fill(k.Kind, `# @COMMENT@
# The key text is data.zpa_provisioning_key.this.provisioning_key. Terraform keeps
# it in its state: encrypt the state, and mark what is made of it as sensitive.
data "zpa_provisioning_key" "this" {
  id               = @ID@
  association_type = "@TYPE@"
}
`, "@COMMENT@", purpose(k), "@ID@", hcl(string(k.ID)), "@TYPE@", k.Kind.AssociationType())
}
