import type { Page } from "../parts/page.ts";
import { openContent, openDiskFile } from "./open-content.ts";

/**
 * Opens files that are dropped on the page, and the model that a page which opened this one sends: told `{ gradientLab:
 * "ready" }`, it answers `{ gradientLab: "model", name, bytes }`, `bytes` being an ArrayBuffer. A model is read like any file, so it
 * may come from anywhere; but only from the page that opened this one.
 */
export function listenToFiles(page: Page): void {
  addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    openDiskFile(page, file);
  });
  const { opener } = window;
  if (!opener) return;
  addEventListener("message", ({ source, data }) => {
    if (source !== opener || data?.gradientLab !== "model" || !(data.bytes instanceof ArrayBuffer)) return;
    openContent(page, String(data.name), new Uint8Array(data.bytes));
  });
  opener.postMessage({ gradientLab: "ready" }, "*");
}
