// Package content is the curriculum as data: sources, corrections, references,
// glossary, modules with their lessons and questions, and the JSON Schemas of
// all these files. It is embedded in the binary, so that the program runs
// without any folder beside it.
//
// It only carries bytes: package curriculum reads and checks them, from here or
// from a folder of the same shape.
package content

import "embed"

// Files holds the content folder.
//
//go:embed *.yaml exams modules schema sources
var Files embed.FS
