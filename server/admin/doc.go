// Package admin is the HTTP side of a node: health for load balancers and
// orchestrators, metrics for Prometheus, and profiles for whoever is on the machine.
//
//	/health/live   200 as long as the process answers
//	/health/ready  200 when Options.Ready returns nil, else 503 with its reason
//	/metrics       Prometheus text (or OpenMetrics) of Options.Gatherer
//	/debug/pprof/  Go profiles, for clients of the same machine only
//	/              a page of links to these
//
// None of them changes anything, so only GET and HEAD are served. There is no
// authentication yet: the server listens on a loopback address by default.
package admin
