// Command bare sends the requests of "provkeys copy NAME", and does nothing else with
// the answers than to find the text: what a whole process costs at least.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"sync"
)

func main() {
	text, err := find(os.Getenv("PROVKEYS_BASE_URL"), os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(text)
}

func find(base, name string) (string, error) {
	token, err := signIn(base)
	if err != nil {
		return "", err
	}
	customer := "/admin/customers/" + os.Getenv("ZPA_CUSTOMER_ID")
	kinds := []string{"CONNECTOR_GRP", "NP_ASSISTANT_GRP", "SERVICE_EDGE_GRP", "SITE_CONTROLLER_GRP"}
	texts, errs := make([]string, len(kinds)), make([]error, len(kinds)+1)
	var wait sync.WaitGroup
	for i, kind := range kinds {
		wait.Go(func() {
			var page struct {
				List []struct{ Name, ProvisioningKey string }
			}
			errs[i] = get(base+"/mgmtconfig/v1"+customer+"/associationType/"+kind+"/provisioningKey?page=1&pagesize=500", token, &page)
			for _, k := range page.List {
				if k.Name == name {
					texts[i] = k.ProvisioningKey
				}
			}
		})
	}
	var certificates any
	errs[len(kinds)] = get(base+"/mgmtconfig/v2"+customer+"/enrollmentCert?page=1&pagesize=500", token, &certificates)
	wait.Wait()
	for _, text := range texts {
		if text != "" {
			return text, errors.Join(errs...)
		}
	}
	return "", errors.Join(append(errs, errors.New("there is no such key"))...)
}

func signIn(base string) (token string, err error) {
	resp, err := http.PostForm(base+"/signin", url.Values{
		"client_id": {os.Getenv("ZPA_CLIENT_ID")}, "client_secret": {os.Getenv("ZPA_CLIENT_SECRET")},
	})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var answer struct {
		Token string `json:"access_token"`
	}
	return answer.Token, errors.Join(json.NewDecoder(resp.Body).Decode(&answer), ok(resp))
}

func get(address, token string, into any) error {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return errors.Join(json.NewDecoder(resp.Body).Decode(into), ok(resp))
}

func ok(resp *http.Response) error {
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return nil
}
