/**
 * Threads that run one stack together on one memory: all call the same methods with the same arguments. Between two
 * meetings each works on its own sequences (the steps of the recurrence), on its own share of the rows of all steps (what
 * is done for all steps at once), or on its own part of the gradients. So nobody exchanges sums, and the bits are those
 * of one thread.
 */
export interface Team {
  /** Threads that run; at least one. */
  readonly size: number;
  /** Which of them this one is, from 0. Number `size` looks on, or does everything itself while they wait. */
  readonly member: number;
  /** Returns when all members have called it. */
  meet(): void;
}

/** One thread that does everything itself. */
export const ALONE: Team = { size: 1, member: 0, meet: () => undefined };

/** True if this thread does all there is to do. */
export function doesAll({ size, member }: Team): boolean {
  return size === 1 || member === size;
}

/** Where the share of a member of `count` things in a row begins; that of the next member begins where it ends. */
export function shareStart({ size, member }: Team, count: number): number {
  return member === size ? 0 : Math.floor((count * member) / size);
}

export function shareEnd({ size, member }: Team, count: number): number {
  return member === size ? count : Math.floor((count * (member + 1)) / size);
}

/**
 * Reserves what each thread needs for itself, as packed weights, one behind the other in the same order everywhere.
 * Returns that of this thread.
 */
export function reserveForEach<T>(team: Team, reserve: () => T): T {
  if (team === ALONE) return reserve();
  const all = Array.from({ length: team.size + 1 }, reserve);
  return all[team.member];
}
