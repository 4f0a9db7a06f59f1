import assert from "node:assert/strict";
import { meetingIn } from "./meetings.ts";
import type { Subject } from "./types.ts";

const MEETINGS: readonly (readonly [name: string, subject: Subject])[] = [
  ["Zoom", { app: "zoom", title: "Zoom Meeting" }],
  ["Zoom", { app: "Zoom.exe", title: "Zoom Meeting 40-Minutes" }],
  ["Zoom", { app: "zoom.us", title: "Zoom Webinar" }],
  ["Zoom", { app: "firefox", title: "Zoom Meeting — Mozilla Firefox" }],
  ["Zoom", { app: "chrome", title: "x", url: "https://us02web.zoom.us/wc/123/join" }],
  ["Teams", { app: "ms-teams.exe", title: "Weekly sync | Microsoft Teams" }],
  ["Teams", { app: "teams-for-linux", title: "Meeting with Ada | Microsoft Teams" }],
  ["Teams", {
    app: "msedge.exe",
    title: "Meeting with Ada | Microsoft Teams - Work - Microsoft Edge",
  }],
  ["Google Meet", { app: "chrome", title: "Meet - abc-defg-hij - Google Chrome" }],
  ["Google Meet", { app: "chrome", title: "Meet – Weekly - Google Chrome" }],
  ["Google Meet", { app: "chrome", url: "https://meet.google.com/abc-defg-hij" }],
  ["Webex", { app: "CiscoCollabHost.exe", title: "Ada's Personal Room" }],
  ["Webex", { app: "firefox", url: "https://acme.webex.com/wbxmjs/joinservice/x" }],
  ["Jitsi", { app: "firefox", title: "Standup | Jitsi Meet — Mozilla Firefox" }],
  ["Jitsi", { app: "firefox", url: "https://meet.jit.si/Standup" }],
  ["BigBlueButton", { app: "firefox", title: "BigBlueButton - Analysis II — Mozilla Firefox" }],
  ["BigBlueButton", { app: "firefox", url: "https://bbb3.uni.example/html5client/join?x=1" }],
  ["Slack huddle", { app: "Slack", title: "Huddle: #general - Acme - Slack" }],
  ["Discord call", { app: "discord", title: "Call with Ada - Discord" }],
  ["FaceTime", { app: "FaceTime", title: "Ada" }],
  ["Skype", { app: "Skype", title: "Call with Ada" }],
  ["GoTo Meeting", { app: "g2mcomm.exe", title: "GoTo" }],
  ["GoTo Meeting", { app: "chrome", url: "https://meet.goto.com/123" }],
  ["Nextcloud Talk", { app: "firefox", title: "Team - Talk - Nextcloud — Mozilla Firefox" }],
  ["Whereby", { app: "firefox", url: "https://whereby.com/ada" }],
];

const NO_MEETINGS: readonly Subject[] = [
  {},
  { app: "zoom", title: "Zoom Workplace - Free account" },
  { app: "ms-teams.exe", title: "Chat | Ada | Microsoft Teams" },
  { app: "ms-teams.exe", title: "Calendar | Microsoft Teams" },
  { app: "ms-teams.exe", title: "Microsoft Teams" },
  { app: "Slack", title: "general (Channel) - Acme - Slack" },
  { app: "discord", title: "#general | Friends - Discord" },
  { app: "Code", title: "meetings.ts - prodtracker" },
  { app: "firefox", title: "Zoom: why our meetings tire us - The Guardian — Mozilla Firefox" },
  { app: "firefox", title: "How to meet people - YouTube — Mozilla Firefox" },
  { app: "firefox", title: "Meeting notes - Google Docs — Mozilla Firefox" },
  { app: "firefox", url: "https://jitsi.org/downloads", title: "Downloads" },
  { app: "firefox", url: "https://zoom.us/pricing", title: "Plans" },
  { app: "firefox", url: "https://notmeet.google.com.example/x" },
  { app: "whatsapp", title: "WhatsApp" },
];

for (const [name, subject] of MEETINGS) {
  Deno.test(`meetingIn() knows ${name}: ${JSON.stringify(subject)}`, () => {
    assert.equal(meetingIn(subject), name);
  });
}
for (const subject of NO_MEETINGS) {
  Deno.test(`meetingIn() takes this for no meeting: ${JSON.stringify(subject)}`, () => {
    assert.equal(meetingIn(subject), undefined);
  });
}
