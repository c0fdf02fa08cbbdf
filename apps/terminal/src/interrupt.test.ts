import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { interruptible } from "./interrupt.ts";

class FakeProcess extends EventEmitter {
  readonly codes: number[] = [];
  exit(code: number): void {
    this.codes.push(code);
  }
}

test("the first Ctrl-C aborts the work, which may still end well", async () => {
  const signals = new FakeProcess();
  const left: string[] = [];
  const result = await interruptible(
    signals,
    () => left.push("left"),
    async (signal) => {
      signals.emit("SIGINT");
      return signal.aborted;
    },
  );
  expect({ result, left, codes: signals.codes }).toEqual({ result: true, left: [], codes: [] });
});

test("the second ends the process with 130, after the terminal is in order", async () => {
  const signals = new FakeProcess();
  const left: string[] = [];
  await interruptible(
    signals,
    () => left.push(`left before ${signals.codes.length} exits`),
    async () => {
      signals.emit("SIGTERM");
      signals.emit("SIGINT");
    },
  );
  expect({ left, codes: signals.codes }).toEqual({ left: ["left before 0 exits"], codes: [130] });
});

test("the listeners are gone afterwards, also when the work failed", async () => {
  const signals = new FakeProcess();
  const work = interruptible(
    signals,
    () => {},
    async () => {
      expect(signals.listenerCount("SIGINT")).toBe(1);
      throw new Error("no luck");
    },
  );
  await expect(work).rejects.toThrow("no luck");
  expect(signals.listenerCount("SIGINT") + signals.listenerCount("SIGTERM")).toBe(0);
});
