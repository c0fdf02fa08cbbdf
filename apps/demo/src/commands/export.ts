import { readModel } from "@unroll/io";
import type { ExportOptions } from "../command-line/export.ts";
import { chooseFormat } from "../interchange/formats.ts";
import { freeName, prepareToSave, save } from "../save.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { countText } from "../terminal/words.ts";
import { readBytes } from "../training/read-bytes.ts";
import { checkFinite, inFile } from "../training/run-file.ts";

/** What only a run that goes on needs: it stays behind. */
const OF_THE_RUN: readonly string[] = ["training", "best"];

/** Writes a trained network in a form that other programs read. */
export async function exportCommand(
  file: string,
  options: ExportOptions,
  { stdout, stderr }: Surroundings,
): Promise<void> {
  const format = chooseFormat(options.to, options.out);
  const input = await readBytes(file);
  const [bytes, beside] = inFile(file, "text, series or classify", () => {
    const { model, metadata } = readModel(input);
    checkFinite(file, model);
    const texts = new Map([...metadata].filter(([key]) => !OF_THE_RUN.includes(key)));
    return [format.write(model, texts), format.beside?.write(model, texts)];
  });
  const out = options.out ?? (await freeName(file.replace(/\.safetensors$/, ""), format.ending));
  await prepareToSave(out, format.kind);
  await save(out, bytes);
  if (format.beside && beside) await save(out.replace(/\.[^.]*$/, format.beside.ending), beside);
  if (options.json) stdout.write(`${JSON.stringify({ file, out, bytes: bytes.length })}\n`);
  else stdout.write(`Saved: ${out} (${countText(bytes.length)} bytes)\n`);
  if (options.quiet) return;
  stderr.write(`${format.about}.\n`);
  if (format.note) stderr.write(`${format.note}\n`);
}
