import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { defaults } from "../src/core/controls.ts";
import { linkOf, stateOfLink } from "../src/core/link/link.ts";
import { type LabState, settingsOf } from "../src/core/settings.ts";

/** A link that someone may have kept, what it differs in from the first state, and what the lab says of it. */
interface OldLink {
  readonly link: string;
  readonly state: Partial<LabState>;
  readonly pin?: Partial<LabState>;
  readonly notes?: readonly string[];
}

// Entries are added, never changed: what people have shared goes on to open as it did.
const file = new URL("fixtures/old-links.json", import.meta.url);
const links = JSON.parse(readFileSync(file, "utf8")) as OldLink[];

test.each(links)("$link opens as ever, or says why not", ({ link, state, pin, notes = [] }) => {
  const pinned = pin ? settingsOf({ ...defaults, ...pin }) : null;
  const opened = stateOfLink(link);
  expect(opened).toEqual({ state: { ...defaults, ...state, pin: pinned }, notes });
  expect(stateOfLink(linkOf(opened.state))).toEqual({ state: opened.state, notes: [] });
});
