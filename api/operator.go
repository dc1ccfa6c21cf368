package api

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/valyala/fasthttp/fasthttpadaptor"
)

// metrics are what /metrics shows of requests, by route and status, beside the
// Go runtime's own.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec

	mu    sync.RWMutex
	known map[outcome]series
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(), known: make(map[outcome]series),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "muster_http_requests_total", Help: "Requests answered.",
		}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "muster_http_request_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"route"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// outcome is what requests are counted by.
type outcome struct {
	method, route string
	status        int
}

// series are the time series of an outcome. Routes, methods and statuses are
// few, and looking the series up by their labels costs more than counting.
type series struct {
	requests prometheus.Counter
	seconds  prometheus.Observer
}

func (m *metrics) seen(o outcome, took time.Duration) {
	m.mu.RLock()
	known, ok := m.known[o]
	m.mu.RUnlock()
	if !ok {
		known = series{m.requests.WithLabelValues(o.method, o.route, strconv.Itoa(o.status)), m.seconds.WithLabelValues(o.route)}
		m.mu.Lock()
		m.known[o] = known
		m.mu.Unlock()
	}
	known.requests.Inc()
	known.seconds.Observe(took.Seconds())
}

// operatorRoutes answer the operator's tools: they are outside the API and
// hold nothing of people.
func (s *Server) operatorRoutes(app *fiber.App) {
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	app.Get("/readyz", func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
		defer cancel()
		if err := s.Ready(ctx); err != nil {
			s.Logger.Warn("not ready", "error", err)
			return c.Status(http.StatusServiceUnavailable).SendString("not ready\n")
		}
		return c.SendString("ready\n")
	})
	show := fasthttpadaptor.NewFastHTTPHandler(promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	app.Get("/metrics", func(c *fiber.Ctx) error {
		show(c.Context())
		return nil
	})
}
