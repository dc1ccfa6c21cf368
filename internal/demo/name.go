package demo

import "fmt"

// person is somebody invented.
type person struct{ name, locale string }

// people are given and family names that go together.
type people struct {
	locale        string
	form          string // of the given name and the family name
	given, family [9]string
}

// world is where people come from. Nobody here is real.
var world = [...]people{
	{"en", "%s %s", [9]string{"Kwame", "Akosua", "Yaw", "Abena", "Kojo", "Efua", "Kwesi", "Adwoa", "Nana"}, [9]string{"Boateng", "Owusu", "Asante", "Darko", "Appiah", "Osei", "Agyeman", "Frimpong", "Amoah"}},
	{"ar", "%s %s", [9]string{"ليلى", "يوسف", "مريم", "سامي", "هدى", "طارق", "نور", "خالد", "سلمى"}, [9]string{"المصري", "حداد", "العمري", "الخطيب", "منصور", "الزعبي", "درويش", "القاسم", "نصار"}},
	{"zh", "%[2]s%[1]s", [9]string{"秀英", "建国", "丽华", "志强", "晓梅", "文博", "雪芳", "海涛", "春燕"}, [9]string{"王", "李", "张", "刘", "陈", "杨", "赵", "周", "吴"}},
	{"ru", "%s %s", [9]string{"Айгүл", "Бат", "Надежда", "Тимур", "Ольга", "Ерлан", "Светлана", "Богдан", "Ирина"}, [9]string{"Асанова", "Ганбаатар", "Мельник", "Садыков", "Бойко", "Жумабаев", "Лысенко", "Ткачук", "Ким"}},
	{"fr", "%s %s", [9]string{"Aïssatou", "Moussa", "Hélène", "Ousmane", "Fatoumata", "Cédric", "Mariétou", "Bénédicte", "Ibrahima"}, [9]string{"Ndiaye", "Traoré", "Béchir", "Koné", "Zongo", "Nguéma", "Sow", "Kaboré", "Faye"}},
	{"es", "%s %s", [9]string{"Lucía", "Martín", "Inés", "Andrés", "Sofía", "Joaquín", "Belén", "Matías", "Ximena"}, [9]string{"Muñoz", "Peña", "Suárez", "Giménez", "Núñez", "Ibáñez", "Cáceres", "Bermúdez", "Quiñones"}},
	{"en", "%s %s", [9]string{"Sita", "Bikash", "Asha", "Prakash", "Kamala", "Dipesh", "Maya", "Suresh", "Laxmi"}, [9]string{"Gurung", "Tamang", "Rai", "Thapa", "Magar", "Karki", "Adhikari", "Limbu", "Bista"}},
	{"en", "%s %s", [9]string{"Niamh", "Cian", "Aoife", "Seán", "Róisín", "Oisín", "Gráinne", "Eoin", "Sorcha"}, [9]string{"Ó Briain", "Ní Dhálaigh", "Kavanagh", "Ó Sé", "Brennan", "Nolan", "Mac Cárthaigh", "Doyle", "Keane"}},
	{"en", "%s %s", [9]string{"Nusrat", "Rafiq", "Shirin", "Anwar", "Taslima", "Kamrul", "Farhana", "Jahid", "Rehana"}, [9]string{"Chowdhury", "Hossain", "Akter", "Rahman", "Islam", "Sarkar", "Begum", "Talukder", "Mia"}},
	{"en", "%s %s", [9]string{"Putri", "Agus", "Dewi", "Bambang", "Ratna", "Joko", "Wulan", "Hendra", "Sari"}, [9]string{"Santoso", "Wijaya", "Lestari", "Nugroho", "Siregar", "Halim", "Kusuma", "Simanjuntak", "Utami"}},
	{"fr", "%s %s", [9]string{"Uwase", "Jean-Bosco", "Mutesi", "Éric", "Ingabire", "Théoneste", "Keza", "Aimé", "Umutoni"}, [9]string{"Habimana", "Mugisha", "Niyonzima", "Uwimana", "Nkurunziza", "Mukamana", "Bizimana", "Gasana", "Hakizimana"}},
	{"en", "%s %s", [9]string{"Þóra", "Łukasz", "Žofie", "Bjørn", "Ağça", "Győző", "Ștefania", "Jānis", "Šejla"}, [9]string{"Jónsdóttir", "Wiśniewski", "Dvořáková", "Ødegård", "Yıldız", "Szőke", "Munteanu", "Bērziņš", "Hadžić"}},
	{"en", "%[2]s %[1]s", [9]string{"Thị Hương", "Văn Đức", "Thùy Linh", "Quốc Bảo", "Minh Châu", "Hữu Tài", "Ngọc Ánh", "Đình Phúc", "Kim Yến"}, [9]string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ"}},
	{"en", "%s %s", [9]string{"Selam", "Dawit", "Hirut", "Bekele", "Tsehay", "Yonas", "Almaz", "Getachew", "Meron"}, [9]string{"Tesfaye", "Alemu", "Haile", "Worku", "Abebe", "Girma", "Kebede", "Desta", "Tadesse"}},
}

// mostPeople is how many different people there are.
const mostPeople = len(world) * 9 * 9

// personAt gives the person with a number below mostPeople; those that follow
// each other come from different places.
func personAt(i int) person {
	from := world[i%len(world)]
	n := i / len(world)
	given, family := from.given[n%9], from.family[(n+n/9)%9]
	return person{fmt.Sprintf(from.form, given, family), from.locale}
}
