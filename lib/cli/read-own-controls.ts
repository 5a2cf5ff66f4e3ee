import { explainIssue } from "../contracts/explain-issue";
import { MAX_OWN_CONTROLS, ownControlSchema } from "../contracts/own-controls";
import { findOwnControlProblem } from "../controls/own/own-control";
import { findControl } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { isRecord, text } from "../model/json";
import type { OwnControl } from "../model/own-control";
import { readDataFile } from "./read-data-file";

/** What a file may leave out: the title is then a name, which says of what passes nothing that is wrong of it, and the fix what the expression asks. */
function withDefaults(entry: unknown): unknown {
  if (!isRecord(entry)) return entry;
  const id = text(entry.id);
  const fix = `Change the object so that this is true: \`${text(entry.expression) ?? ""}\`.`;
  return { ...(id !== undefined && { title: `Own control ${id}` }), fix, ...entry };
}

function toControl(entry: unknown, place: string): OwnControl {
  const bad = (message: string): AppError => new AppError("bad-request", message);
  const parsed = ownControlSchema.safeParse(withDefaults(entry));
  if (!parsed.success) throw bad(`${place}: ${explainIssue(parsed.error.issues[0], { whole: "it", unknown: "unknown field", countsItems: true })}`);
  const { id } = parsed.data;
  const builtIn = findControl(id);
  if (builtIn) throw bad(`${place} takes the id of a built-in control, ${id}.`);
  const problem = findOwnControlProblem(parsed.data);
  if (problem !== null) throw bad(`${place}, ${id}: ${problem}`);
  return parsed.data;
}

/** Own controls as a file lists them. Throws bad-request with one sentence. */
export function toOwnControls(entries: readonly unknown[], option: string, file: string): readonly OwnControl[] {
  if (entries.length > MAX_OWN_CONTROLS) throw new AppError("bad-request", `${option}: ${file} has more than ${MAX_OWN_CONTROLS} controls.`);
  const controls = entries.map((entry, index) => toControl(entry, `${option}: control ${index + 1} of ${file}`));
  const ids = new Set<string>();
  for (const { id } of controls) {
    if (ids.has(id)) throw new AppError("bad-request", `${option}: ${file} has two controls called ${id}.`);
    ids.add(id);
  }
  return controls;
}

/** The controls of a file for `--controls`: a list, or an object whose `controls` is one. Throws bad-request with one sentence. */
export function readOwnControls(file: string): readonly OwnControl[] {
  const parsed = readDataFile("--controls", file);
  const found = isRecord(parsed) && "controls" in parsed ? parsed.controls : parsed;
  if (!Array.isArray(found)) throw new AppError("bad-request", `--controls: ${file} has no list of controls.`);
  return toOwnControls(found, "--controls", file);
}
