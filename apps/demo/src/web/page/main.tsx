import { render } from "preact";
import checkpoint from "../../../checkpoints/moby-dick.safetensors?url";
import { fetched } from "../browser/files.ts";
import { App } from "./app.tsx";
import { calm } from "./parts/calm.ts";
import { firstTab, followAddress } from "./tabs.ts";
import { builtInText } from "./text/built-in-text.ts";
import { TextStore, writeWhileTraining } from "./text/text-store.ts";
import "./styles/index.css";

const text = new TextStore();
const tabs = firstTab();
const host = document.getElementById("demo")!;

// What the build put there stays until the network writes the same.
const stop = text.page.subscribe(({ characters }) => {
  if (characters === 0 && !text.link.lost.peek()) return;
  queueMicrotask(() => stop());
  render(<App text={text} tabs={tabs} />, host);
  followAddress(tabs);
  host.dataset.live = "true";
  performance.mark("live");
  setTimeout(() => builtInText().then((given) => text.link.takeData(given)), 0);
});

text.link.wake();
writeWhileTraining(text);
fetched(checkpoint).then((bytes) => {
  text.link.open({ name: "moby-dick.safetensors", bytes });
  text.write({ calm: calm() });
});
