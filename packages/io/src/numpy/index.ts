export { readNpy } from "./read-npy.ts";
export { type NpzOptions, readNpz } from "./read-npz.ts";
export { writeNpy } from "./write-npy.ts";
export { writeNpz } from "./write-npz.ts";
