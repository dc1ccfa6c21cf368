// Package bench measures the program beside the limit of the machine that it
// runs on: the same load, in the same run, on a bare endpoint that does the
// least that could be called the same work.
//
// It knows HTTP and clocks, and nothing of quizzes: app tells it what to send.
package bench

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// Load is what a number of clients got out of an endpoint.
type Load struct {
	PerSecond float64
	P50, P99  time.Duration
	Requests  int
}

// Drive lets clients work side by side for a time: do(client, n) is the n-th
// piece of work of a client. The first failure ends the run.
func Drive(clients int, length time.Duration, do func(client, n int) error) (Load, error) {
	var wg sync.WaitGroup
	times := make([][]time.Duration, clients)
	failures := make([]error, clients)
	start := time.Now()
	end := start.Add(length)
	for client := range clients {
		wg.Go(func() {
			for n := 0; ; n++ {
				before := time.Now()
				if before.After(end) {
					return
				}
				if failures[client] = do(client, n); failures[client] != nil {
					return
				}
				times[client] = append(times[client], time.Since(before))
			}
		})
	}
	wg.Wait()
	took := time.Since(start)
	all := slices.Concat(times...)
	for _, err := range failures {
		if err != nil {
			return Load{}, err
		}
	}
	if len(all) == 0 {
		return Load{}, fmt.Errorf("nothing was done within %s", length)
	}
	slices.Sort(all)
	return Load{
		PerSecond: float64(len(all)) / took.Seconds(), Requests: len(all),
		P50: all[len(all)/2], P99: all[len(all)*99/100],
	}, nil
}

// Client sends requests to one server over kept connections.
type Client struct {
	host *fasthttp.HostClient
	base string
}

// NewClient makes a client of a server on loopback.
func NewClient(address string, connections int) *Client {
	return &Client{
		host: &fasthttp.HostClient{Addr: address, MaxConns: connections, NoDefaultUserAgentHeader: true},
		base: "http://" + address,
	}
}

// Do sends a request and gives the body of a reply of one of the statuses that
// are wanted; any other status is an error.
func (c *Client) Do(method, path, token string, body []byte, want ...int) ([]byte, error) {
	request, reply := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(request)
	defer fasthttp.ReleaseResponse(reply)
	request.SetRequestURI(c.base + path)
	request.Header.SetMethod(method)
	request.Header.Set("Accept-Encoding", "identity")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if body != nil {
		request.Header.SetContentType("application/json")
		request.SetBody(body)
	}
	if err := c.host.Do(request, reply); err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	if !slices.Contains(want, reply.StatusCode()) {
		return nil, fmt.Errorf("%s %s: status %d: %s", method, path, reply.StatusCode(), reply.Body())
	}
	return slices.Clone(reply.Body()), nil
}
