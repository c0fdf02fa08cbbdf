import { Arena, isTokens, load, type Rows, Tokens, View } from "@unroll/kernels";
import type { BoundCell, BoundReadout, Cell } from "@unroll/rnn-cell";
import type { TracerOptions } from "./tracer-options.ts";

/** One cell with the memory of T steps of one sequence, and of R rows that go back through one of them. */
export interface StackLayer {
  readonly cell: Cell;
  readonly bound: BoundCell;
  /** First column of its state in the state of the stack. */
  readonly first: number;
  /** h_0 … h_T of the layer, T+1 rows; the visible columns of h_1 … h_T. */
  readonly states: View;
  readonly visible: View;
  readonly gates: View;
  readonly tape: View;
  /** What the way back leaves of every step, and of the rows that go back through one step. */
  readonly deltas: View;
  readonly delta: View;
  /** Its columns of the rows dL/dh_t and dL/dh_{t-1}; the visible ones; dL/d(visible state below). */
  readonly dNext: View;
  readonly dVisible: View;
  readonly dPrevious: View;
  readonly dBelow: View | undefined;
  /** Views of one step, moved from call to call: a row of states, gates, tape. */
  readonly previousRow: View;
  readonly nextRow: View;
  readonly gatesRow: View;
  readonly tapeRow: View;
}

/**
 * Cells one above the other as one recurrent system: its state is the states of all layers side by side. It runs one
 * sequence and goes back through single steps of it, with any rows.
 */
export class Stack {
  readonly arena: Arena;
  readonly layers: readonly StackLayer[];
  readonly stateSize: number;
  /** Parameters of all cells together; the readout's come behind them. */
  readonly inCells: number;
  readonly parameters: View;
  readonly gradients: View;
  readonly inputs: Rows;
  readonly readout: BoundReadout | undefined;
  readonly outputs: View;
  readonly dOutputs: View;
  readonly readoutTape: View;
  readonly dVisible: View;
  readonly targets: Rows;
  readonly weights: View;
  readonly losses: View;
  /** R×n: dL/dh_t, and dL/dh_{t-1} after `back`. */
  readonly dNext: View;
  readonly dPrevious: View;

  constructor({ cells, readout, steps: T, tokens, tokenTargets, type = "float64", kernels }: TracerOptions) {
    const n = cells.reduce((sum, { stateSize }) => sum + stateSize, 0);
    const top = cells[cells.length - 1];
    const p = readout?.outputSize ?? top.outputSize;
    const R = Math.max(n, T);
    const inCells = cells.reduce((sum, { parameters }) => sum + parameters.size, 0);
    const size = inCells + (readout?.parameters.size ?? 0);
    const arena = new Arena(type, kernels);
    this.arena = arena;
    this.stateSize = n;
    this.inCells = inCells;
    this.parameters = arena.matrix(1, size);
    this.gradients = arena.matrix(1, size);
    this.inputs = tokens ? arena.tokens(T) : arena.matrix(T, cells[0].inputSize);
    this.dNext = arena.matrix(R, n);
    this.dPrevious = arena.matrix(R, n);
    let at = 0;
    let first = 0;
    this.layers = cells.map((cell, l) => {
      const ofCell = (of: View): View => arena.part(of, at, 1, cell.parameters.size);
      const states = arena.matrix(T + 1, cell.stateSize);
      const gates = arena.matrix(T, cell.gateSize);
      const tape = arena.matrix(T, cell.tapeSize);
      const columns = (of: View, count: number): View => arena.part(of, first, R, count, n);
      const layer: StackLayer = {
        cell,
        bound: cell.bind(arena, ofCell(this.parameters), ofCell(this.gradients)),
        first,
        states,
        visible: arena.part(states, cell.stateSize, T, cell.outputSize, cell.stateSize),
        gates,
        tape,
        deltas: arena.matrix(T, cell.deltaSize),
        delta: arena.matrix(R, cell.deltaSize),
        dNext: columns(this.dNext, cell.stateSize),
        dVisible: columns(this.dNext, cell.outputSize),
        dPrevious: columns(this.dPrevious, cell.stateSize),
        dBelow: l > 0 ? arena.matrix(R, cell.inputSize) : undefined,
        previousRow: arena.part(states, 0, 1, cell.stateSize, 0),
        nextRow: arena.part(states, 0, 1, cell.stateSize, 0),
        gatesRow: arena.part(gates, 0, 1, cell.gateSize, 0),
        tapeRow: arena.part(tape, 0, 1, cell.tapeSize, 0),
      };
      at += cell.parameters.size;
      first += cell.stateSize;
      return layer;
    });
    const ofReadout = (of: View): View => arena.part(of, inCells, 1, size - inCells);
    this.readout = readout?.bind(arena, ofReadout(this.parameters), ofReadout(this.gradients));
    this.outputs = arena.matrix(T, p);
    this.dOutputs = arena.matrix(T, p);
    this.readoutTape = arena.matrix(T, readout?.tapeSize ?? 0);
    this.dVisible = arena.matrix(T, top.outputSize);
    this.targets = tokenTargets ? arena.tokens(T) : arena.matrix(T, p);
    this.weights = arena.matrix(T, 1);
    this.losses = arena.matrix(T, 1);
    arena.commit();
  }

