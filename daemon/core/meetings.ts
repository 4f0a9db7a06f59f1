/**
 * Which windows are meetings: somebody in one is not to be nudged.
 * @module
 */
import { appForms, foldedUrl, pageTitle } from "./subject_forms.ts";
import type { Subject } from "./types.ts";

interface Meeting {
  readonly name: string;
  /** Programs that are nothing else, by a form of their name (see {@linkcode appForms}). */
  readonly apps?: readonly string[];
  /** Programs that also do other things, and the titles by which a meeting in them is known. */
  readonly appTitles?: { readonly apps: readonly string[]; readonly title: RegExp };
  /** The address, in lower case. */
  readonly url?: RegExp;
  /** The title in any window, in lower case and without the browser's name. */
  readonly title?: RegExp;
}

/** A host, and hosts below it. */
function host(name: string, path = ""): RegExp {
  return new RegExp(
    `^(?:https?://)?(?:[^/?#]*\\.)?${name.replaceAll(".", "\\.")}(?::\\d+)?(?:[/?#]|$)${path}`,
  );
}

/** "Zoom Meeting", "Meeting | Zoom", "Zoom – Webinar". */
function named(name: string): RegExp {
  const what = "(?:meeting|webinar|call|besprechung|réunion|reunión|reunião|riunione)";
  return new RegExp(`^${name}(?: [-–—|:])? ${what}\\b|\\b${what}(?: [-–—|:])? ${name}$`);
}

/** To add one, write its line here. */
const MEETINGS: readonly Meeting[] = [
  {
    name: "Zoom",
    appTitles: {
      apps: ["zoom", "zoom.us", "us.zoom.xos"],
      title:
        /\b(?:meeting|webinar|breakout|besprechung|réunion|reunión|reunião|riunione|会议)|^zoom$/,
    },
    url: host("zoom.us", "(?:wc|j|s|w)/"),
    title: named("zoom"),
  },
  {
    name: "Teams",
    appTitles: {
      apps: ["teams", "ms-teams", "microsoft teams", "teams-for-linux", "msteams"],
      // Everything but the parts of its main window.
      title:
        /^(?!microsoft teams|(?:.* \| )?(?:chat|activity|calendar|calls|files|apps|teams and channels|kalender|aktivität|anrufe|dateien|calendrier|calendario)\b)./,
    },
    url:
      /^(?:https?:\/\/)?teams\.(?:microsoft|live|cloud\.microsoft)[^/]*\/(?:.*(?:meet|calling|call)\b)/,
    title: /^(?:meeting|call|besprechung|anruf)\b.*\| microsoft teams$|^microsoft teams meeting\b/,
  },
  {
    name: "Google Meet",
    apps: ["google meet"],
    url: host("meet.google.com"),
    title: /^meet [-–—] |^google meet\b|[-–—] google meet$/,
  },
  {
    name: "Webex",
    apps: ["webexmta", "ciscowebexstart", "atmgr", "meetingcenter"],
    appTitles: {
      apps: ["webex", "ciscocollabhost", "cisco webex"],
      title: /\b(?:meeting|webinar|call|personal room)\b/,
    },
    url: host("webex.com", ".*(?:meet|join|wbxmjs|webappng)"),
    title: named("(?:cisco )?webex"),
  },
  {
    name: "Jitsi",
    apps: ["jitsi", "jitsi meet", "jitsi-meet"],
    url: /^(?:https?:\/\/)?(?:meet\.jit\.si|8x8\.vc|(?!jitsi\.org)[^/]*\bjitsi\b[^/]*)\/[^?#]/,
    title: /(?:^|[-–—|] )jitsi meet$/,
  },
  {
    name: "BigBlueButton",
    url: /\/(?:html5client|bigbluebutton)\/|^(?:https?:\/\/)?(?:bbb|bigbluebutton)\d*\./,
    title: /^bigbluebutton\b|[-–—|] bigbluebutton$/,
  },
  {
    name: "Slack huddle",
    appTitles: { apps: ["slack"], title: /\bhuddle\b/ },
    title: /\bhuddle\b.*\bslack$/,
  },
  {
    name: "Discord call",
    appTitles: {
      apps: ["discord", "vesktop", "webcord"],
      title: /\b(?:call|voice connected)\b/,
    },
  },
  { name: "FaceTime", apps: ["facetime"] },
  {
    name: "Skype",
    appTitles: { apps: ["skype", "skypeforlinux"], title: /\b(?:call|meeting|anruf|appel)\b/ },
    url: host("join.skype.com"),
    title: named("skype"),
  },
  {
    name: "GoTo Meeting",
    apps: ["g2mlauncher", "g2mcomm", "g2mui", "gotomeeting", "goto meeting", "gotowebinar"],
    appTitles: { apps: ["goto"], title: /\b(?:meeting|webinar)\b/ },
    url:
      /^(?:https?:\/\/)?(?:meet\.goto\.com|app\.goto\.com\/meeting|[^/]*\.gotomeeting\.com|gotomeet\.me)(?:[/?#]|$)/,
    title: /^goto ?(?:meeting|webinar|training)\b/,
  },
  {
    name: "Element call",
    url: host("call.element.io"),
    appTitles: { apps: ["element"], title: /\bcall\b/ },
  },
  {
    name: "Nextcloud Talk",
    apps: ["nextcloud talk"],
    url: /^(?:https?:\/\/)?[^?#]*\/call\/[a-z0-9]{6,}/,
    title: /[-–—] talk [-–—] /,
  },
  { name: "Whereby", url: host("whereby.com", "[^?#]"), title: /[-–—|] whereby$/ },
  { name: "RingCentral", url: host("v.ringcentral.com"), title: named("ringcentral") },
  { name: "Amazon Chime", apps: ["amazon chime"], url: host("app.chime.aws", "meetings") },
  { name: "Tencent Meeting", apps: ["wemeetapp", "voov meeting", "腾讯会议"] },
  { name: "BlueJeans", apps: ["bluejeans"], url: host("bluejeans.com", "\\d") },
  {
    name: "WhatsApp call",
    appTitles: { apps: ["whatsapp"], title: /\b(?:voice|video) call\b/ },
  },
  { name: "Signal call", appTitles: { apps: ["signal"], title: /\bcall\b/ } },
  { name: "Mumble", apps: ["mumble"] },
  { name: "TeamSpeak", apps: ["teamspeak", "ts3client_linux_amd64", "teamspeak 3", "ts3client"] },
];

/** The meeting that a window is; `undefined`: it is none. */
export function meetingIn({ app, title, url }: Subject): string | undefined {
  const apps = appForms(app);
  const page = title === undefined ? "" : pageTitle(title);
  const address = url === undefined ? "" : foldedUrl(url);
  const isAny = (names: readonly string[] | undefined) =>
    names?.some((name) => apps.includes(name)) ?? false;
  return MEETINGS.find((meeting) =>
    isAny(meeting.apps) ||
    isAny(meeting.appTitles?.apps) && meeting.appTitles!.title.test(page) ||
    address !== "" && meeting.url?.test(address) ||
    page !== "" && meeting.title?.test(page)
  )?.name;
}
