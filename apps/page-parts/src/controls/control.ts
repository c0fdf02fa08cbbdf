/** A number within a range. */
export interface NumberControl extends Described {
  readonly kind: "number";
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** What arrow keys add; integers have `integer`. */
  readonly increment: number;
  readonly integer: boolean;
  /** The slider moves by equal factors, not by equal steps. */
  readonly logarithmic: boolean;
  /** Values where a slider holds for a moment. */
  readonly detents: readonly number[];
  /** A value beside the numbers, as "off" or "max", if there is one; null in the state where it says so. */
  readonly besides?: { readonly value: null | string; readonly text: string; readonly isDefault: boolean };
}

/** One of a list. */
export interface ChoiceControl<Value extends string = string> extends Described {
  readonly kind: "choice";
  readonly default: Value;
  readonly choices: readonly Choice<Value>[];
}

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  /** One sentence. */
  readonly help: string;
}

/** A piece of text. */
export interface TextControl extends Described {
  readonly kind: "text";
  readonly default: string;
  readonly maximumLength: number;
}

interface Described {
  readonly label: string;
  /** One sentence for the "?" beside the control. */
  readonly help: string;
}
