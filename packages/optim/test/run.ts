import { readFileSync } from "node:fs";
import { Arena, type ElementType, type View } from "@unroll/kernels";
import {
  adagrad,
  adam,
  adamW,
  momentum,
  nesterov,
  type Optimizer,
  type OptimizerState,
  rmsprop,
  sgd,
} from "@unroll/optim";

/** A case of a fixture: options of ours, and the parameters after some of the steps. */
export interface Case {
  readonly optimizer: Name;
  readonly options: Record<string, unknown>;
  readonly parameters: Record<string, number[]>;
}

export interface Fixture {
  readonly start: number[];
  readonly gradients: number[][];
  readonly schedules: Record<string, number[]>;
  readonly cases: Case[];
}

export type Name = "sgd" | "momentum" | "nesterov" | "rmsprop" | "adagrad" | "adam" | "adamW";

const makers = { sgd, momentum, nesterov, rmsprop, adagrad, adam, adamW };

export function fixture<F extends Fixture>(name: string): F {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
}

/** An optimizer from its name and options; a list of learning rates is a schedule. */
export function create(name: Name, options: Record<string, unknown>): Optimizer {
  const { learningRate: rates } = options;
  const learningRate = Array.isArray(rates) ? (step: number): number => rates[step] : rates;
  const make = makers[name] as (options: Record<string, unknown>) => Optimizer;
  return make(rates === undefined ? options : { ...options, learningRate });
}

export interface Run {
  readonly arena: Arena;
  readonly parameters: View;
  readonly gradients: View;
  readonly state: OptimizerState;
}

/** Parameters, gradients and state of an optimizer in an arena of their own. */
export function prepare(optimizer: Optimizer, start: readonly number[], type: ElementType): Run {
  const arena = new Arena(type);
  const parameters = arena.matrix(1, start.length);
  const gradients = arena.matrix(1, start.length);
  const state = optimizer.reserve(arena, start.length);
  arena.commit();
  parameters.data.set(start, parameters.offset);
  return { arena, parameters, gradients, state };
}

export function elements(vector: View): number[] {
  return Array.from(vector.data.subarray(vector.offset, vector.offset + vector.columns));
}

/** Runs through gradients, one a step; returns the parameters after each step. */
export function trajectory(
  optimizer: Optimizer,
  { start, gradients }: Pick<Fixture, "start" | "gradients">,
  type: ElementType = "float64",
): number[][] {
  const run = prepare(optimizer, start, type);
  return gradients.map((gradient) => {
    run.gradients.data.set(gradient, run.gradients.offset);
    optimizer.update(run.arena.kernels, run.parameters, run.gradients, run.state);
    return elements(run.parameters);
  });
}

/** The largest difference of two lists relative to max(1, |expected|). */
export function distance(actual: readonly number[], expected: readonly number[]): number {
  return Math.max(...actual.map((a, i) => Math.abs(a - expected[i]) / Math.max(1, Math.abs(expected[i]))));
}
