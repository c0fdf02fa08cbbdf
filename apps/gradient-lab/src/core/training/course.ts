import { UnrollError } from "@unroll/kernels";
import type { History } from "../lab.ts";
import { type OpenedModel, openedNetwork } from "../model/opened-model.ts";
import { drawNetwork, type Network } from "../network/network.ts";
import type { Settings } from "../settings.ts";
import { Thinned } from "./thinned.ts";
import { type Snapshot, Training, type UpdateFigures } from "./training.ts";
import { type Section, same, simply, type TrainingOptions } from "./training-options.ts";

const CHECKPOINTS = 64;
const POINTS = 2000;

/**
 * The course of training: any update between 0 and the newest can be gone to, with the bits it had. It is made again from
 * the last checkpoint before it.
 */
export class Course {
  readonly network: Network;
  /** Why training can't go on beyond the newest update, in a sentence. */
  stopped: string | undefined;
  #update = 0;
  #newest = 0;
  #sections: readonly Section[];
  readonly #training: Training;
  #checkpoints = new Thinned<Snapshot>(CHECKPOINTS);
  readonly #figures = new Thinned<UpdateFigures>(POINTS);
  readonly #spectra = new Thinned<{ readonly radius: number; readonly norm: number }>(POINTS);

  /** Training of the network of the settings, or of an opened one, in sections, the first of which begins at 0. */
  constructor(settings: Settings, sections: readonly Section[] = simply(settings), model?: OpenedModel) {
    this.network = model ? openedNetwork(model, settings) : drawNetwork(settings);
    this.#sections = sections;
    this.#training = new Training(this.network, settings.seed, sections[0].options);
    this.#keep();
  }

  /** Updates made to get where the network is now, and the most that were ever made. */
  get update(): number {
    return this.#update;
  }
  get newest(): number {
    return this.#newest;
  }
  /** With which options the updates are made: what a link doesn't tell if there is more than one section. */
  get sections(): readonly Section[] {
    return this.#sections;
  }
  /** The options of the next update. */
  get options(): TrainingOptions {
    return this.#sectionOf(this.#update).options;
  }

  /** Makes the next update, again if it has been made before. False if a number would not be finite. */
  forward(): boolean {
    if (this.stopped !== undefined && this.#update === this.#newest) return false;
    this.#training.use(this.#sectionOf(this.#update).options);
    try {
      this.#figures.add(this.#update, this.#training.run(this.#update));
    } catch (error) {
      if (!UnrollError.is(error) || error.code !== "non-finite") throw error;
      this.stopped = `Training stopped: ${error.message}.`;
      return false;
    }
    this.#update++;
    this.#newest = Math.max(this.#newest, this.#update);
    this.#keep();
    return true;
  }

  /** Goes back to the last checkpoint at or before an update, unless the network is nearer to it already. */
  restoreBefore(update: number): void {
    const found = this.#checkpoints.before(update);
    if (!found || (this.#update <= update && this.#update >= found.place)) return;
    // The options in force are those of the update that led here.
    this.#training.use(this.#sectionOf(Math.max(0, found.place - 1)).options);
    this.#training.restore(found.entry);
    this.#update = found.place;
  }

  /** Goes to an update, back or forward. Stays before it where training can't go on. */
  seek(update: number): void {
    this.restoreBefore(update);
    while (this.#update < update && this.forward());
  }

  /** Forgets what came after the present update. */
  branch(): void {
    if (this.#update < this.#newest) this.stopped = undefined;
    this.#newest = this.#update;
    this.#checkpoints.cutAfter(this.#update);
    this.#figures.cutAfter(this.#update - 1);
    this.#spectra.cutAfter(this.#update);
    this.#sections = this.#sections.filter(({ from }) => from === 0 || from < this.#update);
  }

  /** Makes what follows the present update with other options, and forgets what followed it before. */
  continueWith(options: TrainingOptions): void {
    if (same(this.options, options)) return;
    this.branch();
    this.stopped = undefined;
    if (this.#update > 0) this.#sections = [...this.#sections, { from: this.#update, options }];
    else {
      this.#sections = [{ from: 0, options }];
      this.#training.use(options);
      this.#checkpoints = new Thinned(CHECKPOINTS);
      this.#keep();
    }
  }

  /** Notes ρ and σ_max of W_hh as they are now. */
  noteSpectrum(radius: number, norm: number): void {
    this.#spectra.add(this.#update, { radius, norm });
  }

  history(): History {
    const { places, entries } = this.#figures;
    const spectra = this.#spectra;
    const column = (key: keyof UpdateFigures): Float64Array =>
      Float64Array.from(entries, (figures) => figures[key]);
    return {
      update: Float64Array.from(places),
      loss: column("loss"),
      gradientNorm: column("gradientNorm"),
      clippedNorm: column("clippedNorm"),
      spectrumUpdate: Float64Array.from(spectra.places),
      radius: Float64Array.from(spectra.entries, ({ radius }) => radius),
      norm: Float64Array.from(spectra.entries, ({ norm }) => norm),
    };
  }

  /** The options of an update: those of the last section that begins at or before it. */
  #sectionOf(update: number): Section {
    return this.#sections.findLast(({ from }) => from <= update) as Section;
  }

  #keep(): void {
    if (this.#checkpoints.wants(this.#update)) this.#checkpoints.add(this.#update, this.#training.save());
  }
}
