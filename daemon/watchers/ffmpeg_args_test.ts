import assert from "node:assert/strict";
import { captureArgs, listArgs } from "./ffmpeg_args.ts";

/** The words after "-loglevel level+info" and before the output. */
function input(...args: Parameters<typeof captureArgs>): string {
  const all = captureArgs(...args);
  return all.slice(all.indexOf("level+info") + 1, all.indexOf("-map")).join(" ");
}

Deno.test("captureArgs() opens a camera as its system does", () => {
  const camera = (os: string, id: string) => input({ kind: "camera", os, id }, 5);
  const live = "-fflags nobuffer -threads 1";
  assert.equal(
    camera("linux", "/dev/video2"),
    `${live} -f v4l2 -video_size 640x480 -i /dev/video2`,
  );
  assert.equal(
    camera("darwin", "0"),
    `${live} -f avfoundation -framerate 30 -video_size 640x480 -i 0:none`,
  );
  assert.equal(
    camera("windows", "USB Camera"),
    `${live} -f dshow -rtbufsize 64M -i video=USB Camera`,
  );
});

Deno.test("captureArgs() reads a film or a pipe as this file and nothing else", () => {
  const local = "-protocol_whitelist file,pipe -i file:";
  assert.equal(input({ kind: "film", path: "/a/-b:c.mp4" }, 5), `${local}/a/-b:c.mp4`);
  assert.equal(
    input({ kind: "pipe", path: "/a/pipe" }, 5),
    `-fflags nobuffer -threads 1 ${local}/a/pipe`,
  );
});

Deno.test("captureArgs() asks for evenly spaced pictures, on standard output, and for no sound", () => {
  const args = captureArgs({ kind: "film", path: "x" }, 12.5);
  assert.match(args[args.indexOf("-vf") + 1], /^fps=12\.5,scale=.*,setsar=1,format=rgb24$/);
  assert.deepEqual(args.slice(-5), ["-c:v", "ppm", "-f", "image2pipe", "pipe:1"]);
  assert.equal(args[args.indexOf("-map") + 1], "0:v:0");
  assert.ok(args.includes("-nostdin"));
});

Deno.test("listArgs() asks each system's own device list", () => {
  assert.deepEqual(listArgs("linux"), ["-hide_banner", "-sources", "v4l2"]);
  assert.ok(listArgs("darwin").includes("avfoundation"));
  assert.ok(listArgs("windows").includes("dshow"));
});
