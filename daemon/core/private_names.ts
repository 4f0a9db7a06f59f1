/**
 * What browsers call their private windows, in every language that they are translated into; lower case.
 * Firefox's names are those of its language packs (153 ESR), Chromium's those of its resources (156).
 * @module
 */

/** Firefox and its kin, behind or before the browser's name: "… — Mozilla Firefox Private Browsing". */
export const PRIVATE_BROWSING: readonly string[] = (
  "anonymní prohlížení|brabhsadh prìobhaideach|duyệt web riêng tư|gizli gezinti|" +
  "huliðsvafur|ichinan okem pa k'amaya'l|kundaha ñemi|meramban privat|merdeiñ prevez|" +
  "modus privat|məxfi səyahət|nabigatze pribatua|navegacion privada|navegació privada|" +
  "navegación privada|navegaçion privâ|navegação privada|navegação privativa|" +
  "navigare privată|navigation private|navigation privée|navigatzione privada|" +
  "navigazion privade|navigazione anonima|pelayaran peribadi|penjelajahan pribadi|" +
  "pori preifat|privaatne veebilehitsemine|privat browsing|privat nettlesing|" +
  "privat surfning|privata retumo|private browsing|privater modus|privatno pregledanje|" +
  "privatno pregledavanje|privatno pretraživanje|priveenavigaasje|privát böngészés|" +
  "privénavigatie|privātā pārlūkošana|priwatny modus|" +
  "shfletim privat|súkromné prehliadanie|tryb prywatny|tunigin tusligt|yksityinen selaus|" +
  "zasebno brskanje|ιδιωτική περιήγηση|жекелік шолу|поверително сърфиране|" +
  "приватний перегляд|приватно прегледање|приватный просмотр|прыватнае агляданне|" +
  "тамошобинии махфӣ|тамошобинии хусусии|գաղտնի դիտարկում|גלישה פרטית|التصفح الخاص|" +
  "مرور ناشناس|نجی براؤزنگ|ব্যক্তিগত ব্রাউজিং|ਪ੍ਰਾਈਵੇਟ ਬਰਾਊਜ਼ਿੰਗ|అంతరంగిక విహరణ|" +
  "ఆంతరంగిక విహారణ|การท่องเว็บแบบส่วนตัว|การเรียกดูแบบส่วนตัว|პირადი თვალიერება|" +
  "ᱯᱨᱟᱭᱣᱮᱴ ᱵᱽᱨᱟᱣᱩᱡᱤᱝ|プライベートブラウジング|隐私浏览|隱私瀏覽模式|사생활 보호 모드"
).split("|");

/** Chromium and its kin where they write it into the title: "… - Google Chrome (Incognito)", "… - [InPrivate]". */
export const INCOGNITO: readonly string[] = (
  "anonimni način|anonimno|anonym|anonymní režim|gizli mod|hali fiche|in incognito|" +
  "incognito|incògnit|incógnito|inkognito|inkognitó mód|inprivate|modo anônimo|" +
  "navegação anónima|navigation privée|private|private mode|private window|" +
  "private window with tor|private with tor|samaran|ανώνυμη περιήγηση|анонімний перегляд|" +
  "без архивирања|инкогнито|אנונימי|التصفح المتخفي|ناشناس|پوشیدگی|गुप्त|ছদ্মবেশী|છૂપી|" +
  "மறைநிலை|అజ్ఞాతంగా|ಅದೃಶ್ಯ|ആള്മാറാട്ടം|โหมดไม่ระบุตัวตน|ስውር|ẩn danh|„инкогнито“|" +
  "シークレット モード|无痕模式|無痕模式|시크릿 모드"
).split("|");

