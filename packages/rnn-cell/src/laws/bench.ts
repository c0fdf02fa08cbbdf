import { Arena, isTokens, OptionError, type Rows, Tokens, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import type { BoundCell, Cell } from "../cell.ts";
import type { LawOptions } from "./law.ts";

/** Everything that the calls of a bound cell read and write, one row for each sequence and step. */
export interface Operands {
  readonly inputs: Rows;
  readonly gates: View;
  readonly previous: View;
  readonly next: View;
  readonly tape: View;
  readonly dNext: View;
  readonly delta: View;
  readonly dPrevious: View;
  readonly dInputs: View;
}

export type CallName = "project" | "step" | "stepBackward" | "inputGradient" | "accumulate";

/** A call of the bound cell on given operands. */
export interface Call {
  /** What it may write to. */
  readonly writes: readonly string[];
  /** What it must overwrite, whatever stood there. */
  readonly overwrites: readonly (keyof Operands)[];
  run(): void;
}

/** An element that a call changed. A guard stands outside its matrix, at row or column -1 or beyond the last one. */
export interface Change {
  readonly matrix: string;
  readonly row: number;
  readonly column: number;
  readonly guard: boolean;
  readonly from: number;
  readonly to: number;
}

const GUARD_ROWS = 1;
const GUARD_COLUMNS = 3; // not a multiple of a vector register, so that rows begin at odd places

/** A cell at work on matrices that have guards on all sides, and therefore strides and odd offsets as well. */
export class Bench {
  readonly steps: number;
  readonly batch: number;
  readonly cell: Cell;
  readonly bound: BoundCell;
  readonly arena: Arena;
  readonly parameters: View;
  readonly gradients: View;
  /** T·B rows of each. `inputs` are a matrix; `tokens` and `oneHot` say the same in two ways. */
  readonly all: Operands;
  readonly tokens: Tokens;
  readonly oneHot: View;
  readonly #matrices = new Map<string, View>();

  /** `change` is done to the parameters before the cell sees them. */
  constructor(cell: Cell, options: LawOptions = {}, change?: (parameters: View) => void) {
    const { type = "float64", kernels = "reproducible", steps = 4, batch = 3, seed = 1 } = options;
    for (const [name, count] of Object.entries({ steps, batch })) {
      if (!Number.isSafeInteger(count) || count < 2)
        throw new OptionError("laws", name, count, "a whole number of 2 or more");
    }
    const arena = new Arena(type, kernels);
    const rows = steps * batch;
    const matrix = (name: string, columns: number, height = rows): View => {
      const stride = columns + 2 * GUARD_COLUMNS;
      const whole = arena.matrix(height + 2 * GUARD_ROWS, stride);
      const view = arena.part(whole, GUARD_ROWS * stride + GUARD_COLUMNS, height, columns, stride);
      this.#matrices.set(name, view);
      return view;
    };
    this.steps = steps;
    this.batch = batch;
    this.cell = cell;
    this.arena = arena;
    this.parameters = matrix("parameters", cell.parameters.size, 1);
    this.gradients = matrix("gradients", cell.parameters.size, 1);
    this.all = {
      inputs: matrix("inputs", cell.inputSize),
      gates: matrix("gates", cell.gateSize),
      previous: matrix("previous", cell.stateSize),
      next: matrix("next", cell.stateSize),
      tape: matrix("tape", cell.tapeSize),
      dNext: matrix("dNext", cell.stateSize),
      delta: matrix("delta", cell.deltaSize),
      dPrevious: matrix("dPrevious", cell.stateSize),
      dInputs: matrix("dInputs", cell.inputSize),
    };
    this.tokens = arena.tokens(rows);
    this.oneHot = matrix("inputs, one-hot", cell.inputSize);
    this.bound = cell.bind(arena, this.parameters, this.gradients);
    arena.commit();
    this.#fill(new RandomState(seed));
    change?.(this.parameters);
    this.bound.prepare();
  }

  /** Starting values, inputs, states and dL/d(next) at random; NaN in what the calls must overwrite. */
  #fill(random: RandomState): void {
    const { inputs, previous, dNext, gates, next, tape, delta, dPrevious, dInputs } = this.all;
    this.cell.initialize(this.parameters, random);
    const { data, offset, columns } = this.parameters;
    for (let i = 0; i < columns; i++) data[offset + i] += random.uniform(-0.1, 0.1);
    for (const view of [inputs, previous, dNext]) random.fillUniform(view as View, -1, 1);
    for (const view of [gates, next, tape, delta, dPrevious, dInputs]) fill(view, Number.NaN);
    for (let r = 0; r < this.tokens.rows; r++) {
      const token = random.randint(0, this.cell.inputSize);
      this.tokens.data[this.tokens.offset + r] = token;
      this.oneHot.data[this.oneHot.offset + r * this.oneHot.stride + token] = 1;
    }
  }

  /** The operands of the steps `from` … `to` - 1. */
  range(from: number, to: number): Operands {
    return rowsOf(this.all, from * this.batch, to * this.batch);
  }

  /** The calls of one step forward and back, in order, all rows together. */
  calls(of: Operands = this.all): Readonly<Record<CallName, Call>> {
    const { bound } = this;
    const { inputs, gates, previous, next, tape, dNext, delta, dPrevious, dInputs } = of;
    return {
      project: {
        writes: ["gates"],
        overwrites: ["gates"],
        run: () => bound.project(inputs, gates),
      },
      step: {
        writes: ["gates", "next", "tape"],
        overwrites: ["next", "tape"],
        run: () => bound.step(gates, previous, next, tape),
      },
      stepBackward: {
        writes: ["delta", "dPrevious"],
        overwrites: ["delta", "dPrevious"],
        run: () => bound.stepBackward(tape, previous, next, dNext, delta, dPrevious),
      },
      inputGradient: {
        writes: ["dInputs"],
        overwrites: ["dInputs"],
        run: () => bound.inputGradient(delta, dInputs),
      },
      accumulate: {
        writes: ["gradients"],
        overwrites: [],
        run: () => bound.accumulate(inputs, previous, tape, delta),
      },
    };
  }

  /** All calls in order. */
  run(of?: Operands): void {
    for (const { run } of Object.values(this.calls(of))) run();
  }

  /** Puts a value into all guards. */
  fillGuards(value: number): void {
    for (const view of this.#matrices.values()) {
      eachPlace(view, (at, row, column) => {
        if (isGuard(view, row, column)) view.data[at] = value;
      });
    }
  }

  /** Runs a call and returns the elements that changed, in order. */
  changes(call: () => void): Change[] {
    const before = this.parameters.data.slice();
    call();
    const changed: Change[] = [];
    for (const [matrix, view] of this.#matrices) {
      eachPlace(view, (at, row, column) => {
        const [from, to] = [before[at], view.data[at]];
        if (!Object.is(from, to))
          changed.push({ matrix, row, column, from, to, guard: isGuard(view, row, column) });
      });
    }
    return changed;
  }
}

