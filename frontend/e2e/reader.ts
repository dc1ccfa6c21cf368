/** A text such as trainers read in: our own words on law and human rights in peace operations. */
export const TITLE = 'Law and human rights in a peace operation';

export const READER = `<!doctype html><html lang="en"><title>${TITLE}</title>
<h1>${TITLE}</h1>
<p>This reader is for military, police and civilian personnel before they deploy. It says on which law a mission stands, which rights everybody has, and what a patrol does when it sees that a right is violated.</p>

<h2>The Charter and its organs</h2>
<p>The Charter of the United Nations was signed in San Francisco on 26 June 1945 and entered into force on 24 October of that year. The Charter is the treaty that founded the organisation and that binds all of its members. Today the General Assembly has 193 members, and each of them has one vote.</p>
<p>The Security Council has primary responsibility for international peace and security. The Security Council has 15 members. Five of them are permanent, and the General Assembly elects the other ten for terms of two years. A decision on a question of substance needs nine votes, and none of the five permanent members may vote against it.</p>
<p>Article 33 of the Charter lists peaceful means: negotiation, enquiry, mediation, conciliation, arbitration and judicial settlement. Article 51 leaves states the right to defend themselves until the Council has acted. Chapter VI of the Charter is about the peaceful settlement of disputes. Chapter VII of the Charter lets the Council decide on sanctions and on force when peace is threatened or broken. Chapter VIII of the Charter is about regional organisations such as the African Union.</p>
<p>The International Court of Justice (ICJ) has its seat in The Hague and has 15 judges. The International Court of Justice settles disputes between states. It does not try persons.</p>
<table>
<tr><th>Organ</th><th>Main task</th></tr>
<tr><td>Security Council</td><td>Decides on the mandate of a mission</td></tr>
<tr><td>General Assembly</td><td>Approves the budget of a mission</td></tr>
<tr><td>Secretariat</td><td>Plans and directs the daily work</td></tr>
<tr><td>International Court of Justice</td><td>Settles disputes between states</td></tr>
</table>

<h2>The mandate of a mission</h2>
<p>A mandate is the set of tasks that the Security Council gives to a mission in a resolution. The first mission of military observers, the United Nations Truce Supervision Organization (UNTSO), was established in 1948. The first armed force of peacekeepers, the United Nations Emergency Force (UNEF), was established in 1956. The mission in Cyprus was established in 1964, and the mission in South Lebanon was established in 1978.</p>
<p>Three principles guide peacekeeping: the consent of the parties, impartiality, and the use of force only in self-defence and in defence of the mandate. Consent means that the main parties to a conflict accept the presence and the tasks of the mission. Impartiality means that peacekeepers carry out the mandate without favour to any party. Impartiality is not neutrality: a mission does not look away when a party breaks its word.</p>
<p>In 1999 the Security Council adopted resolution 1270, by which a peacekeeping mission was told for the first time to protect civilians under imminent threat of physical violence. The mission was in Sierra Leone. Most of the large missions since then have had such a task.</p>
<p>The Status of Forces Agreement (SOFA) is a treaty on the legal position of a mission and its members in the host state. The Rules of Engagement (ROE) say when and how military personnel may use force. The Directive on the Use of Force (DUF) says the same for police personnel. A memorandum of understanding is an agreement between the organisation and a state that contributes troops.</p>
<p>The Convention on the Privileges and Immunities of the United Nations was adopted in 1946. The Convention on the Safety of United Nations and Associated Personnel was adopted in 1994. Immunity protects the work of the organisation and does not protect a person from the law of the home state.</p>

<h2>Human rights</h2>
<p>Human rights are rights that every person has because they are human. The Universal Declaration of Human Rights (UDHR) was adopted by the General Assembly in 1948. The Universal Declaration has 30 articles. It is not a treaty, but most of what it says has become law.</p>
<p>The International Covenant on Civil and Political Rights (ICCPR) was adopted in 1966 and entered into force in 1976. The International Covenant on Economic, Social and Cultural Rights (ICESCR) was adopted in 1966 as well. The Convention on the Elimination of All Forms of Discrimination against Women (CEDAW) was adopted in 1979. The Convention against Torture was adopted in 1984. The Convention on the Rights of the Child was adopted in 1989.</p>
<p>States have three duties: to respect, to protect and to fulfil human rights. To respect means that the state itself does not violate a right. To protect means that the state stops others who would violate it. To fulfil means that the state takes steps so that people can enjoy their rights.</p>
<p>Some rights cannot be suspended, even in a public emergency. Among them are the right to life, freedom from torture, freedom from slavery, and freedom of thought, conscience and religion. Torture is never allowed, not even in war.</p>
<p>The Human Rights Council has 47 members and was created in 2006. The Office of the High Commissioner for Human Rights (OHCHR) has its seat in Geneva. The post of the High Commissioner was created in 1993. The Human Rights Due Diligence Policy (HRDDP) means that the organisation does not support forces where there is a real risk that they commit grave violations. The policy was adopted in 2011.</p>

<h2>The law of armed conflict</h2>
<p>International humanitarian law is the law that limits the effects of armed conflict for humanitarian reasons. The four Geneva Conventions were adopted in 1949, and two Additional Protocols were adopted in 1977. Article 3 is the same in all four Conventions and binds both sides of an internal conflict.</p>
<table>
<tr><th>Geneva Convention</th><th>Whom it protects</th></tr>
<tr><td>First</td><td>The wounded and sick on land</td></tr>
<tr><td>Second</td><td>The wounded, sick and shipwrecked at sea</td></tr>
<tr><td>Third</td><td>Prisoners of war</td></tr>
<tr><td>Fourth</td><td>Civilians in the hands of the other side</td></tr>
</table>
<p>Distinction means that parties direct attacks only against fighters and military objectives. Proportionality means that an attack is not launched when the expected harm to civilians is excessive. Precaution means that constant care is taken to spare civilians and their homes. Necessity means that only the force that is needed for a lawful aim is used.</p>
<p>In 1999 the Secretary-General issued a bulletin by which peacekeepers who are engaged as combatants observe the principles of humanitarian law. The Rome Statute was adopted in 1998 and entered into force in 2002. The International Criminal Court (ICC) can try persons for four crimes: genocide, crimes against humanity, war crimes and the crime of aggression. The International Criminal Court has 18 judges.</p>

<h2>Protection of civilians, women and children</h2>
<p>The protection of civilians has three tiers: dialogue and engagement, physical protection, and a protective environment. Dialogue and engagement is work with the parties and with communities so that violence does not begin. Physical protection is the presence and, where needed, the force that shields people from violence.</p>
<p>Resolution 1325 on women, peace and security was adopted in 2000. It has four pillars: participation, prevention, protection, and relief and recovery. Resolution 1820 was adopted in 2008 and says that sexual violence can be a war crime. Resolution 2250 on youth, peace and security was adopted in 2015.</p>
<p>Resolution 1612 was adopted in 2005 and set up a mechanism that monitors and reports violations against children. There are six grave violations against children: killing and maiming, recruitment and use, sexual violence, abduction, attacks on schools and hospitals, and denial of humanitarian access. A child is every person below the age of 18 years.</p>
<p>Sexual exploitation is the abuse of a position of vulnerability, of power or of trust for sexual purposes. Sexual activity with anybody below the age of 18 years is forbidden to all personnel, whatever the law of the host state says. It is not an excuse that somebody was mistaken about the age. Every suspicion is reported.</p>

<h2>What a patrol does</h2>
<p>A patrol does not investigate. It protects, notes and reports. The report runs from patrol to operations centre, human rights component and head of mission.</p>
<h3>A report in four steps</h3>
<ol>
<li>Make sure that the people are safe</li>
<li>Note who, what, when and where</li>
<li>Report through the chain of command</li>
<li>Tell the human rights officer</li>
</ol>
<table>
<tr><th>Patrols may</th><th>Patrols may not</th></tr>
<tr><td>Listen to what people want to tell</td><td>Question a victim about details</td></tr>
<tr><td>Note what they see themselves</td><td>Promise help that they cannot give</td></tr>
<tr><td>Ask whether their name may be passed on</td><td>Show names to the local police</td></tr>
</table>
<p>Informed consent means that a person knows what will be done with their words and agrees to it. Confidentiality means that names and places that would lead to a witness stay within the mission. The rule to do no harm is the duty to leave a report unwritten when it would put somebody in danger.</p>
<p>The Joint Operations Centre (JOC) keeps watch at all hours. The Civil Affairs section talks with elders, women’s groups and local authorities. The Department of Peace Operations (DPO) directs missions from New York, and the Department of Operational Support (DOS) supplies them.</p>
</html>`;
