import * as fs from "node:fs/promises";
import { fileStore } from "@unroll/train";
import { patterned } from "../support/patterned.ts";

// Saves one file after the other to the path that is named, and prints the number of each that is saved.
const [, , path, first] = process.argv;
const store = fileStore(fs, path as string);
for (let number = Number(first); ; number++) {
  await store.save(patterned(number));
  process.stdout.write(`${number}\n`);
}
