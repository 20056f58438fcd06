package config

import (
	"strings"

	"provkeys/client"
)

// variables are those that users of the vendor's SDKs have already set.
type variables struct {
	zpaID, zpaSecret, zpaCustomer, zpaCloud setting
	id, secret, privateKey                  setting
	zscalerCustomer, vanity, cloud          setting
	microtenant                             setting
}

func newVariables(env Env) variables {
	read := func(name string) setting { return setting{env.get(name), name} }
	return variables{
		zpaID:           read("ZPA_CLIENT_ID"),
		zpaSecret:       read("ZPA_CLIENT_SECRET"),
		zpaCustomer:     read("ZPA_CUSTOMER_ID"),
		zpaCloud:        read("ZPA_CLOUD"),
		id:              read("ZSCALER_CLIENT_ID"),
		secret:          read("ZSCALER_CLIENT_SECRET"),
		privateKey:      read("ZSCALER_PRIVATE_KEY"),
		zscalerCustomer: read("ZSCALER_CUSTOMER_ID"),
		vanity:          read("ZSCALER_VANITY_DOMAIN"),
		cloud:           read("ZSCALER_CLOUD"),
		microtenant:     read("ZPA_MICROTENANT_ID"),
	}
}

const forceLegacy = "ZSCALER_USE_LEGACY_CLIENT"

// fromVariables returns the profile that the vendor's variables spell out. It
// is false when they hold no credentials at all; half a set of them is an
// error, since going on with another source would reach another tenant than
// the one that was meant.
func fromVariables(env Env, over overrides) (Profile, bool, error) {
	legacyOnly, err := boolean(env, forceLegacy)
	if err != nil {
		return Profile{}, false, err
	}
	v := newVariables(env)
	legacyLacks := lacking(v.zpaID, v.zpaSecret, either(over.customerID, v.zpaCustomer))
	if legacyOnly {
		return v.legacyOnly(legacyLacks)
	}
	oneAPILacks := v.oneAPILacks(over)
	switch {
	case len(oneAPILacks) == 0:
		p, err := v.oneAPI(over, env)
		return p, err == nil, err
	case len(legacyLacks) == 0:
		return v.legacy(), true, nil
	}
	var half []string
	if v.beginsOneAPI() {
		half = append(half, "a OneAPI sign-in lacks "+strings.Join(oneAPILacks, ", "))
	}
	if v.zpaID.value != "" || v.zpaSecret.value != "" {
		half = append(half, "a legacy sign-in lacks "+strings.Join(legacyLacks, ", "))
	}
	return Profile{}, false, halfSet(half)
}

// oneAPILacks names what is missing of a OneAPI sign-in.
func (v variables) oneAPILacks(over overrides) []string {
	customer := either(over.customerID, either(v.zscalerCustomer, v.zpaCustomer))
	vanity := v.vanity
	if over.tokenURL.value != "" {
		vanity = over.tokenURL
	}
	return lacking(v.id, either(v.privateKey, v.secret), vanity, customer)
}

// beginsOneAPI reports whether any credential of a OneAPI sign-in is set.
func (v variables) beginsOneAPI() bool {
	return v.id.value != "" || v.secret.value != "" || v.privateKey.value != ""
}

// overlooked says what somebody may have meant who set half a OneAPI sign-in beside
// the legacy one that is in use; "" where nothing speaks for that.
func overlooked(p Profile, env Env, over overrides) string {
	// It was read when the profile was chosen.
	legacyOnly, _ := boolean(env, forceLegacy)
	v := newVariables(env)
	if p.Door != client.Legacy || legacyOnly || !v.beginsOneAPI() {
		return ""
	}
	return "a OneAPI sign-in lacks " + strings.Join(v.oneAPILacks(over), ", ") + ", so the legacy one is used"
}

func (v variables) legacyOnly(lacks []string) (Profile, bool, error) {
	switch {
	case len(lacks) == 0:
		return v.legacy(), true, nil
	case v.zpaID.value != "" || v.zpaSecret.value != "":
		return Profile{}, false, halfSet([]string{"a legacy sign-in lacks " + strings.Join(lacks, ", ")})
	}
	return Profile{}, false, nil
}

// halfSet returns nil when there is nothing to say.
func halfSet(half []string) error {
	if len(half) == 0 {
		return nil
	}
	return usage("set what is missing, or choose a profile of the file with --profile",
		"the environment holds half a set of credentials; %s", strings.Join(half, "; "))
}

func (v variables) legacy() Profile {
	return Profile{
		Door:         client.Legacy,
		Address:      client.Address{Cloud: v.zpaCloud.value},
		CustomerID:   v.zpaCustomer.value,
		Microtenant:  v.microtenant.value,
		ClientID:     v.zpaID.value,
		ClientSecret: client.NewSecret(v.zpaSecret.value),
		Source:       "the environment (ZPA_CLIENT_ID …)",
	}
}

func (v variables) oneAPI(over overrides, env Env) (Profile, error) {
	customer, err := v.customer()
	if err != nil && over.customerID.value == "" {
		return Profile{}, err
	}
	secret, key, err := vendorCredential(v.secret, v.privateKey, "unset one of them", env)
	if err != nil {
		return Profile{}, err
	}
	return Profile{
		Door:         client.OneAPI,
		Address:      client.Address{Cloud: v.cloud.value, Vanity: v.vanity.value},
		CustomerID:   customer.value,
		Microtenant:  v.microtenant.value,
		ClientID:     v.id.value,
		ClientSecret: secret,
		PrivateKey:   key,
		Source:       "the environment (ZSCALER_CLIENT_ID …)",
	}, nil
}

// customer returns the tenant for OneAPI, which has two names for it.
func (v variables) customer() (setting, error) {
	if v.zpaCustomer.value != "" && v.zscalerCustomer.value != "" && v.zpaCustomer.value != v.zscalerCustomer.value {
		return setting{}, usage("unset one of them", "ZPA_CUSTOMER_ID and ZSCALER_CUSTOMER_ID name different tenants")
	}
	return either(v.zpaCustomer, v.zscalerCustomer), nil
}

// claim is what a variable says about a profile that did not come from it.
type claim struct {
	name string
	same bool
}

// claims compares the variables that are set with a profile from a file. An
// override has already settled what it names.
func (v variables) claims(p Profile, over overrides) []claim {
	var all []claim
	add := func(s setting, same bool) {
		if s.value != "" {
			all = append(all, claim{s.name, same})
		}
	}
	if over.customerID.value == "" {
		add(v.zpaCustomer, v.zpaCustomer.value == p.CustomerID)
		if p.Door == client.OneAPI {
			add(v.zscalerCustomer, v.zscalerCustomer.value == p.CustomerID)
		}
	}
	if over.microtenant.value == "" {
		add(v.microtenant, v.microtenant.value == p.Microtenant)
	}
	if p.Door == client.Legacy {
		add(v.zpaCloud, sameCloud(v.zpaCloud.value, p.Address.Cloud))
		return all
	}
	add(v.cloud, sameCloud(v.cloud.value, p.Address.Cloud))
	add(v.vanity, strings.EqualFold(v.vanity.value, p.Address.Vanity))
	return all
}

// lacking returns the names of the settings that have no value.
func lacking(settings ...setting) []string {
	var names []string
	for _, s := range settings {
		if s.value == "" {
			names = append(names, s.name)
		}
	}
	return names
}

// either returns the first that is set, else the second's name to ask for.
func either(first, second setting) setting {
	if first.value != "" {
		return first
	}
	return second
}
