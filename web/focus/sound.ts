/**
 * The sounds of a session, made by the browser: no file is loaded.
 * @module
 */

export type SoundName = "nudge" | "urge" | "done";

interface Tone {
  readonly atS: number;
  readonly hz: number;
  readonly lengthS: number;
}

/** Two soft steps down; three quicker ones, higher; a chord upwards. */
const TONES: Record<SoundName, readonly Tone[]> = {
  nudge: [
    { atS: 0, hz: 659.3, lengthS: 0.22 },
    { atS: 0.18, hz: 523.3, lengthS: 0.34 },
  ],
  urge: [
    { atS: 0, hz: 880, lengthS: 0.16 },
    { atS: 0.2, hz: 880, lengthS: 0.16 },
    { atS: 0.4, hz: 659.3, lengthS: 0.36 },
  ],
  done: [
    { atS: 0, hz: 523.3, lengthS: 0.5 },
    { atS: 0.16, hz: 659.3, lengthS: 0.5 },
    { atS: 0.32, hz: 784, lengthS: 0.7 },
  ],
};

const ATTACK_S = 0.015;

/** After its last tone the sound device is given back. */
const REST_AFTER_MS = 2_000;

export class Sound {
  #context: AudioContext | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** Browsers let a page sound only after a click: called within one. */
  ready(): void {
    this.#context ??= "AudioContext" in globalThis ? new AudioContext() : undefined;
    this.#wake();
  }

  /** Plays one of them at `volume`, 0..1; nothing where the browser does not let us. */
  play(name: SoundName, volume: number): void {
    if (!this.#context || volume <= 0) return;
    this.#wake();
    for (const tone of TONES[name]) playTone(this.#context, tone, volume);
  }

  #wake(): void {
    const context = this.#context;
    context?.resume().catch(() => {});
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => context?.suspend().catch(() => {}), REST_AFTER_MS);
  }
}

function playTone(context: AudioContext, { atS, hz, lengthS }: Tone, volume: number): void {
  const fromS = context.currentTime + atS;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = "triangle";
  oscillator.frequency.value = hz;
  // Ears hear loudness by powers: half of the slider is half as loud.
  const loudest = 0.6 * volume ** 2;
  gain.gain.setValueAtTime(0, fromS);
  gain.gain.linearRampToValueAtTime(loudest, fromS + ATTACK_S);
  gain.gain.exponentialRampToValueAtTime(Math.max(1e-4, loudest / 1_000), fromS + lengthS);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(fromS);
  oscillator.stop(fromS + lengthS + 0.05);
}
