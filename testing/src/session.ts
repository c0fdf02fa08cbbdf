import process from "node:process";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { Files } from "./files.ts";
import { type Headers, type Site, serve } from "./serve.ts";

/** As Playwright names them: `viewport`, `colorScheme`, `reducedMotion`, `forcedColors`, `offline`, … */
export type OpenOptions = BrowserContextOptions;

export interface Opened {
  readonly page: Page;
  /** Errors nobody caught, errors on the console (also those of the policy) and failed requests, as they come. */
  readonly problems: readonly string[];
}

/** A browser with the sites it visits. Closing it closes all. */
export class Session {
  readonly #sites: Site[] = [];
  #browser: Browser | undefined;

  async launch(executablePath: string): Promise<void> {
    // The sandbox of Chromium refuses to run as root.
    this.#browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  }

  /** For what this page leaves out. */
  get browser(): Browser {
    if (!this.#browser) throw new Error("Session: the browser runs only inside of tests");
    return this.#browser;
  }

  /** Serves files of memory, or a folder, until the session ends; returns the address, which ends in `/`. */
  async serve(content: Files | string, headers?: Headers): Promise<string> {
    const site = await serve(content, headers);
    this.#sites.push(site);
    return site.url;
  }

  /** Opens a page in a context of its own and waits until it has loaded. */
  async open(url: string, options?: OpenOptions): Promise<Opened> {
    const context = await this.browser.newContext(options);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("requestfailed", (request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`));
    await page.goto(url);
    return { page, problems };
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
    await Promise.all(this.#sites.splice(0).map((site) => site.close()));
  }
}
