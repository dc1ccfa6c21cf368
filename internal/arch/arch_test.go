package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// ranks says which packages may import which: only those of a lower rank.
// A name stands for the package and those below it.
var ranks = map[string]int{
	"content": 0, "frontend": 0,
	"internal/errs":       0,
	"internal/boundedxml": 0, // reads XML of strangers
	"internal/heaptest":   0, // for the tests of those who read files
	"internal/workbook":   1, // reads the sheets of an .xlsx
	"internal/config":     1, "internal/typeset": 1, "internal/audit": 1, "internal/question": 1, "internal/retention": 1, "internal/psychometrics": 1,
	"internal/identity": 2, "internal/curriculum": 2, "internal/document": 2, "internal/interchange": 2,
	"internal/assessment": 3, "internal/cohort": 3,
	"internal/drafting": 3, // of documents
	"internal/bank":     3, // questions as trainers keep them; knows no attempts
	"internal/trail":    3, // above identity, whose actors read it; audit itself is below, as everybody writes entries
	"internal/library":  4, // documents, what they support in the bank, drafts of them
	"internal/learning": 4, "internal/review": 4, "internal/credential": 4, "internal/regrade": 4, "internal/marking": 4,
	"internal/blueprint":    4,
	"internal/itemanalysis": 5, // makes tables of report, as readiness does
	"internal/readiness":    5, "internal/report": 4,
	"internal/store": 6,
	"internal/mail":  6, // sends what cohort writes, as store keeps what it decides
	"api":            6,
	"internal/bench": 7,
	"internal/demo":  7,
	"internal/app":   8,
	"":               9, // main
}

// keepers says who alone may import a module, with the reason.
var keepers = map[string][]string{
	"gorm.io/":                           {"internal/store"},
	"github.com/mattn/go-sqlite3":        {"internal/store", "internal/bench"}, // bench: the bare endpoint that is the limit
	"github.com/gofiber/":                {"api", "internal/bench"},            // bench: the bare handler that is the limit
	"github.com/danielgtaylor/huma":      {"api"},
	"github.com/valyala/fasthttp":        {"api", "internal/bench"}, // bench: the client
	"github.com/golang-jwt/":             {"api", "internal/credential"},
	"codeberg.org/go-pdf/":               {"internal/credential", "internal/report"},
	"github.com/boombuler/barcode":       {"internal/credential"},
	"github.com/riverqueue/":             {"internal/store", "internal/app"},
	"github.com/pressly/goose":           {"internal/store"},
	"github.com/jackc/":                  {"internal/store"},
	"github.com/goccy/go-yaml":           {"internal/curriculum"},
	"github.com/alexedwards/argon2id":    {"internal/identity"},
	"github.com/microcosm-cc/bluemonday": {"internal/curriculum"},
	"github.com/wneessen/go-mail":        {"internal/mail"},
	"github.com/ledongthuc/pdf":          {"internal/document"},
	"golang.org/x/net":                   {"internal/document", "internal/interchange"}, // reads HTML
	"github.com/xuri/excelize":           {"internal/report", "internal/interchange"},   // writes reports and questions
}

// Sizes that no file and no function may pass; tests and data aside.
const (
	maxFile      = 500
	maxFunction  = 60
	maxComponent = 300
)

// Projects whose modules the program may import directly.
const maxProjects = 25

// sources walks the project's own files that end in one of the endings.
func sources(t *testing.T, visit func(path string), endings ...string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{".git", "node_modules", ".svelte-kit", "build", "bin", "data", "testdata"}, entry.Name()) {
			return filepath.SkipDir
		}
		if slices.Contains(endings, filepath.Ext(path)) {
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// packageOf gives the folder of a file below the root, "" for the root itself.
func packageOf(path string) string {
	dir, err := filepath.Rel(root, filepath.Dir(path))
	if err != nil || dir == "." {
		return ""
	}
	return filepath.ToSlash(dir)
}

// rankOf gives the rank of a package, and the name that carries it.
func rankOf(pkg string) (rank int, name string, known bool) {
	for name = pkg; ; name = name[:strings.LastIndex(name, "/")] {
		if rank, known = ranks[name]; known || !strings.Contains(name, "/") {
			return rank, name, known
		}
	}
}

func imports(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, name)
	}
	return list
}

