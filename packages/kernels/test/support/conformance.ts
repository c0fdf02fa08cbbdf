import { describe, test } from "vitest";
import { laws } from "./laws.ts";
import type { Subject } from "./workspace.ts";

/** Holds kernels to all laws, for example `conformance({ kind, type, arena: () => new Arena(type, kind) })`. */
export function conformance(subject: Subject): void {
  describe(`${subject.kind} kernels of ${subject.type}`, () => {
    for (const { name, run } of laws) test(name, () => run(subject));
  });
}
