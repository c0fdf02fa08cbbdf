import { effect, type ReadonlySignal } from "@preact/signals-core";
import { afterEach, describe, expect, it } from "vitest";
import { defaults } from "./controls.ts";
import { createLab } from "./create-lab.ts";
import { engineHere } from "./engine/here.ts";
import type { Request } from "./engine/messages.ts";
import { computeFrame } from "./frame/compute-frame.ts";
import type { Frame } from "./frame.ts";
import type { Lab } from "./lab.ts";
import { type LabState, type Settings, settingsOf } from "./settings.ts";

const small: LabState = { ...defaults, hidden: 6, steps: 10 };
const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

/** A lab on an engine in this thread, with all that was asked of it and every frame that came. */
function open(state: LabState = small): { lab: Lab; requests: Request[]; frames: Frame[] } {
  const port = engineHere();
  const requests: Request[] = [];
  const send = port.send;
  port.send = (request) => {
    requests.push(request);
    send(request);
  };
  const lab = createLab(port, state);
  labs.push(lab);
  const frames: Frame[] = [];
  lab.frame.subscribe((frame) => frame && frames.push(frame));
  return { lab, requests, frames };
}

/** The first value of a signal that is as wished. */
function when<T>(of: ReadonlySignal<T>, wished: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      const { value } = of;
      if (!wished(value)) return;
      queueMicrotask(() => stop());
      resolve(value);
    });
  });
}

const shows = (settings: Partial<Settings>) => (frame: Frame | undefined) =>
  frame?.exact === true &&
  Object.entries(settings).every(([key, value]) => frame.settings[key as keyof Settings] === value);
const timeless = (frame: Frame | undefined): object => ({ ...frame, milliseconds: 0 });
const expected = (settings: Settings): object => timeless(computeFrame(settingsOf(settings)));

