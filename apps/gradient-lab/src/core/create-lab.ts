import { batch, type Signal, signal } from "@preact/signals-core";
import { defaults } from "./controls.ts";
import type { Port, Report, Request } from "./engine/messages.ts";
import type { Detail, Frame } from "./frame.ts";
import type { BeyondLink, Lab, Training, TrainingStatus } from "./lab.ts";
import { linkOf, stateOfLink } from "./link/link.ts";
import type { OpenedModel } from "./model/opened-model.ts";
import { type LabState, type Settings, settingsOf } from "./settings.ts";
import { LabTraining } from "./training/lab-training.ts";
import { originOf, same, simply, trainingOptions } from "./training/training-options.ts";

/** The lab on an engine: a worker's in the page, one in the same thread in tests. Opens with a state and shows it. */
export function createLab(port: Port, first: LabState = defaults, notes: readonly string[] = []): Lab {
  const lab = new PortLab(port);
  lab.open(first, notes);
  return lab;
}

type Show = Extract<Request, { kind: "show" }>;

class PortLab implements Lab {
  readonly state: Signal<LabState> = signal(defaults);
  readonly jumps: Signal<number> = signal(0);
  readonly frame: Signal<Frame | undefined> = signal(undefined);
  readonly pinned: Signal<Frame | undefined> = signal(undefined);
  readonly detail: Signal<Detail | undefined> = signal(undefined);
  readonly progress: Signal<number | undefined> = signal(undefined);
  readonly notes: Signal<readonly string[]> = signal([]);
  readonly problem: Signal<string | undefined> = signal(undefined);
  readonly model: Signal<OpenedModel | undefined> = signal(undefined);
  readonly #training: LabTraining;
  readonly #port: Port;
  /** Of the newest request to show, and of the newest frame. */
  #number = 0;
  #newest = 0;
  #dragging = false;

  constructor(port: Port) {
    this.#port = port;
    this.#training = new LabTraining(port, this);
    port.onReport = (report) => batch(() => this.#hear(report));
  }

  get training(): Training {
    return this.#training;
  }

  change(part: Partial<LabState>, { dragging = false }: { readonly dragging?: boolean } = {}): void {
    const before = this.state.peek();
    const wanted = { ...before, ...part };
    const another = originOf(wanted) !== originOf(before) && part.trained === undefined;
    const { state, notes } = stateOfLink(linkOf(another ? { ...wanted, trained: 0 } : wanted));
    const released = this.#dragging && !dragging;
    this.#dragging = dragging;
    batch(() => {
      if (linkOf(state) !== linkOf(before)) this.state.value = state;
      if (notes.length > 0 || this.notes.peek().length > 0) this.notes.value = notes;
      if (state.speed !== before.speed) this.#training.speedChanged();
      if (state.t !== before.t || state.k !== before.k)
        this.#port.send({ kind: "select", t: state.t, k: state.k });
      const retrain = !same(trainingOptions(state), trainingOptions(before));
      if (released || !sameSettings(state, before)) this.#show({ dragging, retrain });
    });
  }

  open(state: LabState, notes: readonly string[] = [], { course, model }: BeyondLink = {}): void {
    this.#dragging = false;
    batch(() => {
      this.#training.pause();
      this.jumps.value++;
      this.state.value = state;
      if (model !== this.model.peek()) {
        this.model.value = model;
        this.#port.send({ kind: "model", model });
      }
      this.notes.value = notes;
      this.#port.send({ kind: "select", t: state.t, k: state.k });
      this.#show({ course: course ?? simply(state) });
      this.#pin(state.pin);
    });
  }

  togglePin(): void {
    const state = this.state.peek();
    const pin = state.pin ? null : settingsOf(state);
    batch(() => {
      this.jumps.value++;
      this.state.value = { ...state, pin };
      this.#pin(pin);
    });
  }

  tell(notes: readonly string[]): void {
    this.notes.value = notes;
  }

  dispose(): void {
    this.#port.close();
  }

  /** The frame shown is frozen as A; if it is an estimate, or another one is wanted, that is computed. */
  #pin(pin: Settings | null): void {
    const frame = this.frame.peek();
    const shown = pin && frame?.exact && this.#newest === this.#number && sameSettings(frame.settings, pin);
    this.pinned.value = shown ? frame : undefined;
    if (pin && !shown) this.#port.send({ kind: "pin", settings: pin });
  }

  #show({ dragging = false, retrain = false, course }: Partial<Show>): void {
    const settings = settingsOf(this.state.peek());
    this.problem.value = undefined;
    this.#port.send({ kind: "show", number: ++this.#number, settings, dragging, course, retrain });
  }

  #hear(report: Report): void {
    switch (report.kind) {
      case "frame":
        if (report.number < this.#newest) return;
        this.#newest = report.number;
        this.frame.value = report.frame;
        return;
      case "pinned":
        if (this.state.peek().pin) this.pinned.value = report.frame;
        return;
      case "detail":
        this.detail.value = report.detail;
        return;
      case "progress":
        this.progress.value = report.share;
        return;
      case "training":
        this.#training.hear(report);
        // What the link says of training follows it, unless a newer request is on its way.
        if (report.number === this.#number) this.#trained(report.status);
        return;
      case "problem":
        this.problem.value = report.sentence;
        return;
    }
  }

  /** The options in force are shown at once, the update when training rests. */
  #trained({ playing, update, options }: TrainingStatus): void {
    const before = this.state.peek();
    const state = { ...before, ...options, trained: playing ? before.trained : update };
    if (!sameSettings(state, before)) this.state.value = stateOfLink(linkOf(state)).state;
  }
}

function sameSettings(a: Settings, b: Settings): boolean {
  return JSON.stringify(settingsOf(a)) === JSON.stringify(settingsOf(b));
}
