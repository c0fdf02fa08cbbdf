import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import type { Problem } from "./problem.ts";

/** What a peer computes of a problem: that of a training step, or the outputs of the first steps of a stream. */
export interface Result {
  readonly loss?: number;
  readonly gradientNorm?: number;
  readonly outputs?: readonly number[];
}

/** A program that computes what it is asked for, in a process of its own. See benchmarks/peers/serve.mjs. */
export class Peer {
  readonly name: string;
  version = "";
  readonly #process: ChildProcess;
  readonly #lines: Interface;
  #errors = "";

  constructor(name: string, command: string, words: readonly string[], env: Record<string, string> = {}) {
    this.name = name;
    this.#process = spawn(command, words, {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#process.on("error", (error) => (this.#errors += error.message));
    this.#process.stdin?.on("error", (error) => (this.#errors += error.message));
    this.#process.stderr?.on("data", (part) => (this.#errors += part));
    this.#lines = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream });
  }

  /** @throws Error with the end of what the program wrote, if it cannot be started */
  async start(): Promise<void> {
    this.version = (await this.#ask<{ version: string }>({})).version;
  }

  /** What the peer computes, or why it cannot. */
  async make(problem: Problem): Promise<Result | string> {
    const { result, cannot } = await this.#ask<{ result?: Result; cannot?: string }>({ make: problem });
    return result ?? cannot ?? "gave no result";
  }

  /** Milliseconds of one run. */
  async time(calls: number): Promise<number> {
    return (await this.#ask<{ milliseconds: number }>({ time: calls })).milliseconds;
  }

  end(): void {
    this.#process.stdin?.end();
    this.#process.kill();
  }

  /** Answers are lines of JSON; whatever else a library prints is passed over. */
  #ask<A>(question: object): Promise<A> {
    return new Promise((resolve, reject) => {
      const take = (line: string): void => {
        if (!line.startsWith("{")) return;
        settle();
        resolve(JSON.parse(line));
      };
      const fail = (): void => {
        settle();
        reject(new Error(`${this.name} ended: ${this.#errors.trim().split("\n").slice(-3).join(" ")}`));
      };
      const settle = (): void => {
        this.#lines.off("line", take);
        this.#lines.off("close", fail);
      };
      this.#lines.on("line", take);
      this.#lines.on("close", fail);
      this.#process.stdin?.write(`${JSON.stringify(question)}\n`);
    });
  }
}
