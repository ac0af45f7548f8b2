package admin

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

func testServer(ready error) *Server {
	registry := prometheus.NewRegistry()
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "test_things_total", Help: "Things."})
	c.Add(3)
	registry.MustRegister(c)
	return New(Options{Ready: func() error { return ready }, Gatherer: registry, Version: "1.2"})
}

func TestPages(t *testing.T) {
	down := errors.New("replaying the log")
	for _, c := range []struct {
		name, method, path, remote, host string
		ready                            error
		status                           int
		body                             string
	}{
		{name: "links", path: "/", status: 200, body: "millrace 1.2"},
		{name: "live", path: "/health/live", status: 200, body: "live", ready: down},
		{name: "ready", path: "/health/ready", status: 200, body: "ready\n"},
		{name: "not ready", path: "/health/ready", status: 503, body: "not ready: replaying the log\n", ready: down},
		{name: "metrics", path: "/metrics", status: 200, body: "test_things_total 3"},
		{name: "profiles here", path: "/debug/pprof/cmdline", remote: "127.0.0.1:9", host: "localhost:7433", status: 200},
		{name: "profiles here by address", path: "/debug/pprof/", remote: "[::1]:9", host: "[::1]:7433", status: 200},
		{name: "profiles elsewhere", path: "/debug/pprof/", remote: "10.0.0.1:9", host: "localhost", status: 403},
		{name: "profiles by a foreign name", path: "/debug/pprof/heap", remote: "127.0.0.1:9", host: "evil.example", status: 403},
		{name: "nothing", path: "/nothing", status: 404},
		{name: "post", method: "POST", path: "/health/live", status: 405},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, c.path, nil)
			if c.remote != "" {
				r.RemoteAddr, r.Host = c.remote, c.host
			}
			w := httptest.NewRecorder()
			testServer(c.ready).Handler().ServeHTTP(w, r)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
		})
	}
}

func TestServeAndShutdown(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := testServer(nil)
	result := make(chan error, 1)
	go func() { result <- s.Serve(l) }()
	resp, err := http.Get("http://" + l.Addr().String() + "/health/ready")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if string(body) != "ready\n" {
		t.Fatal(string(body))
	}
	if err := s.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := <-result; err != nil {
		t.Fatal(err)
	}
}
