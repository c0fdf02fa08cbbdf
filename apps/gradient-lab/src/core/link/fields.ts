import type { ChoiceControl, NumberControl, TextControl } from "../control.ts";
import { type Controls, controls } from "../controls.ts";
import type { LabState } from "../settings.ts";

/** One `key=value` of a link: how its text becomes a value of the state and back. */
export interface Field<Value = unknown> {
  /** A value that the lab takes, whatever the text says; `note` tells what had to be changed. */
  read(text: string, said: string): Reading<Value>;
  write(value: Value): string;
}

interface Reading<Value = unknown> {
  /** undefined: nothing to be made of it, the default stands. */
  readonly value: Value | undefined;
  readonly note?: string;
}

/** The fields of a link in the order in which they are written; `pin` comes apart, since it holds fields itself. */
export type Fields = { readonly [Key in Exclude<keyof LabState, "pin">]: Field<LabState[Key]> };

const NONE = { value: null, text: "none", isDefault: true };
const STEP = { minimum: 1, maximum: controls.steps.maximum, integer: true, besides: NONE };
const fromControls = Object.fromEntries(
  Object.entries(controls).map(([name, control]) => [name, fieldOf(control)]),
) as { readonly [Key in keyof Controls]: Field<LabState[Key]> };

export const fields: Fields = {
  story: number({ minimum: 1, maximum: 99, integer: true, besides: NONE }),
  card: number({ minimum: 1, maximum: 99, integer: true }),
  ...fromControls,
  t: number(STEP),
  k: number(STEP),
  map: choice(["measured", "bound", "ratio", "loss", "share", "difference"]),
  hide: list(["gain", "cell", "init", "steps", "training", "advanced", "story"]),
  embed: {
    read: (text) => ({ value: text === "1" || text === "true" }),
    write: (value) => (value ? "1" : "0"),
  },
};

function fieldOf(control: Controls[keyof Controls]): Field {
  if (control.kind === "number") return number(control) as Field;
  if (control.kind === "text") return text(control) as Field;
  return choice((control as ChoiceControl).choices.map(({ value }) => value)) as Field;
}

type Range = Pick<NumberControl, "minimum" | "maximum" | "integer" | "besides">;

function number({ minimum, maximum, integer, besides }: Range): Field<never> {
  return {
    read(text, said) {
      if (besides && text === besides.text) return { value: besides.value };
      const value = NUMBER.test(text) ? Number(text) : Number.NaN;
      if (Number.isNaN(value)) return { value: undefined, note: `${said} is not a number` };
      if (value < minimum) return { value: minimum, note: `${said} is below ${minimum}; using ${minimum}` };
      if (value > maximum) return { value: maximum, note: `${said} is above ${maximum}; using ${maximum}` };
      const whole = Math.round(value);
      if (integer && whole !== value)
        return { value: whole, note: `${said} is not a whole number; using ${whole}` };
      return { value: plain(value) };
    },
    write: (value) => (besides && value === besides.value ? besides.text : String(value)),
  } as Field<never>;
}

/** Twelve digits are enough for people; what is nearly 0 is 0. */
function plain(value: number): number {
  return Math.abs(value) < 1e-9 ? 0 : Number(value.toPrecision(12));
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function choice<Value extends string>(values: readonly Value[]): Field<Value> {
  return {
    read(text, said) {
      const value = values.find((each) => each === text);
      return value === undefined ? { value, note: `${said} is none of ${values.join(", ")}` } : { value };
    },
    write: (value) => value,
  };
}

function list<Value extends string>(values: readonly Value[]): Field<readonly Value[]> {
  return {
    read(text, said) {
      const given = text === "" ? [] : text.split(",");
      const value = values.filter((each) => given.includes(each));
      const unknown = given.filter((each) => !values.some((value) => value === each));
      return unknown.length === 0 ? { value } : { value, note: `${said} names what can't be hidden` };
    },
    write: (value) => value.join(","),
  };
}

function text({ maximumLength }: TextControl): Field<string> {
  return {
    read(text, said) {
      const clean = text.replace(/\s+/gu, " ").replace(/\p{C}/gu, "");
      const characters = Array.from(clean);
      if (characters.length <= maximumLength) return { value: clean };
      const note = `${said} is longer than ${maximumLength} characters; using the first ${maximumLength}`;
      return { value: characters.slice(0, maximumLength).join(""), note };
    },
    write: (value) => value,
  };
}
