package exec

import (
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics count what the engine does.
type metrics struct {
	epochs, checkpoints atomic.Int64
}

// Collectors returns the engine's metrics for a registry.
func (e *Engine) Collectors() []prometheus.Collector {
	counter := func(name, help string, v *atomic.Int64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "millrace_exec_" + name, Help: help},
			func() float64 { return float64(v.Load()) })
	}
	gauge := func(name, help string, f func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "millrace_exec_" + name, Help: help}, f)
	}
	return []prometheus.Collector{
		counter("epochs_total", "Epochs executed since the server started.", &e.metrics.epochs),
		counter("checkpoints_total", "Checkpoints written since the server started.", &e.metrics.checkpoints),
		gauge("state_bytes", "Memory of the state of all continuous queries.", e.stateBytes),
		gauge("row_errors", "Rows that continuous queries could not compute.", e.rowErrorCount),
		gauge("late_rows", "Rows that continuous queries left out because they came behind the watermark.", e.lateRowCount),
		gauge("frontier_epoch", "The newest visible epoch.", func() float64 {
			if s := e.frontierSnapshot(); s != nil {
				return float64(s.Epoch)
			}
			return 0
		}),
	}
}

func (e *Engine) stateBytes() float64 {
	var total int64
	for _, s := range e.Status() {
		total += s.StateBytes.Load()
	}
	return float64(total)
}

func (e *Engine) rowErrorCount() float64 {
	var total int64
	for _, s := range e.Status() {
		total += s.RowErrors.Load()
	}
	return float64(total)
}

func (e *Engine) lateRowCount() float64 {
	var total int64
	for _, s := range e.Status() {
		total += s.LateRows.Load()
	}
	return float64(total)
}
