import { EventEmitter } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { servePage } from "./serve-page.ts";
import type { Surroundings } from "./streams.ts";

const folder = mkdtempSync(join(tmpdir(), "unroll-terminal-"));
writeFileSync(join(folder, "index.html"), "<p>hello</p><script>1</script>");
afterAll(() => rmSync(folder, { recursive: true }));

/** Surroundings whose stdout can be waited for. */
function surroundings() {
  const signals = Object.assign(new EventEmitter(), { exit() {} });
  const output = { stdout: "", stderr: "" };
  let hear = (_: string) => {};
  const heard = new Promise<string>((resolve) => {
    hear = resolve;
  });
  const streams: Surroundings = {
    stdin: (async function* () {})(),
    stdout: {
      write(text: string) {
        output.stdout += text;
        hear(text);
      },
    },
    stderr: {
      write(text: string) {
        output.stderr += text;
      },
    },
    env: {},
    signals,
  };
  return { streams, signals, output, heard };
}

test("a page is served under a policy until Ctrl-C", async () => {
  const { streams, signals, output, heard } = surroundings();
  const served = servePage(folder, { port: 0, words: "here\n" }, streams);
  const url = (await heard).trim();
  const answer = await fetch(url);
  expect(await answer.text()).toContain("hello");
  expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src .*'sha256-/);
  expect((await fetch(`${url}none.js`)).status).toBe(404);
  for (const path of ["%", "%00", "..%2f..%2fetc%2fpasswd", "%2e%2e/x"])
    expect((await fetch(url + path)).status, path).toBeGreaterThanOrEqual(400);
  const taken = servePage(folder, { port: Number(new URL(url).port), words: "" }, surroundings().streams);
  await expect(taken).rejects.toThrow(/port \d+ is taken/);
  signals.emit("SIGINT");
  await served;
  expect(output.stderr).toBe("here\n");
  await expect(fetch(url)).rejects.toThrow();
});

test("with --json the address is one object", async () => {
  const { streams, signals, heard } = surroundings();
  const options = { port: 0, json: true, words: "", fields: { file: "a.html" } };
  const served = servePage(folder, options, streams);
  expect(JSON.parse(await heard)).toEqual({ url: expect.stringMatching(/^http:\/\/127/), file: "a.html" });
  signals.emit("SIGTERM");
  await served;
});

test("a page that was not built is said", async () => {
  const none = servePage(join(folder, "none"), { port: 0, words: "" }, surroundings().streams);
  await expect(none).rejects.toThrow(/index.html: there is no such file/);
});