func TestRanks(t *testing.T) {
	t.Parallel()
	seen := 0
	sources(t, func(path string) {
		pkg := packageOf(path)
		if pkg == "internal/arch" || strings.HasSuffix(path, "_test.go") {
			return
		}
		rank, name, known := rankOf(pkg)
		if !known {
			t.Errorf("%s: package %q has no rank; give it one, with the reason, in ranks and in the README", path, pkg)
			return
		}
		for _, imported := range imports(t, path) {
			own, ok := strings.CutPrefix(imported, "muster/")
			if !ok {
				continue
			}
			seen++
			other, otherName, _ := rankOf(own)
			if otherName != name && other >= rank {
				t.Errorf("%s: %s (rank %d) must not import %s (rank %d)", path, name, rank, own, other)
			}
		}
	}, ".go")
	if seen == 0 {
		t.Fatal("no imports were seen: this test is broken")
	}
}

func TestImportsHaveKeepers(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	sources(t, func(path string) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, imported := range imports(t, path) {
			for module, allowed := range keepers {
				if !strings.HasPrefix(imported, module) {
					continue
				}
				used[module] = true
				_, name, _ := rankOf(packageOf(path))
				if !slices.Contains(allowed, name) {
					t.Errorf("%s imports %s, which only %v may", path, imported, allowed)
				}
			}
		}
	}, ".go")
	for module := range keepers {
		if !used[module] {
			t.Errorf("nobody imports %s any more: drop it from keepers", module)
		}
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	generated := regexp.MustCompile(`schema\.d\.ts$`)
	sources(t, func(path string) {
		if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, ".spec.ts") || generated.MatchString(path) {
			return
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		limit := maxFile
		if filepath.Ext(path) == ".svelte" {
			limit = maxComponent
		}
		if lines := strings.Count(string(raw), "\n"); lines > limit {
			t.Errorf("%s has %d lines, more than %d: find the two subjects in it", path, lines, limit)
		}
		if filepath.Ext(path) == ".go" {
			longFunctions(t, path)
		}
	}, ".go", ".ts", ".svelte", ".css")
}

func longFunctions(t *testing.T, path string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			if lines := set.Position(fn.End()).Line - set.Position(fn.Pos()).Line + 1; lines > maxFunction {
				t.Errorf("%s: %s has %d lines, more than %d", path, fn.Name.Name, lines, maxFunction)
			}
		}
	}
}

// TestEveryPackageSaysWhatItIs wants a paragraph for every package.
func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	documented := map[string]bool{}
	sources(t, func(path string) {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		pkg := packageOf(path)
		documented[pkg] = documented[pkg] || (file.Doc != nil && len(file.Doc.Text()) > 40)
	}, ".go")
	for pkg, ok := range documented {
		if !ok {
			t.Errorf("package %q has no paragraph that says what it is", pkg)
		}
	}
}

// TestMigrationsComeInPairs: both databases have the same numbers and names.
func TestMigrationsComeInPairs(t *testing.T) {
	t.Parallel()
	names := func(dialect string) []string {
		entries, err := os.ReadDir(filepath.Join(root, "internal/store/migrations", dialect))
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for i, entry := range entries {
			if number, _, _ := strings.Cut(entry.Name(), "_"); number != pad(i+1) {
				t.Errorf("%s: migration %s should have the number %s", dialect, entry.Name(), pad(i+1))
			}
			list = append(list, entry.Name())
		}
		return list
	}
	lite, server := names("sqlite"), names("postgres")
	if !slices.Equal(lite, server) || len(lite) == 0 {
		t.Errorf("the migrations differ: sqlite %v, postgres %v", lite, server)
	}
}

func pad(n int) string { return strings.Repeat("0", 4-len(strconv.Itoa(n))) + strconv.Itoa(n) }

// TestModulesAreFew: a direct module is a promise to keep it. Those that one
// project raises together are one promise.
func TestModulesAreFew(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	projects := map[string]bool{}
	for _, line := range strings.Split(string(raw), "\n") {
		module, version, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || !strings.HasPrefix(line, "\t") || strings.Contains(version, "// indirect") {
			continue
		}
		projects[projectOf(module)] = true
		if !strings.Contains(string(readme), strings.TrimPrefix(module, "github.com/")) {
			t.Errorf("the README's table of dependencies does not say what %s saves", module)
		}
	}
	if len(projects) == 0 || len(projects) > maxProjects {
		t.Errorf("modules of %d projects, want 1 to %d", len(projects), maxProjects)
	}
}

// projectOf gives the project that a module belongs to.
func projectOf(module string) string {
	for _, family := range []string{"github.com/riverqueue/river", "gorm.io", "golang.org/x"} {
		if strings.HasPrefix(module, family+"/") {
			return family
		}
	}
	return module
}
