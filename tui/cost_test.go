package tui_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// crowd serves n App Connector keys with names of 24 characters, and nothing
// of the other kinds.
func crowd(n int) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, "/provisioningKey") {
			return nil, nil
		}
		var keys []string
		if strings.Contains(r.URL.Path, "/CONNECTOR_GRP/") {
			var page int
			if _, err := fmt.Sscan(r.URL.Query().Get("page"), &page); err != nil {
				return nil, err
			}
			for i := (page - 1) * 500; i < min(page*500, n); i++ {
				keys = append(keys, fmt.Sprintf(`{"id":"%d","name":"eu-west-1-asg-%010d","enabled":true,"exportable":true,"usageCount":"5","maxUsage":"100",
					"zcomponentId":"1","zcomponentName":"EU West 1","enrollmentCertId":"6573","enrollmentCertName":"Connector","provisioningKey":"3|mock.example|%s"}`,
					1000000+i, i, strings.Repeat("A", 384)))
			}
		}
		return answer("", http.StatusOK, fmt.Sprintf(`{"totalPages":"%d","totalCount":"%d","list":[%s]}`, (n+499)/500, n, strings.Join(keys, ",")))(r)
	}
}

// TestACountdownSendsFewBytes holds that a copy which waits to be cleared costs
// a slow line next to nothing: at most 30 bytes a second.
func TestACountdownSendsFewBytes(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true, w: 200, h: 50, before: crowd(100), opts: life45}, func(c *console) {
		c.press("!")
		c.pass(15 * time.Second) // until the toast is gone
		before := len(c.bytes())
		c.pass(20 * time.Second)
		n := len(c.bytes()) - before
		if n > 20*30 {
			t.Errorf("%d bytes in 20 seconds, want 600 at most", n)
		}
		t.Logf("20 seconds of countdown: %d bytes", n)
	})
}

// TestMovingSendsFewBytes holds the figures that make the console quick on a
// slow line: a cursor move of at most 100 bytes, a scrolled line of at most 600.
func TestMovingSendsFewBytes(t *testing.T) {
	t.Parallel()
	const keys, w, h = 10_000, 200, 50
	run(t, setup{terminal: true, w: w, h: h, before: crowd(keys)}, func(c *console) {
		c.pass(time.Minute)
		c.sees("10000 of 10000 shown")
		sent := func(key string) int {
			before := len(c.bytes())
			c.press(key)
			return len(c.bytes()) - before
		}
		c.press("j")
		for i := range 20 {
			if n := sent("j"); n > 100 {
				t.Errorf("cursor move %d sent %d bytes, want 100 at most", i, n)
			}
		}
		c.pass(time.Second)
		for range 24 {
			c.press("j")
		}
		c.pass(time.Second)
		most := 0
		for i := range 20 {
			n := sent("j")
			most = max(most, n)
			if n > 600 {
				t.Errorf("scrolled line %d sent %d bytes, want 600 at most", i, n)
			}
		}
		c.sees("eu-west-1-asg-0000000060")
		t.Logf("a scrolled line: %d bytes at most", most)
	})
}
