// Muster is a training and quiz platform for peacekeepers, in one binary.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"muster/internal/app"
)

func main() { os.Exit(run()) }

// run runs the command line until it is done or the program is told to stop.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return app.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
}
