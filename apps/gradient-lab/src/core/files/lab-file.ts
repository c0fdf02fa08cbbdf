import { ValueError } from "@unroll/kernels";
import type { BeyondLink } from "../lab.ts";
import { linkOf, type Opened, stateOfLink } from "../link/link.ts";
import type { OpenedModel } from "../model/opened-model.ts";
import type { LabState } from "../settings.ts";
import { type Section, trainingOptions } from "../training/training-options.ts";

/** What a file opens: more than a link can say. */
export interface OpenedFile extends Opened, BeyondLink {}

import { fromBase64, toBase64 } from "./base64.ts";
import { readTextModel } from "./read-text-model.ts";

const VERSION = 1;
const MOST_SECTIONS = 1000;

/**
 * A lab as a `.lab.json` file: the link of its state, and for each section of its training the link of the state that it
 * began in. So a file is held to the rules of links, and opens as long as they do. A model goes along as its file.
 */
export function labFile(state: LabState, sections: readonly Section[], model?: OpenedModel): string {
  const course = sections
    .filter(({ from }) => from === 0 || from <= state.trained)
    .map(({ from, options }) => linkOf({ ...state, ...options, trained: from, pin: null }));
  const saved = model && { model: { name: model.name, safetensors: toBase64(model.bytes) } };
  return `${JSON.stringify({ gradientLab: VERSION, link: linkOf(state), course, ...saved }, undefined, 2)}\n`;
}

/**
 * What a `.lab.json` file says, with sentences about what of it had to be changed.
 * @throws ValueError if it is a file of another kind
 */
export function openLabFile(text: string): OpenedFile & { readonly course: readonly Section[] } {
  const file = parsed(text);
  const { state, notes } = stateOfLink(file.link);
  const said = [...notes];
  const course = file.course.map((link) => {
    const { state, notes } = stateOfLink(link);
    said.push(...notes.filter((note) => !said.includes(note)));
    return { from: state.trained, options: trainingOptions(state) };
  });
  const [first] = course;
  const rising = course.every(({ from }, i) => i === 0 || from > course[i - 1].from);
  if (first?.from !== 0 || !rising)
    throw wrong("course", course.map(({ from }) => from).join(", "), "sections that begin at 0 and rise");
  const { options } = course.findLast(({ from }) => from <= state.trained) as Section;
  const model = file.model === undefined ? undefined : modelIn(file.model);
  return { state: { ...state, ...options }, notes: said, course, ...(model && { model }) };
}

interface Parsed {
  readonly link: string;
  readonly course: readonly string[];
  readonly model?: unknown;
}

function modelIn(saved: unknown): OpenedModel {
  const { name, safetensors } = (saved ?? {}) as Readonly<Record<string, unknown>>;
  const bytes = typeof safetensors === "string" ? fromBase64(safetensors) : undefined;
  if (typeof name !== "string" || !bytes)
    throw wrong("its model", short(JSON.stringify(saved)), "a name and a file in base64");
  return readTextModel(name, bytes);
}

function parsed(text: string): Parsed {
  const file: unknown = parse(text);
  if (typeof file !== "object" || file === null || !("gradientLab" in file))
    throw wrong("what it holds", short(text), "what the lab saved");
  const { gradientLab, link, course, model } = file as Readonly<Record<string, unknown>>;
  if (gradientLab !== VERSION)
    throw wrong("its version", short(JSON.stringify(gradientLab)), String(VERSION));
  if (typeof link !== "string") throw wrong("its link", short(JSON.stringify(link)), "a text");
  const texts = (value: unknown): value is string[] =>
    Array.isArray(value) && value.length <= MOST_SECTIONS && value.every((one) => typeof one === "string");
  if (!texts(course)) throw wrong("its course", short(JSON.stringify(course)), "a list of links");
  return { link, course, model };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong("what it holds", short(text), "JSON");
  }
}

const wrong = (name: string, got: unknown, expected: string): ValueError =>
  new ValueError("lab file", name, got, expected);
const short = (text = "nothing"): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`);