describe("the lab", () => {
  it("shows the state it opens with, bit for bit as computed in one go", async () => {
    const { lab } = open();
    const frame = await when(lab.frame, shows({}));
    expect(timeless(frame)).toEqual(expected(small));
    expect((await when(lab.detail, Boolean))?.question).toBe("How much of step 1 still reaches step 10?");
  });

  it("asks for nothing when nothing changes, and draws nothing", async () => {
    const { lab, requests, frames } = open();
    await when(lab.frame, shows({}));
    await when(lab.detail, Boolean);
    const [asked, drawn] = [requests.length, frames.length];
    lab.change({ gain: small.gain });
    lab.change({ map: "bound", hide: ["training"] });
    lab.change({ map: "measured", hide: [], t: null });
    expect(requests).toHaveLength(asked);
    lab.change({ gain: 1 });
    await when(lab.frame, shows({ gain: 1 }));
    expect(frames).toHaveLength(drawn + 1);
  });

  it("estimates in a drag, and is exact when it pauses and after the release", async () => {
    const large = { ...defaults, hidden: 48, steps: 60 };
    const { lab, frames } = open(large);
    await when(lab.frame, shows({}));
    for (const gain of [0.96, 0.97, 0.98]) lab.change({ gain }, { dragging: true });
    const estimate = await when(lab.frame, (frame) => frame?.settings.gain === 0.98);
    expect(estimate?.exact).toBe(false);
    expect(estimate?.status.answer).toMatch(/^~/);
    const paused = await when(lab.frame, shows({ gain: 0.98 }));
    expect(timeless(paused)).toEqual(expected({ ...large, gain: 0.98 }));
    expect(estimate?.status.measured).toBeLessThanOrEqual(paused?.status.measured as number);
    expect(estimate?.status.measured).toBeCloseTo(paused?.status.measured as number, 1);
    // Not a frame for every move of the slider.
    expect(frames.filter(({ settings }) => settings.gain > 0.95).length).toBeLessThan(5);
    lab.change({ gain: 0.99 }, { dragging: true });
    lab.change({ gain: 0.99 });
    expect(timeless(await when(lab.frame, shows({ gain: 0.99 })))).toEqual(
      expected({ ...large, gain: 0.99 }),
    );
  });

  it("is exact in a drag where that is quick, and finishes what it began", async () => {
    const { lab, frames } = open();
    await when(lab.frame, shows({}));
    for (const gain of [0.5, 0.6, 0.7]) lab.change({ gain }, { dragging: true });
    await when(lab.frame, shows({ gain: 0.7 }));
    expect(frames.every(({ exact }) => exact)).toBe(true);
  });

  it("drops a frame that takes long for a newer request", async () => {
    const { lab, frames } = open({ ...defaults, hidden: 64, steps: 60 });
    await when(lab.progress, (share) => share !== undefined);
    lab.change({ hidden: 5, steps: 6 });
    await when(lab.frame, shows({ hidden: 5 }));
    expect(frames.filter(({ exact }) => exact).map(({ hidden }) => hidden)).toEqual([5]);
    expect(lab.progress.value).toBeUndefined();
  });

  it("says what it had to change", () => {
    const { lab } = open();
    lab.change({ hidden: 4096 });
    expect(lab.state.value.hidden).toBe(128);
    expect(lab.notes.value).toEqual(["hidden=4096 is above 128; using 128."]);
    lab.change({ hidden: 6 });
    expect(lab.notes.value).toEqual([]);
  });

  it("selects a cell of the map without another frame", async () => {
    const { lab, frames } = open();
    await when(lab.detail, Boolean);
    lab.change({ t: 8, k: 3 });
    const detail = await when(lab.detail, (shown) => shown?.t === 8);
    expect(detail?.question).toBe("How much of step 3 still reaches step 8?");
    expect(frames).toHaveLength(1);
  });

  it("pins what is shown, and opens a pin that a link brings", async () => {
    const { lab } = open();
    const a = await when(lab.frame, shows({}));
    lab.togglePin();
    expect(lab.pinned.value).toBe(a);
    expect(lab.state.value.pin).toEqual(settingsOf(small));
    lab.change({ gain: 2 });
    await when(lab.frame, shows({ gain: 2 }));
    expect(lab.pinned.value).toBe(a);
    lab.togglePin();
    expect([lab.pinned.value, lab.state.value.pin]).toEqual([undefined, null]);
    lab.open({ ...small, pin: { ...settingsOf(small), gain: 0.5, trained: 2 } });
    const pinned = await when(lab.pinned, Boolean);
    expect(timeless(pinned)).toEqual(expected({ ...small, gain: 0.5, trained: 2 }));
  });
});

