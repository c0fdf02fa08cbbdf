import { sampleTokens } from "@unroll/model";
import type { GenerateOptions } from "../command-line/generate.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { encodePrompt } from "../text/encode-prompt.ts";
import { textModelIn } from "../text/run-file.ts";
import { usualPrompt } from "../text/write-sample.ts";
import { readBytes } from "../training/read-bytes.ts";

/** Writes a prompt and what the network makes of it. */
export async function generateCommand(
  file: string,
  options: GenerateOptions,
  { stdout }: Surroundings,
): Promise<void> {
  const { length, temperature, topK, seed, json } = options;
  const { model, vocabulary, folded } = textModelIn(file, await readBytes(file));
  const prompt = encodePrompt(options.prompt ?? usualPrompt(vocabulary), vocabulary, folded);
  const source = sampleTokens(model, { prompt, temperature, topK, seed });
  const written = vocabulary.decode(Array.from({ length }, () => source.next().value));
  const read = vocabulary.decode(prompt);
  if (json)
    stdout.write(`${JSON.stringify({ seed, temperature, topK, length, prompt: read, text: written })}\n`);
  else stdout.write(`${shown(read + written, stdout.isTTY === true)}\n`);
}

/** A terminal would obey control characters: there they are shown as a replacement character. */
function shown(text: string, terminal: boolean): string {
  return terminal ? text.replace(/[^\P{Cc}\n\t]/gu, "\ufffd") : text;
}
