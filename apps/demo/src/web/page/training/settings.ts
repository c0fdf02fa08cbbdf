import type { NumberControl } from "@unroll/page-parts";

/** The settings of a run as controls, by their names. The first ones stand open. */
export interface SettingControls {
  readonly open: Readonly<Record<string, NumberControl>>;
  readonly more: Readonly<Record<string, NumberControl>>;
}

/** A whole number on a scale of equal factors. */
export function counted(
  label: string,
  help: string,
  [minimum, standard, maximum]: readonly [number, number, number],
): NumberControl {
  return {
    ...{ kind: "number", label, help, minimum, default: standard, maximum },
    ...{ increment: 1, integer: true, logarithmic: true, detents: [] },
  };
}

/** A number on a scale of equal factors. */
export function scaled(
  label: string,
  help: string,
  [minimum, standard, maximum]: readonly [number, number, number],
): NumberControl {
  return { ...counted(label, help, [minimum, standard, maximum]), increment: minimum, integer: false };
}

export const SEED: NumberControl = {
  ...{ kind: "number", label: "Seed", default: 1, minimum: 0, maximum: 2 ** 32 - 2, increment: 1 },
  ...{ integer: true, logarithmic: false, detents: [] },
  help: "Fixes all that is random: the same seed, data and settings give the same network, here and in the terminal, to the last bit.",
};

/** Whole numbers from 1 on, which move by equal steps. */
export const LAYERS: NumberControl = {
  ...counted("Layers", "Networks one above the other: each reads what the one below says.", [1, 1, 4]),
  logarithmic: false,
};

/** The values that the controls start with. */
export function defaultsOf({ open, more }: SettingControls): Record<string, number> {
  return Object.fromEntries(
    Object.entries({ ...open, ...more }).map(([name, { default: value }]) => [name, value]),
  );
}
