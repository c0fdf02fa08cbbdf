/** A place for one file, saved whole or not at all. */
export interface Store {
  /** Resolves when the bytes will outlast a crash. If it rejects, what was there before is still there. */
  save(bytes: Uint8Array): Promise<void>;
  /** What was saved last, or undefined if nothing was. */
  load(): Promise<Uint8Array | undefined>;
  /** Afterwards there is nothing. */
  remove(): Promise<void>;
}
