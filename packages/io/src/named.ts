/** Things by name. A Map takes any name; in an object some (`__proto__`, numbers) mean something else. */
export type Named<T> = ReadonlyMap<string, T> | Readonly<Record<string, T>>;

export function entriesOf<T>(named: Named<T>): [string, T][] {
  return named instanceof Map ? [...named] : Object.entries(named);
}
