import type { Page } from "playwright-core";

/** What the page was seen to do, in milliseconds of its own clock. */
export interface Seen {
  /** Frames that were asked for: their number, and when what asked for them happened. */
  readonly asked: { readonly number: number; readonly at: number }[];
  /** Frames that came: when they had been painted. */
  readonly painted: { readonly number: number; readonly exact: boolean; readonly at: number }[];
  /** When the page came to life. */
  alive: number;
}

/** Lets a page that is yet to be opened write down what passes between it and its worker. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: Seen = { asked: [], painted: [], alive: Number.NaN };
    Object.assign(window, { seen });
    let input = 0;
    addEventListener("input", ({ timeStamp }) => (input = timeStamp), { capture: true });
    const afterPaint = (run: () => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = run;
        port2.postMessage(0);
      });
    const Native = window.Worker;
    window.Worker = class extends Native {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", ({ data }) => {
          if (data.kind !== "frame") return;
          const { number, frame } = data;
          afterPaint(() => seen.painted.push({ number, exact: frame.exact, at: performance.now() }));
        });
      }
      override postMessage(message: { kind: string; number: number }): void {
        const now = performance.now();
        if (message.kind === "show")
          seen.asked.push({ number: message.number, at: now - input < 100 ? input : now });
        super.postMessage(message);
      }
    };
    const still = new MutationObserver(() => {
      if (!document.querySelector("#lab:not(.still) .answer")) return;
      still.disconnect();
      afterPaint(() => (seen.alive = performance.now()));
    });
    still.observe(document, { subtree: true, childList: true, attributes: true });
  });
}

export const seenBy = (page: Page): Promise<Seen> =>
  page.evaluate(() => (window as unknown as { seen: Seen }).seen);

/** Milliseconds from asking to painting of the exact frames after a moment; those that a newer one replaced are not there. */
export function delays({ asked, painted }: Seen, after: number): number[] {
  const at = new Map(asked.map(({ number, at }) => [number, at]));
  return painted
    .filter(({ exact, number }) => exact && (at.get(number) as number) > after)
    .map((frame) => frame.at - (at.get(frame.number) as number));
}

/** Waits until the newest frame that was asked for is there, exact. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { asked, painted } = (window as unknown as { seen: Seen }).seen;
    return painted.some(({ number, exact }) => exact && number === asked.at(-1)?.number);
  });
}

/** Milliseconds that the main thread has worked since the page was opened. */
export async function work(page: Page): Promise<() => Promise<number>> {
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  return async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
