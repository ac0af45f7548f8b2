package pgwire

import "github.com/prometheus/client_golang/prometheus"

// Metrics counts what the wire does.
type Metrics struct {
	connections, refused, cancels, messages, errors, bytesOut prometheus.Counter
	sessions                                                  prometheus.Gauge
}

func counter(name, help string) prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Name: "pgwire_" + name, Help: help})
}

func newMetrics() *Metrics {
	return &Metrics{
		connections: counter("connections_total", "Connections accepted, cancel requests included."),
		refused:     counter("refused_connections_total", "Connections that did not become a session."),
		cancels:     counter("cancel_requests_total", "Cancel requests with a valid key."),
		messages:    counter("messages_total", "Messages received from clients."),
		errors:      counter("errors_total", "Errors reported to clients."),
		bytesOut:    counter("sent_bytes_total", "Bytes sent to clients."),
		sessions: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "pgwire_sessions", Help: "Sessions that are open.",
		}),
	}
}

func (m *Metrics) register(r prometheus.Registerer) {
	r.MustRegister(m.connections, m.refused, m.cancels, m.messages, m.errors, m.bytesOut, m.sessions)
}
