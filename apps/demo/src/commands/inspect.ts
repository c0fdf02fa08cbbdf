import type { InspectOptions } from "../command-line/inspect.ts";
import { describeFile } from "../interchange/describe.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { countText, oneLine, shortNumber } from "../terminal/words.ts";

/** Says what a file holds: kind, network, texts, and every array with its size and range. */
export async function inspectCommand(
  file: string,
  { json }: InspectOptions,
  { stdout }: Surroundings,
): Promise<void> {
  const described = await describeFile(file);
  if (json) {
    stdout.write(`${JSON.stringify(described)}\n`);
    return;
  }
  const { about, bytes, network, metadata, tensors } = described;
  const lines = [`${file}: ${about}, ${countText(bytes)} bytes`];
  if (network) lines.push(network);
  const entries = Object.entries(metadata);
  const room = Math.max(0, ...entries.map(([key]) => key.length));
  if (entries.length > 0) lines.push("", "Texts:");
  for (const [key, text] of entries) lines.push(`  ${key.padEnd(room)}  ${oneLine(text, 60)}`);
  lines.push("", "Arrays:");
  lines.push(
    ...columns(
      tensors.map(({ name, dtype, shape, bytes, least, greatest, notFinite }) => [
        oneLine(name, 40),
        dtype,
        shape.join("×") || "number",
        countText(bytes),
        least === null || greatest === null ? "" : `${shortNumber(least)} … ${shortNumber(greatest)}`,
        notFinite > 0 ? `${countText(notFinite)} not finite` : "",
      ]),
    ),
  );
  const sum = tensors.reduce((sum, { elements }) => sum + elements, 0);
  lines.push(`  ${countText(tensors.length)} arrays, ${countText(sum)} numbers`);
  stdout.write(`${lines.join("\n")}\n`);
}

/** Rows with their cells under each other; numbers of bytes to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows.map((row) =>
    `  ${row.map((cell, c) => (c === 3 ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!))).join("  ")}`.trimEnd(),
  );
}
