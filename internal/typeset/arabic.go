package typeset

import "unicode"

// forms are the presentation forms of an Arabic letter in Unicode: first stands
// alone, then follow, where it has them, the final, the initial and the medial.
type forms struct {
	first rune
	count int // 1 joins nothing, 2 joins what comes before, 4 joins both sides
}

// arabicForms holds the letters of Arabic and of Persian, Urdu, Dari, Sindhi,
// Kurdish and Uyghur that have presentation forms (Unicode blocks FB50, FE70).
var arabicForms = map[rune]forms{
	'ء': {0xfe80, 1}, 'آ': {0xfe81, 2}, 'أ': {0xfe83, 2}, 'ؤ': {0xfe85, 2}, 'إ': {0xfe87, 2}, 'ئ': {0xfe89, 4},
	'ا': {0xfe8d, 2}, 'ب': {0xfe8f, 4}, 'ة': {0xfe93, 2}, 'ت': {0xfe95, 4}, 'ث': {0xfe99, 4}, 'ج': {0xfe9d, 4},
	'ح': {0xfea1, 4}, 'خ': {0xfea5, 4}, 'د': {0xfea9, 2}, 'ذ': {0xfeab, 2}, 'ر': {0xfead, 2}, 'ز': {0xfeaf, 2},
	'س': {0xfeb1, 4}, 'ش': {0xfeb5, 4}, 'ص': {0xfeb9, 4}, 'ض': {0xfebd, 4}, 'ط': {0xfec1, 4}, 'ظ': {0xfec5, 4},
	'ع': {0xfec9, 4}, 'غ': {0xfecd, 4}, 'ف': {0xfed1, 4}, 'ق': {0xfed5, 4}, 'ك': {0xfed9, 4}, 'ل': {0xfedd, 4},
	'م': {0xfee1, 4}, 'ن': {0xfee5, 4}, 'ه': {0xfee9, 4}, 'و': {0xfeed, 2}, 'ى': {0xfeef, 2}, 'ي': {0xfef1, 4},
	'ٱ': {0xfb50, 2}, 'ٻ': {0xfb52, 4}, 'پ': {0xfb56, 4}, 'ڀ': {0xfb5a, 4}, 'ٺ': {0xfb5e, 4}, 'ٿ': {0xfb62, 4},
	'ٹ': {0xfb66, 4}, 'ڤ': {0xfb6a, 4}, 'ڦ': {0xfb6e, 4}, 'ڄ': {0xfb72, 4}, 'ڃ': {0xfb76, 4}, 'چ': {0xfb7a, 4},
	'ڇ': {0xfb7e, 4}, 'ڍ': {0xfb82, 2}, 'ڌ': {0xfb84, 2}, 'ڎ': {0xfb86, 2}, 'ڈ': {0xfb88, 2}, 'ژ': {0xfb8a, 2},
	'ڑ': {0xfb8c, 2}, 'ک': {0xfb8e, 4}, 'گ': {0xfb92, 4}, 'ڳ': {0xfb96, 4}, 'ڱ': {0xfb9a, 4}, 'ں': {0xfb9e, 2},
	'ڻ': {0xfba0, 4}, 'ۀ': {0xfba4, 2}, 'ہ': {0xfba6, 4}, 'ھ': {0xfbaa, 4}, 'ے': {0xfbae, 2}, 'ۓ': {0xfbb0, 2},
	'ڭ': {0xfbd3, 4}, 'ۇ': {0xfbd7, 2}, 'ۆ': {0xfbd9, 2}, 'ۈ': {0xfbdb, 2}, 'ۋ': {0xfbde, 2}, 'ۅ': {0xfbe0, 2},
	'ۉ': {0xfbe2, 2}, 'ې': {0xfbe4, 4}, 'ی': {0xfbfc, 4},
}

// lamAlef are the letters that melt with a lam before them; the form that joins
// comes after the one that stands alone.
var lamAlef = map[rune]rune{'آ': 0xfef5, 'أ': 0xfef7, 'إ': 0xfef9, 'ا': 0xfefb}

// What is not written but says whether letters join, and the stroke that joins.
const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	tatweel            = 'ـ'
)

// Where Unicode keeps the Arabic script with its signs.
const (
	firstArabic = 0x600
	lastArabic  = 0x8ff
)

// shape puts the presentation form of each Arabic letter in its place, in the
// order of reading. Vowel signs are left out, as in print. It is not ok where
// a letter has no such forms. Other text stays as it is.
func shape(text []rune) (shaped []rune, ok bool) {
	letters := make([]rune, 0, len(text))
	for _, r := range text {
		if !unicode.Is(unicode.Mn, r) || r < firstArabic || r > lastArabic {
			letters = append(letters, r)
		}
	}
	joined := false // whether the letter before reaches to this one
	for i := 0; i < len(letters); i++ {
		r := letters[i]
		next := rune(0)
		if i+1 < len(letters) {
			next = letters[i+1]
		}
		f, known := arabicForms[r]
		ligature, melts := lamAlef[next]
		switch {
		case r == 'ل' && melts:
			shaped = append(shaped, ligature+offset(joined, 1))
			joined = false
			i++
		case known:
			reaches := f.count == 4 && joins(next)
			shaped = append(shaped, f.first+f.offset(joined, reaches))
			joined = reaches
		case r == zeroWidthJoiner, r == zeroWidthNonJoiner:
			joined = r == zeroWidthJoiner
		default:
			if unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) && r != tatweel {
				return nil, false
			}
			shaped = append(shaped, r)
			joined = r == tatweel
		}
	}
	return shaped, true
}

// offset gives the place of a form after the first.
func (f forms) offset(before, after bool) rune {
	if f.count == 1 {
		return 0
	}
	return offset(before, 1) + offset(after, 2)
}

func offset(is bool, by rune) rune {
	if is {
		return by
	}
	return 0
}

// joins says whether a letter is reached by the one before it.
func joins(r rune) bool {
	return arabicForms[r].count >= 2 || r == tatweel || r == zeroWidthJoiner
}
