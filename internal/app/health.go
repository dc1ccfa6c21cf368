package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"muster/internal/config"
	"muster/internal/errs"
)

// health asks the running server whether it is ready, for a container without
// a shell.
func health(ctx context.Context, c config.Config, args []string, t console) (err error) {
	if _, err := parse(&c, "health", args, t, nil); err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return errs.New(errs.Invalid, "configuration", "The address %s has no port.", c.Addr)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+port+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("make the request: %w", err)
	}
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask the server: %w", err)
	}
	defer func() { err = joinIfBoth(err, reply.Body.Close()) }()
	if _, err := io.Copy(t.out, reply.Body); err != nil {
		return fmt.Errorf("read the reply: %w", err)
	}
	if reply.StatusCode != http.StatusOK {
		return errs.New(errs.Unavailable, "not_ready", "The server is not ready.")
	}
	return nil
}

func joinIfBoth(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
