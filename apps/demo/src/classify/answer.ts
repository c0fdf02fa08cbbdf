import { elementary64, Tokens } from "@unroll/kernels";
import { type Connectivity, connectivity } from "./connectivity.ts";
import { encodeText, normalized, symbolsOf, UNKNOWN } from "./reading.ts";
import type { Classifier } from "./run-file.ts";
import { likeliest, logSoftmax } from "./scores.ts";

/** A symbol of a text, and what it has to do with the label that the network says. */
export interface DecidingSymbol {
  /** The character, or `start` or `end`. */
  readonly symbol: string;
  /** Its part of the sum of all gradients' norms. */
  readonly share: number;
  /** About how much the log-probability of the label would fall, in nats, if the symbol were hidden. */
  readonly pull: number;
}

/** What a network says of a text. */
export interface Answer {
  readonly text: string;
  /** All labels, the likeliest first. */
  readonly labels: readonly { readonly label: string; readonly probability: number }[];
  /** Characters that the network never saw. */
  readonly unknown: readonly string[];
  /** Which symbols decided, if asked. */
  readonly symbols?: readonly DecidingSymbol[] | undefined;
}

/** Labels one text. */
export function answerOf(classifier: Classifier, text: string, explain: boolean): Answer {
  const { model, vocabulary, classes, record } = classifier;
  const tokens = encodeText(text, record.settings, vocabulary);
  const outputs = model.run(new Tokens(tokens, 0, tokens.length), { steps: tokens.length, batch: 1 });
  const scores = logSoftmax(outputs.data.subarray(outputs.size - classes.length, outputs.size));
  const labels = classes
    .map((label, i) => ({ label, probability: elementary64.exp(scores[i]!) }))
    .sort((a, b) => b.probability - a.probability);
  const unknown = Array.from(normalized(text, record.settings)).filter((symbol) => !vocabulary.has(symbol));
  if (!explain) return { text, labels, unknown };
  const because = connectivity(model, tokens, likeliest(scores), vocabulary.encode(UNKNOWN)[0]!);
  return { text, labels, unknown, symbols: decidingSymbols(symbolsOf(text, record.settings), because) };
}

function decidingSymbols(symbols: string, { strength, pull }: Connectivity): DecidingSymbol[] {
  const all = strength.reduce((sum, each) => sum + each, 0);
  return Array.from(symbols, (symbol, t) => ({
    symbol: t === 0 ? "start" : t === strength.length - 1 ? "end" : symbol,
    share: all > 0 ? strength[t]! / all : 0,
    pull: pull[t]!,
  }));
}
