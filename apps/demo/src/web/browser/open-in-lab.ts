import type { FileBytes } from "./task-link.ts";

/**
 * Opens the gradient lab in a window of its own and hands it a model, once it says that it is ready. To be called by a
 * click, since browsers open windows for nothing else. `save` gives the file when it is there.
 */
export function openInLab(save: (take: (file: FileBytes) => void) => void): void {
  const lab = window.open(LAB, "_blank");
  if (!lab) return;
  let ready = false;
  let file: FileBytes | undefined;
  const hand = (): void => {
    if (!ready || !file) return;
    window.removeEventListener("message", listen);
    lab.postMessage({ gradientLab: "model", name: file.name, bytes: file.bytes.buffer }, "*");
  };
  const listen = ({ source, data }: MessageEvent<{ gradientLab?: unknown } | null>): void => {
    if (source !== lab || data?.gradientLab !== "ready") return;
    ready = true;
    hand();
  };
  window.addEventListener("message", listen);
  save((saved) => {
    file = saved;
    hand();
  });
}

/** Where the lab is: in a folder of its own beside the page. */
const LAB = "gradient-lab/";
