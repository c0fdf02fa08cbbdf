import { batch, computed, effect, type Signal, signal } from "@preact/signals";
import { makeTextWorker } from "../../browser/make-text-worker.ts";
import { TaskLink } from "../../browser/task-link.ts";
import type { TextAbout, TextModelAbout, WriteRequest, Written } from "../../text/messages.ts";
import { defaultsOf } from "../training/settings.ts";
import { controls } from "./controls.ts";

/** A run of characters that surprised alike. */
interface Run {
  readonly text: string;
  /** 0 (expected) to 3 (a surprise). */
  readonly surprise: number;
}

/** What stands on the page. */
export interface Page {
  readonly prompt: string;
  readonly runs: readonly Run[];
  readonly done: boolean;
  /** Mean bits of the characters so far. */
  readonly characters: number;
  readonly bits: number;
}

export const BLANK: Page = { prompt: "", runs: [], done: false, characters: 0, bits: 0 };

/** What the network writes when the page opens; the first characters of it are in the page before any program runs. */
export const OPENING = {
  prompt: "Call me ",
  typed: false,
  temperature: 0.6,
  seed: 1,
  length: 700,
  atOnce: 280,
} as const;

/** Characters of a piece while training plays: short, so that the next one shows what was learned meanwhile. */
const WHILE_TRAINING = 220;

/** The text tab: what is shown, and what follows from it. */
export class TextStore {
  readonly link: TaskLink<WriteRequest, TextAbout, TextModelAbout, Written> = new TaskLink(makeTextWorker);
  readonly settings: Signal<Readonly<Record<string, number>>> = signal(defaultsOf(controls));
  readonly from: Signal<"seed" | "model"> = signal("seed");
  readonly prompt: Signal<string> = signal(OPENING.prompt);
  readonly temperature: Signal<number> = signal(OPENING.temperature);
  readonly page: Signal<Page> = signal(BLANK);
  #seed: number = OPENING.seed;
  #number = 0;

  constructor() {
    this.link.onAnswer = (written) => this.#read(written);
    this.link.onRestart = () => this.write();
  }

  /** Writes from the beginning. `another`: with other chances. */
  write({
    another = false,
    calm = false,
  }: {
    readonly another?: boolean;
    readonly calm?: boolean;
  } = {}): void {
    if (another) this.#seed++;
    const { atOnce } = OPENING;
    const length = this.link.playing ? WHILE_TRAINING : OPENING.length;
    const prompt = this.prompt.peek();
    this.link.ask({
      prompt,
      typed: prompt !== OPENING.prompt,
      temperature: this.temperature.peek(),
      seed: this.#seed,
      length,
      atOnce: calm ? length : this.#number === 0 ? atOnce : 1,
      number: ++this.#number,
    });
  }

  /** Nothing more is written. */
  hush(): void {
    const temperature = this.temperature.peek();
    this.link.ask({ ...OPENING, temperature, seed: this.#seed, length: 0, number: ++this.#number });
    this.page.value = { ...this.page.peek(), done: true };
  }

  #read({ number, prompt, text, bits, done }: Written): void {
    if (number !== this.#number) return;
    batch(() => {
      const before = prompt === undefined ? this.page.peek() : { ...BLANK, prompt };
      this.page.value = grown(before, text, bits, done);
    });
  }
}

/** A page with more on it. */
export function grown(page: Page, text: string, bits: Float32Array, done: boolean): Page {
  const runs = [...page.runs];
  let sum = 0;
  for (const [i, character] of Array.from(text).entries()) {
    const own = bits[i] ?? 0;
    sum += own;
    const surprise = own < 3 ? 0 : own < 5 ? 1 : own < 7 ? 2 : 3;
    const last = runs.at(-1);
    if (last?.surprise === surprise) runs[runs.length - 1] = { surprise, text: last.text + character };
    else runs.push({ surprise, text: character });
  }
  const characters = page.characters + bits.length;
  return { prompt: page.prompt, runs, done, characters, bits: page.bits + sum };
}

/** While training plays, the network begins again when it is done, so that one sees it learn. */
export function writeWhileTraining(store: TextStore): () => void {
  const due = computed(() => {
    const { done, characters } = store.page.value;
    return store.link.training.value?.state === "playing" && (done || characters > WHILE_TRAINING);
  });
  return effect(() => {
    if (!due.value) return;
    const timer = setTimeout(() => store.write({ another: true }), 400);
    return () => clearTimeout(timer);
  });
}
