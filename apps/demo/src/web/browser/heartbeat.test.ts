import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Heartbeat } from "./heartbeat.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a worker that answers is never lost", () => {
  const lost = vi.fn();
  const heart: Heartbeat = new Heartbeat(() => heart.heard(), lost);
  vi.advanceTimersByTime(600_000);
  expect(lost).not.toHaveBeenCalled();
  heart.stop();
});

test("one that is busy for less than half a minute is not lost, one that stays silent is, once", () => {
  const lost = vi.fn();
  const heart = new Heartbeat(() => {}, lost);
  vi.advanceTimersByTime(29_000);
  heart.heard();
  vi.advanceTimersByTime(29_000);
  expect(lost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(lost).toHaveBeenCalledTimes(1);
});