/** The page that a new private window of Chromium begins with; nothing else in its titles tells it. */
export const NEW_INCOGNITO_TAB: readonly string[] = (
  "bagong tab na incognito|filă incognito nouă|jauna inkognito cilne|kichupo fiche kipya|" +
  "naujas inkognito skirtukas|neuer inkognitotab|new incognito tab|nieuw incognitotabblad|" +
  "nouvel onglet de navigation privée|nova anonimna kartica|nova guia anônima|" +
  "novo separador anónimo|nová anonymní karta|nová karta inkognito|nowa karta incognito|" +
  "nueva pestaña de incógnito|nuova scheda incognito|nuwe incognito-oortjie|" +
  "ny inkognitofane|ny inkognitoflik|pestanya d'incògnit nova|tab inkognito baharu|" +
  "tab samaran baru|thẻ ẩn danh mới|uus inkognito vaheleht|uusi incognito-välilehti|" +
  "yeni gizli sekme|új inkognitó lap|νέα καρτέλα ανώνυμης περιήγησης|" +
  "нов раздел в режим „инкогнито“|нова анонімна вкладка|нова картица без архивирањa|" +
  "новая вкладка инкогнито|כרטיסייה פרטית חדשה|زبانه ناشناس جدید|" +
  "علامة تبويب للتصفح المتخفي|نیا پوشیدگی ٹیب|नया गुप्त टैब|नवीन गुप्त टॅब|" +
  "নতুন ছদ্মবেশী ট্যাব|નવું છૂપું ટૅબ|புதிய மறைநிலைத் தாவல்|కొత్త అజ్ఞాత ట్యాబ్|" +
  "ಹೊಸ ಅದೃಶ್ಯ ಟ್ಯಾಬ್|പുതിയ ആൾമാറാട്ട ടാബ്|แท็บที่ไม่ระบุตัวตนใหม่|አዲስ ማንነት የማያሳውቅ ትር|" +
  "新しいシークレット タブ|新無痕分頁|新的无痕式标签页|새 시크릿 탭"
).split("|");

/** The page that an ordinary window of Chromium begins with. */
export const NEW_TAB: readonly string[] = (
  "bagong tab|filă nouă|jauna cilne|kichupo kipya|naujas skirtukas|neuer tab|new tab|" +
  "nieuw tabblad|nouvel onglet|nov zavihek|nova guia|nova kartica|novo separador|" +
  "nová karta|nowa karta|nueva pestaña|nuova scheda|nuwe oortjie|ny fane|ny flik|" +
  "pestanya nova|tab baharu|tab baru|thẻ mới|uus vaheleht|uusi välilehti|yeni sekme|új lap|" +
  "νέα καρτέλα|нов раздел|нова вкладка|нова картица|новая вкладка|כרטיסייה חדשה|زبانه جدید|" +
  "علامة تبويب جديدة|نیا ٹیب|नया टैब|नवीन टॅब|নতুন ট্যাব|નવું ટૅબ|புதிய தாவல்|కొత్త ట్యాబ్|" +
  "ಹೊಸ ಟ್ಯಾಬ್|പുതിയ ടാബ്|แท็บใหม่|አዲስ ትር|新しいタブ|新分頁|新标签页|새 탭"
).split("|");

/** What a window of Chromium is called before it has a page. */
export const UNTITLED: readonly string[] = (
  "adsız|be pavadinimo|bez nosaukuma|bez názvu|bez tytułu|brez naslova|fără titlu|" +
  "hakina jina|không tên|naamloos|namnlös|neimenovano|nimetön|névtelen|pealkirjata|" +
  "sans titre|sem nome|sem título|sense títol|senza titolo|sin título|tanpa judul|" +
  "tidak bertajuk|titelloos|unavngivet|unbenannt|untitled|uten tittel|walang pamagat|" +
  "χωρίς τίτλο|без имени|без наслова|без імені|неозаглавен|ללא שם|بلا عنوان|بیعنوان|" +
  "अशीर्षकांकित|टाइटल रहित|শিরোনামহীন|શીર્ષક વિનાનું|தலைப்பிடாதது|శీర్షికలేనిది|" +
  "ಶೀರ್ಷಿಕೆರಹಿತ|ശീര്ഷകമില്ലാത്ത|ไม่ระบุชื่อ|ርዕስ አልባ|无标题|未命名|無題|제목 없음"
).split("|");
