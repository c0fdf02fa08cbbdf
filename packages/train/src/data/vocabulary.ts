import { OptionError, UnrollError, ValueError } from "@unroll/kernels";
import { knownOptions } from "./options.ts";

/** A text contains a symbol that the vocabulary lacks. `position` counts as `text.slice` does. */
export class UnknownSymbolError extends UnrollError {
  constructor(where: string, symbol: string, position: number, size: number) {
    const codePoint = symbol.codePointAt(0) as number;
    const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
    super(
      "value",
      `${where}: symbol at position ${position} is ${JSON.stringify(symbol)} (${name}), expected one of the ${size} symbols of the vocabulary`,
      { where, symbol, codePoint, position, size },
    );
  }
}

export interface VocabularyOptions {
  /** A symbol of the vocabulary that stands for every symbol that is not in it. Without it such symbols are refused. */
  readonly unknown?: string | undefined;
}

/**
 * Symbols and their numbers. A symbol is one code point, so an emoji of one code point is one symbol, and a letter
 * with a combining mark is two.
 */
export class Vocabulary {
  /** Symbol number i stands at place i: the list to save. */
  readonly symbols: readonly string[];
  readonly unknown: string | undefined;
  readonly #numbers: ReadonlyMap<string, number>;

  /** @throws ValueError if a symbol is not one code point or stands there twice, OptionError */
  constructor(symbols: Iterable<string>, options: VocabularyOptions = {}) {
    knownOptions("Vocabulary", options, ["unknown"]);
    const list = [...symbols];
    const numbers = new Map<string, number>();
    for (const [number, symbol] of list.entries()) {
      if (typeof symbol !== "string" || [...symbol].length !== 1)
        throw new ValueError("Vocabulary", `symbol ${number}`, symbol, "a string of one code point");
      if (numbers.has(symbol))
        throw new ValueError(
          "Vocabulary",
          `symbol ${number}`,
          symbol,
          `a new one (it is symbol ${numbers.get(symbol)})`,
        );
      numbers.set(symbol, number);
    }
    if (list.length === 0) throw new ValueError("Vocabulary", "number of symbols", 0, "at least 1");
    if (options.unknown !== undefined && !numbers.has(options.unknown))
      throw new OptionError("Vocabulary", "unknown", options.unknown, "a symbol of the vocabulary");
    this.symbols = Object.freeze(list);
    this.unknown = options.unknown;
    this.#numbers = numbers;
  }

  /** V: number of symbols. */
  get size(): number {
    return this.symbols.length;
  }

  has(symbol: string): boolean {
    return this.#numbers.has(symbol);
  }

  /**
   * The number of each symbol of a text.
   * @throws UnknownSymbolError at the first symbol that the vocabulary lacks, unless it has `unknown`
   */
  encode(text: string): Int32Array {
    const fallback = this.unknown === undefined ? undefined : this.#numbers.get(this.unknown);
    const tokens = new Int32Array(text.length); // code points are at most as many as code units
    let count = 0;
    let position = 0;
    for (const symbol of text) {
      const token = this.#numbers.get(symbol) ?? fallback;
      if (token === undefined) throw new UnknownSymbolError("Vocabulary.encode", symbol, position, this.size);
      tokens[count++] = token;
      position += symbol.length;
    }
    return count === tokens.length ? tokens : tokens.slice(0, count);
  }

  /** The text of a list of numbers. @throws ValueError if a number is not 0 … V−1 */
  decode(tokens: ArrayLike<number>): string {
    let text = "";
    for (let i = 0; i < tokens.length; i++) {
      const symbol = this.symbols[tokens[i] as number];
      if (symbol === undefined)
        throw new ValueError(
          "Vocabulary.decode",
          `token ${i}`,
          tokens[i],
          `an integer from 0 to ${this.size - 1}`,
        );
      text += symbol;
    }
    return text;
  }
}

/**
 * The symbols of a text in the order of their code points. With `unknown`, that symbol is added if the text lacks it.
 * @throws ValueError if the text is empty
 */
export function vocabularyOf(text: string, options: VocabularyOptions = {}): Vocabulary {
  const symbols = new Set(text);
  if (symbols.size === 0) throw new ValueError("vocabularyOf", "text", text, "at least one character");
  if (options.unknown !== undefined) symbols.add(options.unknown);
  const sorted = [...symbols].sort((a, b) => (a.codePointAt(0) as number) - (b.codePointAt(0) as number));
  return new Vocabulary(sorted, options);
}
