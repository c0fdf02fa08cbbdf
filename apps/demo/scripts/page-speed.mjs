// How soon the built page stands and lives on a processor four times slower, and the longest task of its main thread while
// it trains: npx pnpm --filter @unroll/demo page-speed
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const SLOWER = 4;
const VISITS = 5;
const program = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

const server = spawn(process.execPath, [program, "serve", "--json"], { stdio: ["ignore", "pipe", "ignore"] });
const [line] = await once(server.stdout, "data");
const { url } = JSON.parse(String(line));
const browser = await chromium.launch({
  executablePath: process.env.UNROLL_CHROMIUM ?? "/usr/bin/chromium",
  chromiumSandbox: process.getuid?.() !== 0,
});

const visit = async (slower) => {
  const page = await (await browser.newContext()).newPage();
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await page.goto(url);
  await page.waitForSelector("[data-live]");
  return page;
};

const times = [];
for (let i = 0; i < VISITS; i++) {
  const page = await visit(SLOWER);
  times.push(
    await page.evaluate(() => ({
      first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      live: performance.getEntriesByName("live")[0].startTime,
    })),
  );
  await page.context().close();
}
const median = (name) => Math.round(times.map((each) => each[name]).sort((a, b) => a - b)[VISITS >> 1]);

const page = await visit(1);
await page.locator(".data p b").waitFor();
await page.evaluate(() => {
  globalThis.tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.tasks.push(duration);
  }).observe({ type: "longtask" });
});
await page.getByRole("button", { name: "Train", exact: true }).click();
await page.waitForTimeout(8000);
const tasks = await page.evaluate(() => globalThis.tasks);

console.log(
  `median of ${VISITS} visits at ${SLOWER}× slow-down: first picture ${median("first")} ms, live ${median("live")} ms`,
);
console.log(
  `tasks of 50 ms or more in 8 s of training: ${tasks.length === 0 ? "none" : tasks.map(Math.round).join(", ")}`,
);
await browser.close();
server.kill("SIGINT");
