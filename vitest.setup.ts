import { afterEach, vi } from "vitest";

/** A test that writes to the console fails: output is either tested for or not written. */
for (const method of ["log", "info", "warn", "error"] as const) {
  vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
    written.push(`console.${method}(${words.map(String).join(", ")})`);
  });
}

const written: string[] = [];

afterEach(() => {
  const lines = written.splice(0);
  if (lines.length > 0) throw new Error(`unexpected console output:\n${lines.join("\n")}`);
});
