// Package frontend carries the built site inside the binary. It knows nothing of
// the project: it only embeds what `npm run build` left in build/. Without a
// front-end build the directory holds .gitkeep alone, so that `go build` and
// `go test` work on a bare clone.
package frontend

import "embed"

// Build is the built site below "build/": index.html (the shell for every page),
// service-worker.js and _app/immutable/*, each with a .br and a .gz beside it.
//
//go:embed all:build
var Build embed.FS
