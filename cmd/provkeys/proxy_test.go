package main

import (
	"net/http"
	"strings"
	"testing"

	"provkeys/cmd/internal/config"
)

func TestProxyThatCannotBeUsedIsNotGoneRound(t *testing.T) {
	for _, value := range []string{
		"http://u:can%zzary@192.0.2.1:7522", "http://u:can#ary@192.0.2.1:7522", "u:can/ary@192.0.2.1:7522", "u:can#ary@192.0.2.1:7522",
		"http://canary#x@192.0.2.1:7522", ":::canary", "http://", "ftp://192.0.2.1", "http://192.0.2.1:canary",
	} {
		t.Setenv("HTTPS_PROXY", value)
		carrier, err := newTransport(config.Profile{})
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequest(http.MethodGet, "https://config.mock.example", nil)
		if err != nil {
			t.Fatal(err)
		}
		via, err := carrier.Proxy(request)
		if err == nil || via != nil || strings.Contains(err.Error(), "canary") || !strings.Contains(err.Error(), "HTTPS_PROXY") {
			t.Errorf("%s leads to %v, %v", value, via, err)
		}
	}
}

func TestUsualProxiesCanBeUsed(t *testing.T) {
	t.Parallel()
	for _, value := range []string{
		"proxy:3128", "http://proxy:3128/", "https://u:p%25@proxy", "socks5://[2001:db8::1]:1080", "socks5h://proxy", "u:p@192.0.2.1:80",
	} {
		if !namesProxy(value) {
			t.Errorf("%s counts as none", value)
		}
	}
}
