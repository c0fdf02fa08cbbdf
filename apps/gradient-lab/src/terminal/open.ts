import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { UnrollError } from "@unroll/kernels";
import { DataError, fileProblem, UsageError } from "@unroll/terminal";
import type { OpenedFile } from "../core/files/lab-file.ts";
import { openFile } from "../core/files/open-file.ts";
import { stateOfLink } from "../core/link/link.ts";
import { unreadNote } from "../core/model/opened-model.ts";

/**
 * What a link or a file opens. `settings` is a link that says how a model file is looked at.
 * @throws UsageError if `settings` is no link or goes with none, DataError for a file that can't be opened
 */
export async function open(what: string, settings?: string): Promise<OpenedFile> {
  if (settings !== undefined && !settings.includes("#")) throw noLink(settings);
  if (!what.includes("#")) return fromFile(what, settings);
  if (settings === undefined) return stateOfLink(what);
  throw new UsageError("--with goes with a model file", { got: what }, "A link says all by itself.");
}

async function fromFile(path: string, settings: string | undefined): Promise<OpenedFile> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw noLink(path);
    throw new DataError(path, `cannot be read: ${fileProblem(error)}`);
  });
  const opened = inFile(path, () => openFile(basename(path), bytes));
  const { model } = opened;
  if (settings === undefined)
    return model ? { ...opened, notes: [...opened.notes, ...unreadNote(model, opened.state)] } : opened;
  if (!model || opened.course) throw new UsageError("--with goes with a model file", { got: path });
  const { state, notes } = stateOfLink(settings);
  return { state: { ...state, input: "text" }, notes: [...notes, ...unreadNote(model, state)], model };
}

function inFile<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw UnrollError.is(error) ? new DataError(path, error.message, error.details) : error;
  }
}

const noLink = (got: string): UsageError =>
  new UsageError(
    `"${got}" is neither a link of the lab nor a file`,
    { got, expected: "#v1… or a file" },
    "A link has a #, as '#v1&gain=0.8'; in most shells it stands between quotes.",
  );
