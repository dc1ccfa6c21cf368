// Package formats lists the formats in which questions are read and written.
// Nothing but this list knows them all.
package formats

import (
	"strings"

	"muster/internal/errs"
	"muster/internal/interchange"
	"muster/internal/interchange/aiken"
	"muster/internal/interchange/gift"
	"muster/internal/interchange/moodlexml"
	"muster/internal/interchange/qti"
	"muster/internal/interchange/sheet"
)

// Auto is the name by which the format of a file is found out.
const Auto = "auto"

// All lists the formats, in the order in which a file is tried for them.
func All() []interchange.Format {
	return []interchange.Format{moodlexml.Format(), qti.Format21(), qti.Format30(), sheet.Format(), sheet.CSV(), aiken.Format(), gift.Format()}
}

// Names lists the names of the formats.
func Names() []string {
	var list []string
	for _, f := range All() {
		list = append(list, f.Name)
	}
	return list
}

// Named gives the format of a name; for Auto that which a file looks like.
// Invalid about format.
func Named(name, fileName string, file []byte) (interchange.Format, error) {
	for _, f := range All() {
		if f.Name == name || name == Auto && f.Detect(fileName, file) {
			return f, nil
		}
	}
	if name == Auto {
		return interchange.Format{}, errs.InvalidField("format", "It cannot be told which format the file has. Say it: %s.", strings.Join(Names(), ", "))
	}
	return interchange.Format{}, errs.InvalidField("format", "The format is one of %s.", strings.Join(Names(), ", "))
}
