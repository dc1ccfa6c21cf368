package cohort_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"muster/internal/cohort"
)

// take imports a CSV file and gives its report as lines: people, then findings.
func (c *camp) take(t *testing.T, id cohort.ID, text string, in cohort.Import) (cohort.ImportReport, string) {
	t.Helper()
	in.Format, in.File = cohort.CSV, []byte(text)
	report, err := c.Import(t.Context(), kofi, id, in)
	must(t, err)
	return report, said(report)
}

func said(r cohort.ImportReport) string {
	var out strings.Builder
	for _, p := range r.People {
		fmt.Fprintf(&out, "%d %s|%s|%s\n", p.Line, p.Name, p.Username, p.Email)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&out, "%d %s: %s\n", f.Line, f.Severity, f.Message)
	}
	return out.String()
}

// TestImportReads: whatever a spreadsheet saves, and what becomes of each row.
func TestImportReads(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna")
	tests := map[string]struct{ file, want string }{
		"all columns":    {"name,username,email,locale\nAmina Diallo,amina,amina@example.org,FR\n", "2 Amina Diallo|amina|amina@example.org\n"},
		"the name alone": {"name\nAmina Diallo\n", "2 Amina Diallo|amina.diallo|\n"},
		"semicolons":     {"Name;E-Mail\r\nDiallo, Amina;amina@example.org\r\n", "2 Diallo, Amina|diallo.amina|amina@example.org\n"},
		"tabs":           {"full name\te-mail address\nAmina Diallo\ta@b.org\n", "2 Amina Diallo|amina.diallo|a@b.org\n"},
		"a byte order mark, quotes and lines without text": {"\ufeff\"name\",\"locale\"\n\n,\n\"Amina \"\"A\"\" Diallo\",es\n", "4 Amina \"A\" Diallo|amina.a.diallo|\n"},
		"any script": {"name\nالسيدة سلمى\n王小明\n王芳\nИван Петров\nO’Hara-Łęcki Åsa\n",
			"2 السيدة سلمى|السيدة.سلمى|\n3 王小明|王小明|\n4 王芳|王芳1|\n5 Иван Петров|иван.петров|\n6 O’Hara-Łęcki Åsa|oharałęcki.åsa|\n"},
		"the same name twice": {"name\nAmina Diallo\nAMINA  DIALLO\nAmina Diallo\n",
			"2 Amina Diallo|amina.diallo|\n3 AMINA  DIALLO|amina.diallo2|\n4 Amina Diallo|amina.diallo3|\n4 warning: The same name stands on line 2. Is this another person?\n"},
		"a made username that a later row gives": {"name,username\nAmina Diallo,\nA. D.,amina.diallo\n", "2 Amina Diallo|amina.diallo2|\n3 A. D.|amina.diallo|\n"},
		"a made username that has an account":    {"name\nKofi\nLena\n", "2 Kofi|kofi2|\n3 Lena|lena2|\n"},
		"unknown columns and cells beyond":       {"service number,name,rank\n17,Amina Diallo,Major,extra\n18,Boris,,\n", "2 Amina Diallo|amina.diallo|\n3 Boris|boris|\n1 warning: The column “service number” is not used.\n1 warning: The column “rank” is not used.\n2 warning: The row has more cells than there are columns; the last are not used.\n"},
		"bad rows": {"name,username,email,locale\n,x,,\n=cmd|' /C calc'!A1,,,\nBoris,bo ris,,\nChen,,chen,\nDina,,,tlh\n!?,,,\nEva\x07,eva,,\nFay,KOFI,,\nGil,gil,,\nGus,GIL,,\nHa\"ns,,,\nAnna,,,\n",
			"10 Gil|gil|\n2 error: The name is missing.\n3 error: This is a formula, not a name.\n4 error: Use only letters, digits and . _ - @ + in the username.\n" +
				"5 error: Give an e-mail address such as amina@example.org, or leave it empty.\n6 error: Choose one of the languages on offer.\n" +
				"7 error: No username can be made from this name: give one in the column username.\n8 error: The name holds a character that cannot be shown.\n" +
				"9 error: This username is taken. If it is this person, ask an administrator to add them; if not, leave it empty or give another.\n11 error: The username stands on line 10 too.\n12 error: A quotation mark stands where none may be.\n" +
				"13 error: Somebody of this name is in the cohort already. If this is another person, give them a username.\n"},
	}
	for name, test := range tests {
		report, got := c.take(t, bravo.ID, test.file, cohort.Import{DryRun: true})
		same(t, name, test.want, got)
		if report.Created != 0 {
			t.Errorf("%s: a dry run created %d people", name, report.Created)
		}
	}
	if got := c.names(t, bravo.ID); got != "anna" {
		t.Errorf("after dry runs, %s are in the cohort", got)
	}
}

