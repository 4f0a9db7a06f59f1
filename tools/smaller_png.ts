/**
 * Pictures of pages take a third of the room with a palette, and look the same.
 * @module
 */

const PALETTE =
  "split[a][b];[a]palettegen=max_colors=255:reserve_transparent=0[p];[b][p]paletteuse=dither=none";

/** The PNG with a palette of its own, by `ffmpeg`. @throws when that fails. */
export async function smaller(png: Uint8Array): Promise<Uint8Array> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${dir}/in.png`, png);
    const { success, stderr } = await new Deno.Command("ffmpeg", {
      args: ["-v", "error", "-i", `${dir}/in.png`, "-vf", PALETTE, `${dir}/out.png`],
    }).output();
    if (!success) throw new Error(`ffmpeg: ${new TextDecoder().decode(stderr).trim()}`);
    const small = await Deno.readFile(`${dir}/out.png`);
    return small.length < png.length ? small : png;
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
