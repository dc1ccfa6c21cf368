package interchange

import "strings"

// Categories parts a path of Moodle at its slashes; two together are a slash in a
// name. What Moodle puts first, such as $course$/top, is no category.
func Categories(path string) []string {
	const slash = "\x00"
	var names []string
	for name := range strings.SplitSeq(strings.ReplaceAll(path, "//", slash), "/") {
		if name = strings.TrimSpace(strings.ReplaceAll(name, slash, "/")); name != "" {
			names = append(names, name)
		}
	}
	if len(names) > 0 && strings.HasPrefix(names[0], "$") && strings.HasSuffix(names[0], "$") {
		names = names[1:]
		if len(names) > 0 && names[0] == "top" {
			names = names[1:]
		}
	}
	return names
}

// CategoryPath is the other way round.
func CategoryPath(names []string) string {
	escaped := make([]string, len(names))
	for i, name := range names {
		escaped[i] = strings.ReplaceAll(name, "/", "//")
	}
	return strings.Join(escaped, "/")
}

// TitleOf is what a question is called that has no title, in formats where each
// must have one: the start of its stem.
func TitleOf(stem string) string {
	plain, _ := ToPlain(stem)
	return Quote(plain)
}

// Parts counts what an item has of options, pairs, items, answers, mistakes and
// criteria, of tags and sources.
func (i Item) Parts() int {
	q := i.Question
	n := len(q.Options) + len(q.Pairs) + len(q.Extra) + len(q.Sequence) + len(q.Mistakes) + len(q.Rubric)
	n += len(i.Tags) + len(i.Category) + len(q.Outcomes) + len(q.Citations) + len(q.References) + len(q.Corrections)
	for _, b := range q.Blanks {
		n += 1 + len(b.Accepted) + len(b.Mistakes)
	}
	return n
}
