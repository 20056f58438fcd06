package deploy

import "provkeys/client"

// terraform names the data source of the vendor's provider, zscaler/zpa, which
// reads the key text itself.
func terraform(k client.Key) string {
	return fill(k.Kind, `# The key text is data.zpa_provisioning_key.this.provisioning_key. Terraform keeps
# it in its state: encrypt the state, and mark what is made of it as sensitive.
data "zpa_provisioning_key" "this" {
  name             = @NAME@
  association_type = "@TYPE@"
}
`, "@NAME@", hcl(k.Name), "@TYPE@", k.Kind.AssociationType())
}
