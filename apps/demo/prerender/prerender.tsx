import { readFile } from "node:fs/promises";
import { renderToString } from "preact-render-to-string";
import { App } from "../src/web/page/app.tsx";
import { firstTab } from "../src/web/page/tabs.ts";
import { BLANK, grown, OPENING, TextStore } from "../src/web/page/text/text-store.ts";
import { TextTask } from "../src/web/text/text-task.ts";

/** The page as it opens: with the shipped network, and the beginning of what that writes. */
export async function prerender(): Promise<string> {
  const name = "moby-dick.safetensors";
  const bytes = new Uint8Array(await readFile(new URL(`../checkpoints/${name}`, import.meta.url)));
  const store = new TextStore();
  const task = new TextTask(
    ({ prompt = "", text, bits }) => {
      store.page.value = grown({ ...BLANK, prompt }, text, bits, false);
    },
    (error) => {
      throw error;
    },
  );
  const opened = await task.open(name, bytes);
  store.link.model.value = opened.about;
  task.useFile(opened);
  task.ask({ ...OPENING, length: OPENING.atOnce, number: 0 });
  return renderToString(<App text={store} tabs={firstTab()} />);
}
