import { defaults } from "../controls.ts";
import { type OpenedFile, openLabFile } from "./lab-file.ts";
import { readTextModel } from "./read-text-model.ts";

/**
 * What a file holds: a lab that was saved, or a model of text from the demo, which is shown reading the usual text.
 * @throws UnrollError for any other file, with what is wrong
 */
export function openFile(name: string, bytes: Uint8Array): OpenedFile {
  // A model file begins with the length of its header, which no text does.
  if (bytes[8] === 0x7b && bytes[7] === 0) {
    const model = readTextModel(name, bytes);
    return { state: { ...defaults, input: "text" }, notes: [], model };
  }
  return openLabFile(new TextDecoder().decode(bytes));
}
