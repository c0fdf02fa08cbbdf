import type { Frame } from "../frame.ts";
import type { BeyondLink } from "../lab.ts";
import { type Settings, settingsOf } from "../settings.ts";
import { Course } from "../training/course.ts";
import { type Measured, measure } from "./measure.ts";

/** The exact frame of the settings, at once: what the page shows when it has had the time. */
export function computeFrame(settings: Settings, clock: () => number = () => performance.now()): Frame {
  return computeMeasured(settings, clock).frame;
}

/** What is measured, and the training before it. */
export interface Computed extends Measured {
  readonly course: Course;
}

/** The same with what it is made of, and what a link doesn't tell. `trained` hears of every update made on the way. */
export function computeMeasured(
  settings: Settings,
  clock: () => number,
  { course: sections, model }: BeyondLink = {},
  trained: (update: number) => void = () => {},
): Computed {
  const course = new Course(settings, sections, model);
  while (course.update < settings.trained && course.forward()) trained(course.update);
  const steps = measure({ ...settingsOf(settings), trained: course.update }, course.network, { clock });
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return { ...step.value, course };
}