func TestImportRefusesFiles(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t)
	long := "name\n" + strings.Repeat("Amina Diallo\n", cohort.MaxImportRows+1)
	tests := map[string]struct {
		format cohort.Format
		file   string
		says   string
	}{
		"an empty file":            {cohort.CSV, "", "empty"},
		"blank lines":              {cohort.CSV, "\n , ;\n", "no column"},
		"no name":                  {cohort.CSV, "username,email\nanna,\n", "no column “name”"},
		"a name twice":             {cohort.CSV, "name,Name\nanna,\n", "there twice"},
		"windows-1252":             {cohort.CSV, "name\nRen\xe9\n", "CSV UTF-8"},
		"UTF-16":                   {cohort.CSV, "\xff\xfen\x00a\x00m\x00e\x00", "CSV UTF-8"},
		"a workbook as CSV":        {cohort.CSV, string(workbook(t, []any{"name"})), "CSV UTF-8"},
		"an open quotation mark":   {cohort.CSV, "name\nAnna\n\"Boris\nChen\nDina\n", "line 3"},
		"too many":                 {cohort.CSV, long, "5,000"},
		"too large":                {cohort.CSV, strings.Repeat(" ", cohort.MaxImportBytes+1), "2 MB"},
		"CSV as a workbook":        {cohort.XLSX, "name\nAnna\n", "workbook"},
		"an empty workbook":        {cohort.XLSX, string(workbook(t)), "empty"},
		"a workbook without names": {cohort.XLSX, string(workbook(t, []any{"first name"})), "no column"},
		"half a workbook":          {cohort.XLSX, string(workbook(t, []any{"name"})[:2000]), "workbook"},
	}
	for name, test := range tests {
		_, err := c.Import(t.Context(), kofi, bravo.ID, cohort.Import{Format: test.format, File: []byte(test.file)})
		wantField(t, "Import of "+name, err, "file")
		if err != nil && !strings.Contains(err.Error(), test.says) {
			t.Errorf("Import of %s = %v, want it to say %q", name, err, test.says)
		}
	}
	_, err := c.Import(t.Context(), kofi, bravo.ID, cohort.Import{Format: "ods"})
	wantField(t, "Import of another format", err, "format")
}

// workbook makes an XLSX file of rows.
func workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer func() { must(t, book.Close()) }()
	for i, cells := range rows {
		must(t, book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &cells))
	}
	var out bytes.Buffer
	must(t, book.Write(&out))
	return out.Bytes()
}

func TestImportWorkbook(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t)
	file := workbook(t, []any{"Name", "service number", "Email"}, []any{"Amina Diallo", 17, "amina@example.org"}, nil, []any{" سلمى ", 18.5}, []any{"@SUM(A1)"})
	report, err := c.Import(t.Context(), kofi, bravo.ID, cohort.Import{Format: cohort.XLSX, File: file, SkipBad: true})
	must(t, err)
	want := "2 Amina Diallo|amina.diallo|amina@example.org\n4 سلمى|سلمى|\n1 warning: The column “service number” is not used.\n5 error: This is a formula, not a name.\n"
	same(t, "report", want, said(report))
	if report.Rows != 3 || report.Created != 2 {
		t.Errorf("%d of %d rows became people, want 2 of 3", report.Created, report.Rows)
	}
}

// TestImportIsAllOrNothing: a bad row refuses the file, unless it is skipped;
// the same file again makes nobody twice.
func TestImportIsAllOrNothing(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t)
	const file = "name,email,locale\nAmina Diallo,amina@example.org,fr\nBoris,,xx\nChen,,\n"
	report, _ := c.take(t, bravo.ID, file, cohort.Import{})
	if report.Created != 0 || report.Rows != 3 || c.names(t, bravo.ID) != "" {
		t.Errorf("with a bad row: %+v, want nobody enrolled", report)
	}
	report, _ = c.take(t, bravo.ID, file, cohort.Import{SkipBad: true})
	if report.Created != 2 || len(c.names(t, bravo.ID)) == 0 {
		t.Errorf("with the bad row skipped: %+v, want two", report)
	}
	members, err := c.Members(t.Context(), kofi, bravo.ID)
	must(t, err)
	if members[0].Username != "amina.diallo" || members[0].Email != "amina@example.org" || members[0].SignedIn {
		t.Errorf("members = %+v", members)
	}
	user, err := c.store.UserByName(t.Context(), "amina.diallo")
	must(t, err)
	if user.PasswordHash != "" || user.Locale != "fr" || user.Role != "trainee" {
		t.Errorf("the account is %+v, want a French-speaking trainee without a password", user)
	}
	a, b := string(user.ID), string(members[1].ID)
	want := []string{"kofi user.create " + a + " trainee", "kofi user.create " + b + " trainee", "kofi cohort.import " + string(bravo.ID) + ` {"people":"2"}`}
	same(t, "audit", want, c.deeds(t, 3))
	report, _ = c.take(t, bravo.ID, file, cohort.Import{SkipBad: true})
	if report.Created != 0 || len(report.Findings) != 3 {
		t.Errorf("the same file again: %+v, want nobody made twice", report)
	}
}

// TestImportIsFast: 5,000 people, half of them of one name, each with another date
// for two things, within 10 seconds.
func TestImportIsFast(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	for _, format := range []cohort.Format{cohort.CSV, cohort.XLSX} {
		bravo := c.bravo(t)
		_, err := c.Assign(t.Context(), kofi, bravo.ID, []cohort.Assignment{
			{Kind: cohort.KindModule, Slug: "first", DueOn: "2027-01-01"}, {Kind: cohort.KindExam, Slug: "final", DueOn: "2027-01-02"},
		})
		must(t, err)
		rows, text := [][]any{{"name"}}, strings.Builder{}
		text.WriteString("name\n")
		for i := range cohort.MaxImportRows {
			name := "Amina Diallo"
			if i%2 == 0 {
				name = fmt.Sprintf("Person %s %d", format, i)
			}
			rows = append(rows, []any{name})
			text.WriteString(name + "\n")
		}
		file := []byte(text.String())
		if format == cohort.XLSX {
			file = workbook(t, rows...)
		}
		start := time.Now()
		report, err := c.Import(t.Context(), kofi, bravo.ID, cohort.Import{Format: format, File: file, NewDate: "2027-02-01"})
		must(t, err)
		took := time.Since(start)
		if report.Created != cohort.MaxImportRows || took > 10*time.Second {
			t.Errorf("%s: %d people in %s, want %d in 10 s", format, report.Created, took, cohort.MaxImportRows)
		}
		t.Logf("%s: %d people in %s", format, report.Created, took)
	}
}
