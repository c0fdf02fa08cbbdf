import { batch, signal } from "@preact/signals-core";
import { describe, expect, it } from "vitest";
import { defaults } from "../core/controls.ts";
import type { Lab } from "../core/lab.ts";
import type { LabState } from "../core/settings.ts";
import { type AddressWindow, keepAddress } from "./address.ts";

/** A window with a history, whose timers run when asked to. */
function makeWindow(hash = "") {
  const entries = [hash];
  const listeners = new Set<() => void>();
  const timers = new Map<number, () => void>();
  let at = 0;
  const window: AddressWindow = {
    location: {
      get hash() {
        return entries[at] === "#" ? "" : entries[at];
      },
    },
    history: {
      pushState: (_data, _unused, url) => {
        entries.splice(++at, Number.POSITIVE_INFINITY, String(url));
      },
      replaceState: (_data, _unused, url) => {
        entries[at] = String(url);
      },
    },
    addEventListener: (_type, listener) => listeners.add(listener),
    removeEventListener: (_type, listener) => listeners.delete(listener),
    setTimeout: (run) => {
      timers.set(timers.size, run);
      return timers.size - 1;
    },
    clearTimeout: (timer) => timers.delete(timer),
  };
  const go = (by: number): void => {
    at += by;
    for (const listener of listeners) listener();
  };
  const passTime = (): void => {
    for (const [timer, run] of [...timers]) {
      timers.delete(timer);
      run();
    }
  };
  return { window, entries, go, passTime, timers };
}

/** The part of a lab that the address follows. */
function makeLab(first: LabState = defaults) {
  const state = signal(first);
  const jumps = signal(0);
  const opened: (readonly string[])[] = [];
  const lab = {
    state,
    jumps,
    open(next: LabState, notes: readonly string[] = []) {
      batch(() => {
        jumps.value++;
        state.value = next;
      });
      opened.push(notes);
    },
  } as unknown as Lab;
  const drag = (part: Partial<LabState>): void => {
    state.value = { ...state.value, ...part };
  };
  return { lab, state, opened, drag };
}

describe("the address", () => {
  it("stays empty while the state is what the lab opens with", () => {
    const { window, entries, timers } = makeWindow();
    keepAddress(makeLab().lab, window);
    expect([entries, timers.size]).toEqual([[""], 0]);
  });

  it("follows a drag now and then, in one entry", () => {
    const { window, entries, passTime } = makeWindow();
    const { lab, drag } = makeLab();
    keepAddress(lab, window);
    drag({ gain: 1 });
    drag({ gain: 1.1 });
    expect(entries).toEqual([""]);
    passTime();
    expect(entries).toEqual(["#v1&gain=1.1"]);
    drag({ gain: 0.95 });
    passTime();
    expect(entries).toEqual(["#v1"]);
  });

  it("has an entry for a story, which Back takes back to where the drag ended", () => {
    const { window, entries, go } = makeWindow();
    const { lab, drag, state } = makeLab();
    keepAddress(lab, window);
    drag({ gain: 1.1 });
    lab.open({ ...defaults, story: 1 });
    expect(entries).toEqual(["#v1&gain=1.1", "#v1&story=1"]);
    go(-1);
    expect(state.value).toEqual({ ...defaults, gain: 1.1 });
    go(1);
    expect(state.value).toEqual({ ...defaults, story: 1 });
    expect(entries).toEqual(["#v1&gain=1.1", "#v1&story=1"]);
  });

  it("opens a link typed into it, and says what was wrong with it", () => {
    const { window, entries, go } = makeWindow();
    const { lab, state, opened } = makeLab();
    keepAddress(lab, window);
    entries.push("#v1&hidden=4096");
    go(1);
    expect(state.value.hidden).toBe(128);
    expect(entries).toEqual(["", "#v1&hidden=128"]);
    expect(opened.at(-1)).toEqual(["hidden=4096 is above 128; using 128."]);
  });

  it("is left alone when it ends", () => {
    const { window, entries, go } = makeWindow();
    const { lab, drag, opened } = makeLab();
    const end = keepAddress(lab, window);
    drag({ gain: 1 });
    end();
    expect(entries).toEqual(["#v1&gain=1"]);
    drag({ gain: 2 });
    lab.open({ ...defaults, story: 2 });
    go(0);
    expect(entries).toEqual(["#v1&gain=1"]);
    expect(opened).toHaveLength(1);
  });
});
