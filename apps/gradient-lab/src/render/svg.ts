/** A picture as an SVG file. */
export interface Svg {
  readonly width: number;
  readonly height: number;
  /** What it shows, in a few words, and in whole sentences: for those who hear it, and for whoever finds the file. */
  readonly title: string;
  readonly description: string;
  /** Elements, already as text. */
  readonly body: readonly string[];
}

export const INK = "#211c2a";
export const SOFT = "#5b5466";
export const RULE = "#dfdbe6";

/** The whole file. It needs no style sheet and no font file. */
export function svgFile({ width, height, title, description, body }: Svg): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="system-ui, sans-serif" font-size="12" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...body,
    "</svg>\n",
  ].join("\n");
}

/** A line of text. `attributes` come as they stand. */
export function svgText(x: number, y: number, text: string, attributes = ""): string {
  return `<text x="${short(x)}" y="${short(y)}"${attributes && ` ${attributes}`}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}

/** A coordinate with two decimals at most. */
export function short(value: number): string {
  return String(Math.round(100 * value) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
