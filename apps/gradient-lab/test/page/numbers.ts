import { openLab } from "../../src/browser/open-lab.ts";
import type { Frame } from "../../src/core/frame.ts";
import { stateOfLink } from "../../src/core/link/link.ts";
import { bits } from "./bits.ts";

const lab = openLab(window);

/** The exact frame that a page shows for a link, and the details of its corner, computed by the worker, as bits. */
export function numbers(link: string): Promise<unknown> {
  const before = lab.frame.peek();
  lab.open(stateOfLink(link).state);
  return new Promise((resolve) => {
    const stop = lab.detail.subscribe((detail) => {
      const frame = lab.frame.peek();
      if (!frame?.exact || !detail || frame === before) return;
      queueMicrotask(() => stop());
      resolve(bits({ ...frame, milliseconds: 0, detail } satisfies Frame & { detail: unknown }));
    });
  });
}
