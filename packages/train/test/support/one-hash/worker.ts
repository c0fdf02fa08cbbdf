import type { KernelChoice } from "@unroll/kernels";
import { runs } from "./runs.ts";

addEventListener("message", async ({ data: [name, kernels] }: MessageEvent<[string, KernelChoice]>) => {
  postMessage(await runs[name](kernels));
});
