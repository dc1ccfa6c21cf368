package drafting

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"two sentences":                  {"One stops. Two goes on.", []string{"One stops.", "Two goes on."}},
		"the last without a stop":        {"One stops. Two goes on", []string{"One stops.", "Two goes on"}},
		"U.N. ends none before a noun":   {"The U.N. Charter binds. It is old.", []string{"The U.N. Charter binds.", "It is old."}},
		"U.N. ends one before an opener": {"He joined the U.N. The pay was low.", []string{"He joined the U.N.", "The pay was low."}},
		"No. before a number":            {"Resolution No. 1325 is known. No. It is not.", []string{"Resolution No. 1325 is known.", "No.", "It is not."}},
		"Art. and para.":                 {"See Art. 33 and para. 2. Read on.", []string{"See Art. 33 and para. 2.", "Read on."}},
		"e.g. and i.e.":                  {"Some tools, e.g. Drones, help. Others, i.e. Maps, too.", []string{"Some tools, e.g. Drones, help.", "Others, i.e. Maps, too."}},
		"titles and initials":            {"Dr. Bunche and Lt. Gen. J. Smith met. They talked.", []string{"Dr. Bunche and Lt. Gen. J. Smith met.", "They talked."}},
		"a decimal point":                {"It fell by 3.5 per cent. Then it rose.", []string{"It fell by 3.5 per cent.", "Then it rose."}},
		"closing quotes belong to it":    {"“Stop.” He stopped. (He did.) Good!", []string{"“Stop.”", "He stopped.", "(He did.)", "Good!"}},
		"questions and exclamations":     {"Who spoke? Nobody! Really.", []string{"Who spoke?", "Nobody!", "Really."}},
		"small letters go on":            {"It was ca. three. and more.", []string{"It was ca. three. and more."}},
		"nothing":                        {"  ", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, split(tt.text)); diff != "" {
				t.Errorf("sentences(%q): %s", tt.text, diff)
			}
		})
	}
}

func split(text string) []string {
	runes := []rune(text)
	var parts []string
	for _, s := range sentences(runes) {
		parts = append(parts, string(runes[s.start:s.end]))
	}
	return parts
}

// TestSentencesCoverTheText holds that nothing but space is between sentences.
func TestSentencesCoverTheText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([A-Za-z]{1,6}|U\.N\.|No\.|[0-9.]{1,3}|[“”"().?! ]){0,40}`).Draw(t, "text")
		got := strings.Join(strings.Fields(strings.Join(split(text), " ")), "")
		want := strings.Join(strings.Fields(text), "")
		if strings.ReplaceAll(got, " ", "") != want {
			t.Fatalf("split(%q) kept %q", text, got)
		}
	})
}

func TestStem(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"mission", "missions", "Mission's"}, {"policy", "policies"}, {"organization", "organisation"}, {"bus"}, {"crisis"},
	} {
		for _, w := range same {
			if stem(w) != stem(same[0]) {
				t.Errorf("stem(%q) = %q, want %q", w, stem(w), stem(same[0]))
			}
		}
	}
}

func TestEnumerate(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"food, water and shelter":                          {"food", "water", "shelter"},
		"food, water, and shelter":                         {"food", "water", "shelter"},
		"patrols, posts, and escorts, ensuring safety":     {"patrols", "posts", "escorts"},
		"food and water":                                   nil,
		"food, it is said, and shelter":                    nil,
		"food, water":                                      nil,
		"this, that and the other":                         nil,
		"a, b, and c, then much more that is not an item":  nil,
		"one very long item that goes on and on for ever,": nil,
	}
	for text, want := range tests {
		if diff := cmp.Diff(want, enumerate(text)); diff != "" {
			t.Errorf("enumerate(%q): %s", text, diff)
		}
	}
}

func TestSpells(t *testing.T) {
	t.Parallel()
	tests := []struct {
		long, short string
		want        bool
	}{
		{"rules of engagement", "ROE", true},
		{"Rules of engagement", "RE", true},
		{"Multinational Force and Observers", "MFO", true},
		{"disarmament, demobilization, and reintegration", "DDR", true},
		{"Conflict-related sexual violence", "CRSV", true},
		{"United Nations Mission in Liberia", "UNMIL", true},
		{"the local police", "MFO", false},
		{"Mission in Liberia", "UNMIL", false},
	}
	for _, tt := range tests {
		if got := spells(tt.long, tt.short); got != tt.want {
			t.Errorf("spells(%q, %q) = %v, want %v", tt.long, tt.short, got, tt.want)
		}
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ before, text, want string }{
		"takes the modifiers":       {"UN peacekeeping missions watch.", "These missions report.", "UN peacekeeping missions report."},
		"not without modifiers":     {"Missions watch.", "These missions report.", "These missions report."},
		"not another number":        {"A peacekeeping mission watches.", "These missions report.", "These missions report."},
		"not praise":                {"Effective missions watch.", "Such missions report.", "Such missions report."},
		"not what was never spoken": {"Soldiers watch.", "This force reports.", "This force reports."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, _ := resolve(tt.text, []sentence{{plain: tt.before}}); got != tt.want {
				t.Errorf("resolve(%q after %q) = %q, want %q", tt.text, tt.before, got, tt.want)
			}
		})
	}
}

func TestSiblingsBeginWithWhatTheTermNames(t *testing.T) {
	t.Parallel()
	l := newLexicon([]Term{
		{Name: "Necessity", Definition: "No lesser means would do."},
		{Name: "Rules of engagement (ROE)", Definition: "Orders on force.", See: []string{"Proportionality"}},
		{Name: "Proportionality", Definition: "Force matches the threat."},
		{Name: "Directive on the use of force (DUF)", Definition: "Orders for police.", See: []string{"Rules of engagement (ROE)"}},
	})
	e, ok := l.lookup("rules of engagement")
	if !ok {
		t.Fatal("lookup found nothing")
	}
	all, near := l.siblings(e)
	var names []string
	for _, s := range all {
		names = append(names, s.name)
	}
	want := []string{"Proportionality", "Directive on the use of force", "Necessity"}
	if diff := cmp.Diff(want, names); diff != "" || near != 2 {
		t.Errorf("siblings: %d near, %s", near, diff)
	}
}

func TestTheMission(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ before, text, want string }{
		"this mission":      {"The UN Mission in Liberia (UNMIL) came.", "This mission watched the vote.", "UNMIL watched the vote."},
		"its possessive":    {"The UN Mission in Liberia (UNMIL) came.", "The mission’s camp was small.", "UNMIL’s camp was small."},
		"behind a year":     {"The UN Mission in Liberia (UNMIL) came.", "By 2005, the mission had left.", "By 2005, UNMIL had left."},
		"not one of two":    {"UNMIL and UNAMSIL came.", "The mission watched the vote.", "The mission watched the vote."},
		"not without name":  {"A mission came.", "The mission watched the vote.", "The mission watched the vote."},
		"not within a text": {"UNMIL came.", "People trusted the mission.", "People trusted the mission."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, _ := theMission(tt.text, []sentence{{plain: tt.before}}); got != tt.want {
				t.Errorf("theMission(%q after %q) = %q, want %q", tt.text, tt.before, got, tt.want)
			}
		})
	}
}

func TestOtherPlaces(t *testing.T) {
	t.Parallel()
	for _, at := range places {
		others := otherPlaces(at)
		if len(others) != 3 {
			t.Errorf("otherPlaces(%q) = %q, want three", at, others)
		}
		for _, o := range others {
			if overlap(o, at) {
				t.Errorf("otherPlaces(%q) has %q, which is within it", at, o)
			}
		}
	}
}
