import { DataError } from "../errors.ts";
import type { Series } from "./series-data.ts";
import type { Settings } from "./settings.ts";

/** Where the parts of a series begin and end: learned from [0, learn), validated [train, validation), tested [validation, rows). */
export interface Split {
  readonly train: number;
  readonly validation: number;
  readonly rows: number;
  /** `train`, or `validation` if the validation rows are learned from, too. */
  readonly learn: number;
}

/** Cuts a series in the order of time. @throws DataError if a part would be empty */
export function splitOf(
  where: string,
  { name, values }: Series,
  settings: Pick<Settings, "validation" | "test" | "withValidation">,
): Split {
  const { rows } = values;
  const size = (part: number): number => (part < 1 ? Math.floor(part * rows) : Math.floor(part));
  const validation = rows - size(settings.test);
  const train = validation - size(settings.validation);
  if (train < 1 || train >= validation || validation >= rows)
    throw new DataError(
      where,
      `${name === "" ? "the series" : name} has ${rows} ${rows === 1 ? "row" : "rows"}, too few to validate and to test`,
      { rows, validation: settings.validation, test: settings.test },
      "Take a longer series, or smaller --validation and --test.",
    );
  return { train, validation, rows, learn: settings.withValidation ? validation : train };
}
