import type { Frame } from "./frame.ts";
import type { LabState } from "./settings.ts";

/** A guided tour: each card sets a state and says what to see; most ask before they show. */
export interface Story {
  /** 1, 2, …: what `story=` of a link names. */
  readonly number: number;
  readonly title: string;
  /** One sentence: what one knows afterwards. */
  readonly summary: string;
  readonly cards: readonly Card[];
}

export interface Card {
  readonly title: string;
  /** Paragraphs. `{name}` stands for a figure of `figures`, computed from the frame: no figure is typed. */
  readonly text: readonly string[];
  /** Asked before the answer is shown. */
  readonly question?: Question;
  /** What the card sets, over the defaults. */
  readonly state: Partial<LabState>;
  /** Controls to point at. */
  readonly focus?: readonly (keyof LabState)[];
  /** What the reader is to bring about. The page looks after every exact frame. */
  readonly goal?: Goal;
  /** Figures of the text besides the common ones of `figuresOf`, from the frame of the card's state and the pinned one. */
  readonly figures?: Readonly<Record<string, (frame: Frame, pinned: Frame | undefined) => string>>;
}

export interface Question {
  readonly ask: string;
  readonly choices: readonly Answer[];
  /** Paragraphs shown after any choice. `{name}` as in `text`. */
  readonly answer: readonly string[];
}

interface Answer {
  readonly text: string;
  readonly right: boolean;
  /** Whether it is so, in the frame of the card's state: what a test holds `right` against. */
  readonly holds: (frame: Frame, pinned: Frame | undefined) => boolean;
}

export interface Goal {
  /** "Keep the signal between 0.1 and 10 over all 40 steps." */
  readonly text: string;
  readonly reached: (frame: Frame) => boolean;
  /** A state that reaches it, for tests and for "show me". */
  readonly solution: Partial<LabState>;
  /** Said when it is reached. */
  readonly praise: string;
}

/** What the list of stories says of each. */
export type StoryTitle = Pick<Story, "number" | "title" | "summary">;

/** A state worth opening by name, as a counterexample. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly state: Partial<LabState>;
}
