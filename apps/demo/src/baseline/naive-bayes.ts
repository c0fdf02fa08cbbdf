/** An item and the number of its class. */
export interface Labelled {
  readonly text: string;
  readonly label: number;
}

/**
 * Naive Bayes on the character n-grams of a text, of all orders 1…`order`, `^` before it and `$` behind it.
 *
 * With n_cg the times that gram g stands in texts of class c, and V distinct grams in all texts:
 * log p(c | text) = Σ_g log (n_cg + s) / (Σ_g n_cg + s V) + const, every class being as likely as any other beforehand.
 * A gram that no text had counts like one that the class has not.
 */
export class NaiveBayes {
  readonly order: number;
  readonly #classes: readonly { readonly counts: ReadonlyMap<string, number>; readonly total: number }[];
  readonly #smoothing: number;
  readonly #grams: number;

  /** Counts. `smoothing` s is added to every count. */
  constructor(order: number, classes: number, items: readonly Labelled[], smoothing = 0.3) {
    const counts = Array.from({ length: classes }, () => new Map<string, number>());
    const all = new Set<string>();
    for (const { text, label } of items) {
      const own = counts[label]!;
      for (const gram of gramsOf(text, order)) {
        own.set(gram, (own.get(gram) ?? 0) + 1);
        all.add(gram);
      }
    }
    this.order = order;
    this.#classes = counts.map((own) => ({ counts: own, total: sum(own.values()) }));
    this.#smoothing = smoothing;
    this.#grams = all.size;
  }

  /** The likeliest class of a text; of equally likely ones the first. */
  classify(text: string): number {
    const s = this.#smoothing;
    const grams = gramsOf(text, this.order);
    const scores = this.#classes.map(({ counts, total }) => {
      const all = total + s * this.#grams;
      return grams.reduce((log, gram) => log + Math.log(((counts.get(gram) ?? 0) + s) / all), 0);
    });
    return scores.indexOf(Math.max(...scores));
  }
}

function gramsOf(text: string, order: number): string[] {
  const symbols = ["^", ...text, "$"];
  const grams: string[] = [];
  for (let n = 1; n <= order; n++)
    for (let i = 0; i + n <= symbols.length; i++) grams.push(symbols.slice(i, i + n).join(""));
  return grams;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