describe("training", () => {
  it("goes forward, back and to the beginning, always to the same bits", async () => {
    const { lab } = open();
    for (const trained of [3, 1, 0, 60, 59]) {
      lab.training.seek(trained);
      const frame = await when(lab.frame, shows({ trained }));
      expect(timeless(frame)).toEqual(expected({ ...small, trained }));
      expect(lab.training.status.value.update).toBe(trained);
      expect(lab.training.status.value.newest).toBe(Math.max(trained, lab.training.status.value.newest));
    }
    lab.training.back();
    await when(lab.frame, shows({ trained: 58 }));
    lab.training.forward(2);
    await when(lab.frame, shows({ trained: 60 }));
    for (const _ of [1, 2, 3]) lab.training.forward();
    expect(lab.state.value.trained).toBe(63);
    lab.training.rewind();
    await when(lab.frame, shows({ trained: 0 }));
    lab.training.back();
    expect(lab.state.value.trained).toBe(0);
    expect(lab.training.history.value.update.length).toBeGreaterThanOrEqual(60);
  });

  it("plays, and when it pauses the state says where", async () => {
    const { lab } = open();
    lab.change({ speed: "max" });
    await when(lab.frame, shows({}));
    lab.training.play();
    await when(lab.training.status, ({ update, playing }) => playing && update > 30);
    expect(lab.state.value.trained).toBe(0);
    lab.training.pause();
    const { trained } = await when(lab.state, (state) => state.trained > 30);
    const frame = await when(lab.frame, shows({ trained }));
    expect(lab.training.status.value.update).toBe(trained);
    expect(timeless(frame)).toEqual(expected({ ...small, trained }));
  });

  it("goes on with other options, begins again with another network", async () => {
    const { lab } = open();
    lab.training.seek(5);
    await when(lab.frame, shows({ trained: 5 }));
    lab.change({ rate: 0.1 });
    await when(lab.frame, shows({ rate: 0.1 }));
    lab.training.forward();
    await when(lab.frame, shows({ trained: 6 }));
    expect(lab.training.status.value.sections.map(({ from }) => from)).toEqual([0, 5]);
    lab.change({ gain: 1 });
    const frame = await when(lab.frame, shows({ gain: 1 }));
    expect(frame?.settings.trained).toBe(0);
    expect(lab.state.value.trained).toBe(0);
    expect(lab.training.status.value.newest).toBe(0);
  });

  it("keeps what came later when it is looked at in the past, with the options of that time", async () => {
    const { lab } = open();
    lab.training.seek(5);
    await when(lab.frame, shows({ trained: 5 }));
    lab.change({ rate: 0.1, steps: 12 });
    lab.training.seek(9);
    const end = await when(lab.frame, shows({ trained: 9, rate: 0.1, steps: 12 }));
    lab.training.seek(3);
    lab.change({ norm: "frobenius" }); // asked for before the engine has said which options were in force
    const past = await when(lab.frame, shows({ trained: 3, norm: "frobenius" }));
    expect(timeless(past)).toEqual(expected({ ...small, trained: 3, norm: "frobenius" }));
    expect(lab.state.value).toMatchObject({ rate: small.rate, steps: small.steps, trained: 3 });
    lab.change({ norm: "spectral" });
    await when(lab.frame, shows({ norm: "spectral" }));
    expect(lab.training.status.value.newest).toBe(9);
    lab.training.seek(9);
    const again = await when(lab.frame, shows({ trained: 9 }));
    expect(timeless(again)).toEqual(timeless(end));
    expect(lab.state.value).toMatchObject({ rate: 0.1, steps: 12 });
    // A change of training in the past makes another future.
    lab.training.seek(3);
    lab.change({ rate: 0.2 });
    await when(lab.frame, shows({ trained: 3, rate: 0.2 }));
    expect(lab.training.status.value).toMatchObject({ newest: 3, sections: [{ from: 0 }, { from: 3 }] });
  });

  it("opened from a link is trained as the link says, whatever happened before", async () => {
    const { lab } = open();
    lab.training.seek(5);
    await when(lab.frame, shows({ trained: 5 }));
    lab.open({ ...small, rate: 0.1, trained: 9 });
    const frame = await when(lab.frame, shows({ trained: 9 }));
    expect(timeless(frame)).toEqual(expected({ ...small, rate: 0.1, trained: 9 }));
    expect(lab.training.status.value.sections).toHaveLength(1);
  });

  it("stops with a sentence where numbers end", async () => {
    const { lab } = open({ ...small, cell: "linear", gain: 3, rate: 10, noise: 1, speed: "max" });
    await when(lab.frame, Boolean);
    lab.training.play();
    const { stopped, update } = await when(
      lab.training.status,
      ({ playing, stopped }) => !playing && stopped !== undefined,
    );
    expect(stopped).toMatch(/^Training stopped: .+\.$/);
    await when(lab.frame, shows({ trained: update }));
    lab.training.rewind();
    await when(lab.frame, shows({ trained: 0 }));
  });

  it("branches: forgets what came after", async () => {
    const { lab } = open();
    lab.training.seek(8);
    await when(lab.frame, shows({ trained: 8 }));
    lab.training.back(3);
    await when(lab.frame, shows({ trained: 5 }));
    lab.training.branch();
    await when(lab.training.status, ({ newest }) => newest === 5);
    expect(lab.training.history.value.update).toHaveLength(5);
  });
});
