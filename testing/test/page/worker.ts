import { twice } from "./main.ts";

addEventListener("message", ({ data }: MessageEvent<number>) => postMessage(twice(data)));
