/**
 * Default rules by regular expression for what comes before the names, and for programs.
 * @module
 */
import type { Rule } from "../rules.ts";
import { BLANK_PAGES } from "./neutral.ts";
import { literal, pattern, PLAYFUL } from "./pattern.ts";
import { words } from "./theme.ts";

const PLAYERS =
  "(?:youtube|vimeo|bilibili|哔哩哔哩|dailymotion|vlc media player|vlc|mpv|smplayer|iina|celluloid)";
const LESSONS = [
  "\\b(?:lectures?|tutorials?|(?:full|crash|complete|free|video|online|college) course" +
  "|course (?:for|in|on|-)|(?:lesson|chapter|module|week) \\d+|masterclass|boot ?camp|webinar" +
  "|workshop|for beginners|learn [a-z+#.]+ in|explained visually|mit opencourseware" +
  "|freecodecamp(?:\\.org)?|khan academy|3blue1brown|crashcourse|cs50|statquest|mit \\d" +
  "|stanford cs)\\b",
  "\\b(?:(?:py|cpp|rust|js|ruby|gopher|kube|django|react|vue|node|droid|dot|elixir|scala|euro" +
  "|clojure)conf?\\b.{0,12}20\\d\\d|pycon|cppcon|fosdem|kubecon|strange loop|goto 20\\d\\d" +
  "|ndc [a-z]+ 20\\d\\d|rustconf|jsconf|gophercon|google i/o|wwdc|re:invent|defcon|def con" +
  "|black hat 20\\d\\d|usenix|neurips|siggraph)\\b",
  "(?:\\b(?:vorlesung|nachhilfe|tutoriel|cours (?:de|complet)|curso (?:de|completo)" +
  "|corso (?:di|completo)|aula \\d+|kurs (?:für|komplett))\\b|лекция|урок|курс |教程|讲座|講義" +
  "|강의|入門|入门)",
];

/** Empty pages, and lessons on sites and in players that are noise otherwise; before all else. */
export const FIRST: readonly Rule[] = [
  ...pattern("title", "neutral", "web", ...words(BLANK_PAGES).map((name) => `^${literal(name)}$`)),
  ...pattern(
    "title",
    "noise",
    "media/video",
    `${PLAYFUL}.* [-–—|·] ${PLAYERS}$`,
  ),
  ...pattern(
    "title",
    "signal",
    "learning",
    ...LESSONS.map((lesson) => `${lesson}.*(?: [-–—|·] ${PLAYERS}|_(?:哔哩哔哩_)?bilibili)$`),
  ),
];

/** Programs by a part of their name; after all exact names. */
export const APP: readonly Rule[] = [
  ...pattern(
    "app",
    "noise",
    "games",
    "^steam_app_",
    "^steam_proton",
    "-win(?:64|gdk)-shipping",
    "^minecraft",
    "^(?:com|net)\\.(?:supercell|king|playrix|zynga|miniclip|rovio|gameloft|ea\\.gp|activision" +
      "|mojang|roblox|epicgames|hoyoverse|mihoyo|garena|dts|igg|plarium|voodoo|ketchapp|outfit7" +
      "|halfbrick|scopely|moonactive|dreamgames|nianticlabs|blizzard|riotgames|ubisoft|rockstargames" +
      "|tencent\\.(?:ig|tmgp)|nintendo|squareenix|bandainamco\\w*|easybrain|peoplefun|kiloo)\\.",
    "^jp\\.pokemon\\.",
    "^org\\.gnome\\.(?:chess|mines|sudoku|mahjongg|quadrapassel|nibbles|reversi|tetravex|klotski)$",
    "\\b(?:solitaire|mahjong|minesweeper|sudoku)\\b",
    "^(?:call of duty|assassin's creed|final fantasy|resident evil|the legend of zelda" +
      "|super mario|pokémon|pokemon|the sims|grand theft auto|need for speed|far cry|dark souls" +
      "|total war|sid meier|football manager|fifa \\d|ea sports|nba 2k|forza|battlefield|warhammer)",
  ),
  ...pattern(
    "app",
    "signal",
    "development/editor",
    "^jetbrains-",
    "^com\\.jetbrains\\.",
    "^(?:intellij idea|pycharm|webstorm|phpstorm|goland|clion|rider|android studio|eclipse" +
      "|netbeans|visual studio|apache netbeans|gnu emacs|emacs|vscode|sublime[ _]text)\\b",
  ),
  ...pattern(
    "app",
    "signal",
    "design/graphics",
    "^(?:adobe |com\\.adobe\\.)?(?:photoshop|illustrator|indesign|lightroom|bridge)(?:$|[ .])",
    "^(?:affinity|coreldraw|capture one|gimp|krita|inkscape)\\b",
  ),
  ...pattern(
    "app",
    "signal",
    "design/video",
    "^adobe (?:premiere|after effects|media encoder|audition|animate|character)\\b",
    "^(?:davinci resolve|final cut|obs studio|wondershare filmora|camtasia|vegas pro)\\b",
  ),
  ...pattern(
    "app",
    "signal",
    "design/audio",
    "^(?:ableton|fl studio|cubase|logic pro|pro tools|studio one|bitwig|reaper)\\b",
  ),
  ...pattern(
    "app",
    "signal",
    "design/3d",
    "^(?:autodesk|autocad|solidworks|blender|unity|unreal|unrealeditor|godot|freecad|kicad" +
      "|cinema 4d|sketchup|rhino|houdini|fusion 360|prusaslicer|ansys|comsol|altium)\\b",
    "^(?:godot|ue4editor|ue5editor)",
  ),
  ...pattern(
    "app",
    "signal",
    "research/data",
    "^(?:matlab|mathematica|rstudio|qgis|arcgis|stata|ibm spss|jupyter|mathworks|originpro)\\b",
  ),
  ...pattern(
    "app",
    "signal",
    "office",
    "^libreoffice",
    "^openoffice",
    "^com\\.microsoft\\.office\\.",
  ),
  ...pattern("app", "signal", "communication/meeting", "^zoom\\b", "^microsoft teams", "^webex"),
  ...pattern(
    "app",
    "signal",
    "development/tool",
    "^qemu-system",
    "^vmware",
    "^virtualbox",
    "^(?:oracle vm )?virtualbox",
    "^docker",
    "^mysql",
    "^ghidra",
    "^burp",
    "^postman",
  ),
  ...pattern("app", "noise", "social/chat", "^telegram", "^whatsapp", "^discord"),
  ...pattern(
    "app",
    "neutral",
    "system",
    "^com\\.(?:android|miui|samsung|oneplus|oppo|vivo|huawei)\\.(?:systemui|settings|launcher\\w*)",
    "\\.launcher\\d?$",
    "^xfce4-.*-(?:settings|plugin)$",
    "^cinnamon-settings",
    "^kcm",
  ),
];

/** Builds of browsers by the start of their name; where browsers count. */
export const BROWSER: readonly Rule[] = pattern(
  "app",
  "neutral",
  "web",
  "^(?:firefox|google-chrome|chromium|microsoft-edge|brave|vivaldi|opera)[-_ ]",
);
