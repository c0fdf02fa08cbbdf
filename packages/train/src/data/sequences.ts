import { isTokens, type Rows, ShapeError, Tokens, ValueError, type View } from "@unroll/kernels";
import { checkMatrix } from "./matrices.ts";
import { integer } from "./options.ts";

/** One sequence of its own length: tokens or rows of numbers, and what it aims at. */
export interface Sequence {
  readonly inputs: Int32Array | Rows;
  /** One target a step; scored at the last step: one target, or the number of a class. A token −1 is ignored. */
  readonly targets: Int32Array | Rows | number;
  /** How much its losses count. Default 1. */
  readonly weight?: number | undefined;
}

/** The rows and lengths of all sequences, each with a target a step, or one for the last. */
export function checkLengths(
  where: string,
  sequences: readonly Sequence[],
  lastOnly: boolean,
): { inputsOf: Rows[]; targetsOf: Rows[]; lengths: Int32Array } {
  const inputsOf: Rows[] = [];
  const targetsOf: Rows[] = [];
  const lengths = new Int32Array(sequences.length);
  for (const [i, { inputs, targets, weight = 1 }] of sequences.entries()) {
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      throw new ValueError(where, `weight of sequence ${i}`, weight, "a finite number ≥ 0");
    if (typeof targets === "number" && !Number.isInteger(targets))
      throw new ValueError(where, `target of sequence ${i}`, targets, "the number of a class");
    const [from, to] = [rowsOf(inputs), rowsOf(targets)];
    if (from.rows === 0) throw new ValueError(where, `length of sequence ${i}`, 0, "at least 1");
    const expected = lastOnly ? 1 : from.rows;
    if (to.rows !== expected)
      throw new ValueError(where, `number of targets of sequence ${i}`, to.rows, String(expected));
    inputsOf.push(from);
    targetsOf.push(to);
    lengths[i] = from.rows;
  }
  return { inputsOf, targetsOf, lengths };
}

/** Checks that all are tokens in range, or all matrices of one width; returns the size of the vocabulary, or the width. */
export function commonSize(
  where: string,
  name: "inputs" | "targets",
  all: readonly Rows[],
  least: number,
  size: number | undefined,
): number {
  const first = all[0] as Rows;
  const given = size === undefined ? undefined : integer(where, `${name.slice(0, -1)}Size`, size, 1);
  let largest = 0;
  for (const [i, rows] of all.entries()) {
    const label = `${name} of sequence ${i}`;
    if (isTokens(rows) !== isTokens(first))
      throw new ValueError(
        where,
        label,
        rows,
        isTokens(first) ? "tokens like those of sequence 0" : "a matrix like those of sequence 0",
      );
    if (isTokens(rows)) {
      for (let t = 0; t < rows.rows; t++) {
        const token = rows.data[rows.offset + t] as number;
        if (!(token >= least && token < (given ?? Number.POSITIVE_INFINITY)))
          throw new ValueError(where, `token ${t} of the ${label}`, token, range(least, given));
        largest = Math.max(largest, token);
      }
    } else {
      const columns = given ?? (first as View).columns;
      if (rows.columns !== columns)
        throw new ShapeError(where, label, [rows.rows, rows.columns], [rows.rows, columns]);
      checkMatrix(where, label, rows);
    }
  }
  return given ?? (isTokens(first) ? largest + 1 : first.columns);
}

function range(least: number, size: number | undefined): string {
  const ignored = least < 0 ? " (or −1: ignored)" : "";
  return size === undefined ? `an integer ≥ 0${ignored}` : `an integer from 0 to ${size - 1}${ignored}`;
}

function rowsOf(data: Int32Array | Rows | number): Rows {
  if (typeof data === "number") return new Tokens(Int32Array.of(data), 0, 1);
  return data instanceof Int32Array ? new Tokens(data, 0, data.length) : data;
}
