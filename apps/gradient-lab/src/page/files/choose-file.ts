import type { Page } from "../parts/page.ts";
import { openDiskFile } from "./open-content.ts";

/** Asks for a file and opens it. */
export function chooseFile(page: Page): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,.safetensors";
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) openDiskFile(page, file);
  };
  input.click();
}
