import type { Colors } from "../terminal/streams.ts";
import { oneLine, percentText } from "../terminal/words.ts";
import type { Answer, DecidingSymbol } from "./answer.ts";

/** The first labels, each with its probability: `Polish 97.1 %`. */
export function labelsText({ labels }: Answer, top: number): string[] {
  return labels.slice(0, top).map(({ label, probability }) => `${label} ${percentText(probability)} %`);
}

/**
 * A text, its labels, and below each of its symbols the share of the decision and the pull, in as many lines as the
 * terminal needs. In color, what speaks for the label is green and what speaks against it magenta; the strongest are
 * reversed, the weakest faint. The numbers say the same.
 */
export function explainText(answer: Answer, top: number, colors: Colors, width: number): string {
  const [first, ...others] = labelsText(answer, top);
  const head = `${colors.bold(oneLine(answer.text, 60))}: ${colors.bold(first!)}${others.map((other) => `, ${other}`).join("")}`;
  const symbols = answer.symbols ?? [];
  const strongest = symbols.reduce((most, { share }) => Math.max(most, share), 0);
  const perLine = Math.max(1, Math.floor((width - NAMES) / CELL));
  const lines = [head];
  for (let from = 0; from < symbols.length; from += perLine) {
    const some = symbols.slice(from, from + perLine);
    const row = (name: string, cell: (symbol: DecidingSymbol) => string): string =>
      `${name.padEnd(NAMES)}${some.map((symbol) => painted(cell(symbol), symbol, strongest, colors)).join("")}`;
    lines.push(
      row("  reads", ({ symbol }) => visible(symbol)),
      row("  decides, %", ({ share }) => percentText(share, 0)),
      row("  for (nats)", ({ pull }) => `${pull < 0 ? "-" : "+"}${Math.abs(pull).toFixed(2)}`),
    );
  }
  return `${lines.join("\n")}\n`;
}

const NAMES = 14;
const CELL = 6;

/** A cell of fixed width; only its content is colored. */
function painted(
  content: string,
  { share, pull }: DecidingSymbol,
  strongest: number,
  colors: Colors,
): string {
  const color = pull < 0 ? colors.magenta : colors.green;
  const part = strongest > 0 ? share / strongest : 0;
  const strong =
    part > 2 / 3 ? colors.inverse(color(content)) : part < 1 / 6 ? colors.dim(content) : color(content);
  return " ".repeat(Math.max(1, CELL - Array.from(content).length)) + strong;
}

function visible(symbol: string): string {
  return symbol === " " ? "space" : oneLine(symbol, 5) || "?";
}
