import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it, vi } from "vitest";
import { defaults } from "../../controls.ts";
import { computeFrame } from "../../frame/compute-frame.ts";
import { linkOf, stateOfLink } from "../../link/link.ts";
import { settingsOf } from "../../settings.ts";
import { commandOf } from "../command.ts";
import { programOf } from "./program.ts";

// Inside the package, so that the packages are found.
const folder = new URL("../../../../test/dist/programs/", import.meta.url);
mkdirSync(folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program prints. */
async function printed(code: string, name: string): Promise<unknown[][]> {
  const file = new URL(`${name}.ts`, folder);
  writeFileSync(file, code);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await import(/* @vite-ignore */ file.pathname);
    return log.mock.calls;
  } finally {
    log.mockRestore();
  }
}

describe("the program of settings", () => {
  it.each([
    "#v1&hidden=8&steps=12",
    "#v1&hidden=6&steps=10&init=gaussian&cell=linear&noise=0.5&trained=7&seed=4294967295&start=0.5",
    "#v1&hidden=6&steps=10&init=sparse&cell=sigmoid&input=constant&norm=frobenius&trained=5&optimizer=momentum",
    "#v1&hidden=6&steps=12&init=xavier&cell=relu&input=adding&norm=loss&trained=5&truncate=4&clip=value&threshold=0.01",
    "#v1&hidden=6&steps=12&init=identity&input=copy&norm=loss&trained=5&optimizer=adam&truncate=5&cut=chunked&clip=norm",
    "#v1&hidden=6&steps=12&input=text&trained=4",
    "#v1&hidden=6&steps=12&input=text&text=it%27s%20a%20%22whale%22%5C&norm=frobenius",
    "#v1&init=x1&gain=1&noise=0&steps=30",
    "#v1&init=x2&gain=1&noise=0&steps=20&trained=2",
    "#v1&init=x4&gain=1&noise=0&steps=20&cell=linear",
  ])("prints the numbers of the page, every digit: %s", async (link) => {
    const settings = settingsOf(stateOfLink(link).state);
    const { maps, steps: T } = computeFrame(settings);
    const row = Array.from(maps.measured.subarray((T - 1) * T), (value, i) => [i + 1, value]);
    const name = link.replace(/\W+/g, "-");
    expect(await printed(programOf(settings), name)).toEqual(row);
  });

  it("is short, and imports what it uses alone", () => {
    const code = programOf(settingsOf(defaults));
    expect(code.split("\n").length).toBeLessThan(60);
    for (const [, names] of code.matchAll(/^import \{ (.*) \} from/gm))
      for (const name of names.split(", ").map((each) => each.replace(/.* as /, "")))
        expect(code.split(new RegExp(`\\b${name}\\b`)).length, name).toBeGreaterThan(2);
  });
});

describe("the command of a state", () => {
  it("gives a shell the link of the state", () => {
    const state = { ...defaults, gain: 0.8, input: "text" as const, text: `it's $HOME "\`x` };
    const command = commandOf(state, false).replace("npx pnpm lab", "printf '%s\\n'");
    const [run, link, json] = execFileSync("sh", ["-c", command], { encoding: "utf8" }).split("\n");
    expect([run, json]).toEqual(["run", "--json"]);
    expect(stateOfLink(link).state).toEqual(stateOfLink(linkOf(state)).state);
  });

  it("of what no link tells is that of the saved file", () => {
    expect(commandOf(defaults, true)).toBe("npx pnpm lab run gradient-lab-saved.lab.json --json");
  });
});
