/** How the tensors of a checkpoint are called, besides the parameters. */
export const NAMES = {
  /** Vectors of the optimizer. */
  vector: "optimizer.",
  /** Hidden states that are carried to the next batch, by layer. */
  state: "state.",
  /** Columns of the history. */
  history: "history.",
  /** Parameters of the best validation. */
  best: "best.parameters",
  /** 624 words of a generator, and the position. */
  words: "random.words",
  /** The normal number that a generator has kept, or none. */
  gaussian: "random.gaussian",
} as const;

/** Whether a tensor of that name is the checkpoint's own. */
export function isOwn(name: string): boolean {
  const { vector, state, history, best, words, gaussian } = NAMES;
  const prefixes: readonly string[] = [vector, state, history];
  return (
    prefixes.some((prefix) => name.startsWith(prefix)) || [best, words, gaussian].some((own) => own === name)
  );
}
