/** Names and sentences that are written so, in the scripts of States Parties; none of them has anything to hide. */
const NAMES = `Bravia|Mwila Banda|José Ramón Núñez|François Lefèvre|Łukasz Żółć|Đặng Thị Hồng|Þórður Ísfjörð|Søren Kierkegård|Zoë O’Brien-Smith|Ştefan Ţiriac|
Nguyễn Văn An|Müller-Lüdenscheidt|Ngũgĩ wa Thiong'o|Ọláyínká|Çağrı Öztürk|İstanbul|Ĝangalo|Māori|Hawaiʻi|Ævar|Eleña|Dvořák|Škoda|Žižek|Ångström|Œuvre|Straße|Ħaż-Żebbuġ|Kŕč|Ǹjọ
Министерство обороны|Дипломатическая нота № 42|Ольга Ёлкина|Київ, Україна|Ґалаґан Їжакевич|Србија|Македонија ѓ ќ|Қазақстан|Өзбекстан|Монгол Улс|Беларусь ў|Тоҷикистон|Кыргыз Республикасы|Българска армия|Черногория
Ελληνική Δημοκρατία|Νίκος Παπαδόπουλος|Ύδρα|ΐ ΰ|Κύπρος
وزارة الدفاع|القانون رقم ١٢ لسنة ٢٠٢٧|محمد بن عبد الله|الجمهورية اللبنانية|مُحَمَّد|لا إله|ﷺ|ٱلسَّلَامُ|العراق|فلسطين|تونس ٢٠٢٦/٠٣/٠٤|السودان|ليبيا|المغرب|٪ ٥٠
جمهوری اسلامی ایران|می‌خواهم|نمی‌دانم|خانه‌ها|کتاب‌های|آب‌وهوا|پیش‌نویس قانون|افغانستان|بین‌المللی|هفته‌نامه|وزارتِ دفاع|۱۴۰۵/۰۹/۰۷|رئیس‌جمهور
حکومتِ پاکستان|وزارتِ خارجہ|اردو|کوردستان|پښتو|سنڌي|ئۇيغۇر|ھەرێم
משרד החוץ|שָׁלוֹם|ירושלים|ד״ר כהן|חוק מס׳ 12|תל־אביב|בְּרֵאשִׁית|ייִדיש|מדינת ישראל
विदेश मंत्रालय|भारत|हिन्दी|क्‍ष|श्री|नेपाल|संस्कृतम्|मराठी भाषा|र्‍य
বাংলাদেশ|মন্ত্রণালয়|র‍্যাব|আইন|অ্যাক্ট
ਪੰਜਾਬ|ਮੰਤਰਾਲਾ|ગુજરાત|મંત્રાલય|ଓଡ଼ିଶା|தமிழ்நாடு|அமைச்சகம்|శాసనం|తెలుగు|ಕರ್ನಾಟಕ|ಕಾನೂನು|കേരളം|നിയമം|ക്‍ഷ|ശ്രീ ലങ്ക|ශ්‍රී ලංකා|අමාත්‍යාංශය
ราชอาณาจักรไทย|กระทรวงการต่างประเทศ|น้ำ|ສປປ ລາວ|ກະຊວງ|ព្រះរាជាណាចក្រកម្ពុជា|ក្រសួង|မြန်မာ|ဝန်ကြီးဌာန|བོད་ཡིག|འབྲུག
中华人民共和国|外交部|普通照会|第四十二号|中華民國|日本国|外務省|カタカナ|ひらがな|東京都|大韓民国|대한민국|외교부|한글 맞춤법|조선|ㄅㄆㄇ|𠮷野家|葛󠄀城
საქართველო|საგარეო|Հայաստան|Նախարարություն|እትዮጵያ|የውጭ ጉዳይ|ትግርኛ|ᏣᎳᎩ|ⵜⴰⵎⴰⵣⵉⵖⵜ|ߒߞߏ|ދިވެހި|ܣܘܪܝܝܐ|ᠮᠣᠩᠭᠣᠯ|ꦗꦮ|ᬩᬮᬶ|ꠍꠤꠟꠐꠤ
Article 9(1) & Annex|50 % of the time|“Quoted”|‘single’|a/b|x < y > z|C++ {x}|#42|№ 7|§ 12|€ 1’000.00|£5|¥100|a + b = c|2027–2030|naïve café|e-mail: a@b.example|https://law.example.org/act?id=1&x=2|C:\\temp|100%|{name}|\${value}|{{ title }}|it’s|O'Reilly|tilde ~|caret ^|under_score|pipe ¦|semi;colon|ellipsis…|em—dash|½ ⅓|H₂O|x²|→ ← ↔|✓ ✗|☎ 123|😀|👍🏽|🇿🇲|❤️`;

/** More than two hundred, each a line. */
export const HONEST_TEXTS: readonly string[] = NAMES.split(/[|\n]+/)
  .map((text) => text.trim())
  .filter(Boolean);

const codes = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, offset) => String.fromCodePoint(from + offset));

/** Characters that hide, reorder, join nothing, or break lines, each alone. */
export const TRICKS: readonly string[] = [
  ...codes(0x01, 0x1f),
  ...codes(0x7f, 0x9f),
  ...codes(0x202a, 0x202e),
  ...codes(0x2066, 0x2069),
  ...codes(0x206a, 0x206f),
  ...codes(0x2060, 0x2064),
  ...codes(0xfff9, 0xfffb),
  ...codes(0xe0020, 0xe007f),
  ...['\u00AD', '\u061C', '\u180E', '\u200B', '\u200E', '\u200F', '\u2028', '\u2029', '\uFEFF', '\u{E0001}'],
];
