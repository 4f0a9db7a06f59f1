import { useEffect, useRef } from "preact/hooks";
import { FocusGlyph } from "../../components/focus_glyph.tsx";
import { FOCUS_WORDS } from "../../words.ts";
import { box, phase, settings, state, stream } from "../state.ts";

/** What the camera sees, as in a mirror, framed by the state; or the frame alone. */
export function CameraPicture() {
  const video = useRef<HTMLVideoElement>(null);
  const { isPictureShown } = settings.value;
  const source = stream.value;
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = source ?? null;
    if (source) element.play().catch(() => {});
    return () => element.srcObject = null;
  }, [source, isPictureShown]);
  const now = phase.value === "paused" ? "paused" : state.value;
  return (
    <div class={`picture focus-${now}`} style={{ "--ratio": ratioOf(source) }}>
      {isPictureShown && source
        ? (
          <video ref={video} class="picture-video" muted playsInline aria-label="Your camera">
          </video>
        )
        : (
          <p class="picture-off">
            {now === "paused" ? "The camera is off" : "The picture is hidden; the camera is on"}
          </p>
        )}
      {now !== "paused" && <FaceBox />}
      <p class="picture-state" aria-hidden="true">
        <FocusGlyph state={now} /> {FOCUS_WORDS[now]}
      </p>
    </div>
  );
}

/** The picture's width by its height. */
function ratioOf(stream: MediaStream | undefined): number {
  const { width = 4, height = 3 } = stream?.getVideoTracks()[0]?.getSettings() ?? {};
  return width / height;
}

function FaceBox() {
  const face = box.value;
  if (!settings.value.isBoxShown || face === undefined) return null;
  // The picture is mirrored, so is the box.
  const style = {
    left: `${100 * (1 - face.x - face.width)}%`,
    top: `${100 * face.y}%`,
    width: `${100 * face.width}%`,
    height: `${100 * face.height}%`,
  };
  return <span class="picture-box" style={style} aria-hidden="true" />;
}
