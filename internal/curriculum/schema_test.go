package curriculum

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"muster/internal/question"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const schemaDir = "../../content/schema/"

// schemaOf gives the schema for a content file, "" when it has none.
func schemaOf(file string) string {
	dir, name := path.Split(file)
	switch {
	case strings.HasSuffix(dir, "sources/"):
		return "source"
	case name == "module.yaml":
		return "module"
	case strings.HasSuffix(dir, "lessons/"):
		return "lesson"
	case strings.HasSuffix(dir, "questions/"):
		return "questions"
	case strings.HasSuffix(dir, "figures/"):
		return "figure"
	case strings.HasSuffix(dir, "exams/"):
		return "exam"
	case strings.HasSuffix(dir, "scenarios/"):
		return "scenario"
	case dir == "" && strings.HasSuffix(name, ".yaml"):
		return strings.TrimSuffix(name, ".yaml")
	}
	return ""
}

func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(schemaDir + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestContentFitsTheSchemas(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"testdata/small", "../../content"} {
		fsys := os.DirFS(dir)
		err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || schemaOf(file) == "" {
				return err
			}
			text, err := fs.ReadFile(fsys, file)
			if err != nil {
				return err
			}
			if strings.HasSuffix(file, ".md") {
				head, _, _, err := frontMatter(string(text))
				if err != nil {
					return err
				}
				text = []byte(head)
			}
			if err := compiled(t, schemaOf(file)).Validate(asJSON(t, text)); err != nil {
				t.Errorf("%s/%s: %v", dir, file, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// asJSON reads YAML as the JSON values that a schema is validated against.
func asJSON(t *testing.T, text []byte) any {
	t.Helper()
	raw, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestStoredQuestionsFitTheSchema(t *testing.T) {
	t.Parallel()
	schema := compiled(t, "question")
	for _, dir := range []string{"testdata/small", "../../content"} {
		c, _, err := Read(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range c.Questions() {
			doc, _, err := question.Encode(q)
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s: %v", q.ID, err)
			}
		}
	}
}

// TestSchemasAndDecoderKnowTheSameKeys compares, object by object, the
// properties of a schema with the fields that the strict decoder fills. Both
// refuse every other key, so that equal sets mean equal judgement.
func TestSchemasAndDecoderKnowTheSameKeys(t *testing.T) {
	t.Parallel()
	list := func(key string, entry reflect.Type) reflect.Type {
		return reflect.StructOf([]reflect.StructField{{
			Name: "List", Type: reflect.SliceOf(entry), Tag: reflect.StructTag(`yaml:"` + key + `"`),
		}})
	}
	tests := []struct {
		schema, tag string
		document    reflect.Type
	}{
		{"references", "yaml", list("references", reflect.TypeFor[Reference]())},
		{"corrections", "yaml", list("corrections", reflect.TypeFor[Correction]())},
		{"glossary", "yaml", list("terms", reflect.TypeFor[Term]())},
		{"credentials", "yaml", list("credentials", reflect.TypeFor[Award]())},
		{"source", "yaml", reflect.TypeFor[sourceDocument]()},
		{"module", "yaml", reflect.TypeFor[moduleDocument]()},
		{"lesson", "yaml", reflect.TypeFor[lessonDocument]()},
		{"questions", "yaml", reflect.TypeFor[questionsDocument]()},
		{"figure", "yaml", reflect.TypeFor[figureDocument]()},
		{"exam", "yaml", reflect.TypeFor[Quiz]()},
		{"scenario", "yaml", reflect.TypeFor[scenarioDocument]()},
		{"question", "json", reflect.TypeFor[question.Question]()},
	}
	for _, tt := range tests {
		t.Run(tt.schema, func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(schemaDir + tt.schema + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var root map[string]any
			if err := json.Unmarshal(raw, &root); err != nil {
				t.Fatal(err)
			}
			compareKeys(t, root, root, tt.document, tt.tag, tt.schema)
		})
	}
}

// entries are the types of lists that the reader decodes one by one.
var entries = map[string]reflect.Type{
	"source.sections":     reflect.TypeFor[Section](),
	"module.quizzes":      reflect.TypeFor[Quiz](),
	"lesson.outcomes":     reflect.TypeFor[Outcome](),
	"questions.questions": reflect.TypeFor[question.Question](),
	"scenario.nodes":      reflect.TypeFor[nodeDocument](),
	"figure.items":        reflect.TypeFor[FigureItem](),
}

func compareKeys(t *testing.T, root, node map[string]any, typ reflect.Type, tag, at string) {
	t.Helper()
	if ref, ok := node["$ref"].(string); ok {
		node = root["$defs"].(map[string]any)[path.Base(ref)].(map[string]any)
	}
	if all, ok := node["allOf"].([]any); ok && node["properties"] == nil {
		compareKeys(t, root, all[0].(map[string]any), typ, tag, at)
		return
	}
	if items, ok := node["items"].(map[string]any); ok {
		typ = typ.Elem()
		if typ == reflect.TypeFor[ast.Node]() {
			typ = entries[at]
		}
		compareKeys(t, root, items, typ, tag, at)
		return
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	properties, ok := node["properties"].(map[string]any)
	if !ok {
		return
	}
	if node["additionalProperties"] != false {
		t.Errorf("%s: the schema takes unknown keys", at)
	}
	var fields, names []string
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get(tag), ",")
		if name == "-" {
			continue
		}
		fields = append(fields, name)
		if property, ok := properties[name].(map[string]any); ok {
			compareKeys(t, root, property, typ.Field(i).Type, tag, at+"."+name)
		}
	}
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(fields)
	slices.Sort(names)
	if diff := cmp.Diff(fields, names); diff != "" {
		t.Errorf("%s: keys (-decoder +schema):\n%s", at, diff)
	}
}
