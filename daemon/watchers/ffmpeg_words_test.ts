import assert from "node:assert/strict";
import {
  cameraTrouble,
  chooseCamera,
  errorsIn,
  filmFacts,
  filmProblem,
  filmTrouble,
  parseCameras,
} from "./ffmpeg_words.ts";

Deno.test("parseCameras() reads v4l2's list, old and new", () => {
  const text = [
    "Auto-detected sources for video4linux2,v4l2:",
    "* /dev/video0 [Integrated Camera: Integrated C] (none)",
    "  /dev/video2 [HD Pro Webcam C920]",
    "  /dev/video4 [] (video)",
  ].join("\n");
  assert.deepEqual(parseCameras("linux", text), [
    { id: "/dev/video0", name: "Integrated Camera: Integrated C" },
    { id: "/dev/video2", name: "HD Pro Webcam C920" },
    { id: "/dev/video4", name: "/dev/video4" },
  ]);
  assert.deepEqual(parseCameras("linux", "Auto-detected sources for video4linux2,v4l2:\n"), []);
});

Deno.test("parseCameras() reads avfoundation's list without screens and microphones", () => {
  const who = "[AVFoundation indev @ 0x7f8e0b604f40]";
  const text = [
    `${who} AVFoundation video devices:`,
    `${who} [0] FaceTime HD Camera`,
    `${who} [1] Capture screen 0`,
    `${who} AVFoundation audio devices:`,
    `${who} [0] MacBook Pro Microphone`,
    ": Input/output error",
  ].join("\n");
  assert.deepEqual(parseCameras("darwin", text), [{ id: "0", name: "FaceTime HD Camera" }]);
});

Deno.test("parseCameras() reads dshow's list, of ffmpeg 4 and 6", () => {
  const old = [
    "[dshow @ 000001] DirectShow video devices (some may be both video and audio devices)",
    '[dshow @ 000001]  "Integrated Camera"',
    '[dshow @ 000001]     Alternative name "@device_pnp_\\\\?\\usb#vid"',
    "[dshow @ 000001] DirectShow audio devices",
    '[dshow @ 000001]  "Microphone (Realtek)"',
  ].join("\r\n");
  const camera = { id: "Integrated Camera", name: "Integrated Camera" };
  assert.deepEqual(parseCameras("windows", old), [camera]);
  const fresh = [
    '[dshow @ 000001] "Integrated Camera" (video)',
    '[dshow @ 000001]   Alternative name "@device_pnp_\\\\?\\usb#vid"',
    '[dshow @ 000001] "OBS" (video, audio)',
    '[dshow @ 000001] "Microphone (Realtek)" (audio)',
  ].join("\r\n");
  assert.deepEqual(parseCameras("windows", fresh), [camera, { id: "OBS", name: "OBS" }]);
});

Deno.test("chooseCamera() takes the first, an id, a place, a name or an unmistakable part of it", () => {
  const list = [
    { id: "/dev/video0", name: "Integrated Camera" },
    { id: "/dev/video2", name: "USB Camera C920" },
  ];
  const chosen = (wanted?: string) => chooseCamera(list, wanted)?.id;
  assert.equal(chosen(), "/dev/video0");
  for (const wanted of ["/dev/video2", "1", "USB Camera C920", "c920"]) {
    assert.equal(chosen(wanted), "/dev/video2", wanted);
  }
  for (const wanted of ["camera", "2", "none"]) assert.equal(chosen(wanted), undefined, wanted);
  assert.equal(chooseCamera([], undefined), undefined);
});

Deno.test("cameraTrouble() says what is wrong and what to do", () => {
  const cases: [line: string, said: RegExp][] = [
    [
      "[video4linux2,v4l2 @ 0x5] [error] ioctl(VIDIOC_STREAMON): Device or resource busy",
      /another program has it; close that one$/,
    ],
    [
      "[video4linux2,v4l2 @ 0x5] [error] Cannot open video device /dev/video0: No such file or directory",
      /it is not there; plug it in/,
    ],
    [
      "[video4linux2,v4l2 @ 0x5] [error] Cannot open video device /dev/video0: Permission denied",
      /this user may not; .*usermod -aG video/,
    ],
    [
      "[video4linux2,v4l2 @ 0x5] [error] ioctl(VIDIOC_DQBUF): No such device",
      /it was unplugged/,
    ],
    [
      "[video4linux2,v4l2 @ 0x5] [error] ioctl(VIDIOC_G_INPUT): Inappropriate ioctl for device",
      /it is no camera/,
    ],
    [
      "[dshow @ 1] [error] Could not find video device with name [X] among source devices of type video.",
      /it is not there/,
    ],
    ["[error] /dev/video0: Cannot allocate memory", /: Cannot allocate memory$/],
    ["", /ffmpeg ended with code 187$/],
  ];
  for (const [line, said] of cases) {
    const message = cameraTrouble("/dev/video0", [line], 187);
    assert.match(message, /^Cannot use the camera \/dev\/video0: /);
    assert.match(message, said);
    assert.ok(!message.includes("\n"));
  }
});

Deno.test("filmFacts() takes format and length from ffmpeg's own words", () => {
  assert.deepEqual(filmFacts("[info] Input #0, matroska,webm, from 'x.webm':"), {
    format: "matroska,webm",
  });
  assert.deepEqual(filmFacts("[info]   Duration: 01:03:19.92, start: 0.000000"), {
    lengthMs: 3_799_920,
  });
  assert.deepEqual(filmFacts("[info]   Duration: N/A, start: 0.000000"), {});
});

Deno.test("filmTrouble() says in one line why there is nothing to see", () => {
  const said = (line: string, facts = {}) => filmTrouble("x", [`[error] ${line}`], facts);
  assert.match(said("x: No such file or directory"), /"x": there is no such file$/);
  assert.match(said("x: Is a directory"), /it is a directory$/);
  assert.match(said("x: Permission denied"), /may not read it$/);
  assert.match(said("moov atom not found"), /cut short/);
  assert.match(said("Stream map '0:v:0' matches no streams."), /no pictures in it$/);
  assert.match(said("x: Invalid data found when processing input"), /no film, or damaged$/);
  assert.match(said("", { format: "tty" }), /it is text$/);
  assert.match(filmTrouble("x", [], {}), /there is no picture in it$/);
});

Deno.test("filmProblem() tells a film that is cut short from one that is whole", () => {
  const facts = { lengthMs: 53_480 };
  assert.equal(filmProblem(53_400, facts, ["[info] frame= 267"]), undefined);
  assert.equal(filmProblem(53_400, {}, []), undefined);
  assert.equal(
    filmProblem(12_400, facts, ["[matroska,webm @ 0x5] [error] File ended prematurely"]),
    "The film is cut short: 12.4 s of 53.5 s could be read (File ended prematurely)",
  );
  assert.match(filmProblem(53_400, facts, ["[h264 @ 0x5] [error] bad NAL"])!, /damaged: bad NAL$/);
});

Deno.test("errorsIn() leaves out what is only told, and who tells it", () => {
  const lines = ["[h264 @ 0x1] [warning] odd", "[h264 @ 0x1] [error] bad", "[fatal] worse"];
  assert.deepEqual(errorsIn(lines), ["bad", "worse"]);
});
