import { controls, defaults } from "../controls.ts";
import { type LabState, type Settings, settingsOf } from "../settings.ts";
import { consistent } from "./consistent.ts";
import { type Field, fields } from "./fields.ts";

/** A state, and sentences about what of a link or a file had to be changed to make it. */
export interface Opened {
  readonly state: LabState;
  readonly notes: readonly string[];
}

/** Links of this version open with every later lab. */
const VERSION = "v1";
const LONGEST = 10_000;
const MOST_NOTES = 8;

/**
 * A state as the fragment of a link: `#v1&story=1&gain=0.8`. Only what differs from the defaults is written, so the
 * state that the lab opens with is `#v1`.
 */
export function linkOf(state: LabState): string {
  const parts = pairsOf(state, Object.keys(fields)).map(([key, text]) => `${key}=${readable(text)}`);
  if (state.pin) {
    const inner = pairsOf(state.pin, Object.keys(controls)).map(
      ([key, text]) => `${key}:${readable(text, true)}`,
    );
    parts.push(`pin=${inner.join(",")}`);
  }
  return `#${[VERSION, ...parts].join("&")}`;
}

/** The state of a link, whatever it says: what can't be used is left out or moved into its range, and said. */
export function stateOfLink(link: string): Opened {
  const notes: string[] = [];
  const hash = link.indexOf("#");
  const fragment = link.slice(hash + 1);
  if (fragment.length > LONGEST)
    return { state: defaults, notes: [`This link is longer than ${LONGEST} characters; it was not opened.`] };
  const parts = fragment.split("&").filter((part) => part !== "");
  const version = parts[0]?.includes("=") ? undefined : parts.shift();
  if (version !== undefined && version !== VERSION)
    notes.push(
      `This link begins with "${short(version)}", not "${VERSION}"; what is understood of it was opened.`,
    );
  const state: { -readonly [Key in keyof LabState]: LabState[Key] } = { ...defaults };
  const seen = new Set<string>();
  for (const part of parts) {
    const [key, raw] = cut(part, "=");
    const text = decoded(raw);
    const said = `${short(key)}=${short(text ?? raw)}`;
    if (seen.has(key)) notes.push(`${short(key)} is given twice; using the last.`);
    seen.add(key);
    if (text === undefined) notes.push(`${said} is not encoded as a link should be; left out.`);
    else if (key === "pin") state.pin = pinOf(raw, notes);
    else if (Object.hasOwn(fields, key)) read(state, key as keyof typeof fields, text, said, notes);
    else notes.push(`${short(key)} is nothing the lab knows; left out.`);
  }
  return { state: consistent(state, notes), notes: fewNotes(notes) };
}

function read(state: object, key: string, text: string, said: string, notes: string[]): void {
  const field: Field = fields[key as keyof typeof fields];
  const { value, note } = field.read(text, said);
  if (note !== undefined)
    notes.push(`${note}${value === undefined ? `; using ${written(key, defaults)}` : ""}.`);
  if (value !== undefined) Object.assign(state, { [key]: value });
}

function pinOf(raw: string, notes: string[]): Settings {
  const settings = settingsOf(defaults);
  for (const part of raw.split(",").filter((each) => each !== "")) {
    const [key, inner] = cut(part, ":");
    const text = decoded(inner);
    const said = `${short(key)}:${short(text ?? inner)} of the pin`;
    if (text === undefined || !Object.hasOwn(settings, key))
      notes.push(`${said} is nothing the lab knows; left out.`);
    else read(settings, key, text, said, notes);
  }
  return settings;
}

/** Keys whose values differ from the defaults, with the values as text. */
function pairsOf(state: Settings, keys: readonly string[]): [string, string][] {
  return keys
    .filter((key) => key in state)
    .map((key): [string, string] => [key, written(key, state)])
    .filter(([key, text]) => text !== written(key, defaults));
}

function written(key: string, state: Settings): string {
  const value = (state as unknown as Record<string, unknown>)[key];
  return (fields as Record<string, Field>)[key].write(value);
}

/** Encodes what has a meaning in links, and leaves the rest readable. */
function readable(text: string, inPin = false): string {
  const encoded = encodeURIComponent(text);
  return inPin ? encoded : encoded.replaceAll("%2C", ",").replaceAll("%3A", ":");
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

function cut(text: string, at: string): [string, string] {
  const place = text.indexOf(at);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + 1)];
}

const short = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`);

function fewNotes(notes: readonly string[]): string[] {
  if (notes.length <= MOST_NOTES) return [...notes];
  return [...notes.slice(0, MOST_NOTES), `And ${notes.length - MOST_NOTES} more.`];
}