/** The rows `from` … `to` - 1 of every operand. */
export function rowsOf(of: Operands, from: number, to: number): Operands {
  const part = <R extends Rows>(rows: R): R =>
    (isTokens(rows)
      ? new Tokens(rows.data, rows.offset + from, to - from)
      : new View(rows.data, rows.offset + from * rows.stride, to - from, rows.columns, rows.stride)) as R;
  return {
    inputs: part(of.inputs),
    gates: part(of.gates),
    previous: part(of.previous),
    next: part(of.next),
    tape: part(of.tape),
    dNext: part(of.dNext),
    delta: part(of.delta),
    dPrevious: part(of.dPrevious),
    dInputs: part(of.dInputs),
  };
}

/** All elements := value. */
export function fill({ data, offset, rows, columns, stride }: View, value: number): void {
  for (let r = 0; r < rows; r++) data.fill(value, offset + r * stride, offset + r * stride + columns);
}

/** A copy of the elements, row by row. */
export function valuesOf({ data, offset, rows, columns, stride }: View): Float64Array {
  return Float64Array.from(
    { length: rows * columns },
    (_, i) => data[offset + Math.floor(i / columns) * stride + (i % columns)],
  );
}

function isGuard(view: View, row: number, column: number): boolean {
  return row < 0 || row >= view.rows || column < 0 || column >= view.columns;
}

/** Calls back for the elements of a matrix and for its guards. */
function eachPlace(view: View, see: (at: number, row: number, column: number) => void): void {
  for (let row = -GUARD_ROWS; row < view.rows + GUARD_ROWS; row++) {
    for (let column = -GUARD_COLUMNS; column < view.columns + GUARD_COLUMNS; column++) {
      see(view.offset + row * view.stride + column, row, column);
    }
  }
}