  /** Runs T steps from the states in row 0. */
  forward(inputs: Rows, T: number): void {
    this.inputs.rows = T;
    load(this.inputs, inputs);
    let below = this.inputs;
    for (const layer of this.layers) {
      for (const view of [layer.visible, layer.gates, layer.tape, layer.deltas]) view.rows = T;
      layer.bound.prepare();
      layer.bound.project(below, layer.gates);
      for (let t = 0; t < T; t++) {
        this.#at(layer, t, 1, false);
        layer.bound.step(layer.gatesRow, layer.previousRow, layer.nextRow, layer.tapeRow);
      }
      below = layer.visible;
    }
  }

  /**
   * From the first `rows` rows of dNext = dL/dh_t to each layer's delta and to dPrevious = dL/dh_{t-1}. All rows go through
   * step t (from 0), or, if `apart`, row r through step t + r. What a layer gets from the one above at the same step is
   * added to its columns of dNext.
   */
  back(t: number, rows: number, apart = false): void {
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const layer = this.layers[l];
      this.backThrough(layer, t, rows, apart);
      if (!layer.dBelow) continue;
      const below = this.layers[l - 1].dVisible;
      layer.dBelow.rows = below.rows = rows;
      layer.bound.inputGradient(layer.delta, layer.dBelow);
      this.arena.kernels.add(below, layer.dBelow);
    }
  }

  /** The same for one layer alone. */
  backThrough(layer: StackLayer, t: number, rows: number, apart = false): void {
    const { bound, tapeRow, previousRow, nextRow, dNext, delta, dPrevious } = layer;
    this.#at(layer, t, rows, apart);
    delta.rows = dNext.rows = dPrevious.rows = rows;
    bound.stepBackward(tapeRow, previousRow, nextRow, dNext, delta, dPrevious);
  }

  /** Adds to the gradients of the cells what `rows` deltas say of as many steps from `first` on. */
  accumulate(first: number, rows: number, deltas: (layer: StackLayer) => View): void {
    let below = this.inputs;
    for (const layer of this.layers) {
      layer.bound.accumulate(
        rowsOf(below, first, rows),
        rowsOf(layer.states, first, rows),
        rowsOf(layer.tape, first, rows),
        rowsOf(deltas(layer), first, rows),
      );
      below = layer.visible;
    }
  }

  /** Moves the views of one step there. Together with it, `rows` rows see this step (stride 0), or one step each. */
  #at(layer: StackLayer, t: number, rows: number, apart: boolean): void {
    const { states, gates, tape, previousRow, nextRow, gatesRow, tapeRow } = layer;
    previousRow.offset = states.offset + t * states.columns;
    nextRow.offset = previousRow.offset + states.columns;
    gatesRow.offset = gates.offset + t * gates.columns;
    tapeRow.offset = tape.offset + t * tape.columns;
    previousRow.rows = nextRow.rows = tapeRow.rows = rows;
    previousRow.stride = nextRow.stride = apart ? states.columns : 0;
    tapeRow.stride = apart ? tape.columns : 0;
  }
}

/** Rows `first` … `first + count - 1`, on the same memory. */
export function rowsOf<R extends Rows>(of: R, first: number, count: number): R {
  if (isTokens(of)) return new Tokens(of.data, of.offset + first, count) as R;
  const { data, offset, columns, stride } = of as View;
  return new View(data, offset + first * stride, count, columns, stride) as R;
}
