import { CORE_SCHEMA, load } from "js-yaml";
import { MAX_OWN_CONTROLS, ownControlSchema } from "../contracts/own-controls";
import { findOwnControlProblem } from "../controls/own/own-control";
import { findControl } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { sayUnread } from "./explain-file-error";
import { readAtMost } from "./read-at-most";
import { isRecord, text } from "../model/json";
import type { OwnControl } from "../model/own-control";

const FILE_LIMIT = 4 * 1024 * 1024;

function bad(message: string, cause?: unknown): AppError {
  return new AppError("bad-request", `--controls: ${message}`, { cause });
}

function readFile(file: string): string {
  try {
    const bytes = readAtMost(file, FILE_LIMIT);
    if (bytes.length > FILE_LIMIT) throw bad(`${file} is larger than 4 MiB.`);
    return bytes.toString("utf8");
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw bad(sayUnread(file, error), error);
  }
}

/** YAML or JSON: a list, or an object whose `controls` is one. */
function parseList(content: string, file: string): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = load(content, { schema: CORE_SCHEMA, maxDepth: 20 });
  } catch (error) {
    throw bad(`${file} is neither YAML nor JSON: ${(error instanceof Error ? error.message : String(error)).split("\n")[0] ?? ""}.`, error);
  }
  const found = isRecord(parsed) && "controls" in parsed ? parsed.controls : parsed;
  if (!Array.isArray(found)) throw bad(`${file} holds no list of controls.`);
  if (found.length > MAX_OWN_CONTROLS) throw bad(`${file} holds more than ${MAX_OWN_CONTROLS} controls.`);
  return found;
}

/** What a file may leave out: the title is then the message, and the fix says what the expression asks. */
function withDefaults(entry: unknown): unknown {
  if (!isRecord(entry)) return entry;
  const message = text(entry.message)?.replace(/\.\s*$/, "");
  const fix = `Change the object so that this is true: \`${text(entry.expression) ?? ""}\`.`;
  return { ...(message !== undefined && { title: message }), fix, ...entry };
}

function toControl(entry: unknown, place: string): OwnControl {
  const parsed = ownControlSchema.safeParse(withDefaults(entry));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where =
      issue?.code === "unrecognized_keys" ? `does not know ${issue.keys.join(", ")}` : `${issue?.path.join(".") || "it"}: ${issue?.message ?? "not valid"}`;
    throw bad(`${place} ${where}.`);
  }
  const { id } = parsed.data;
  const builtIn = findControl(id);
  if (builtIn) throw bad(`${place} takes the id of a built-in control, ${id}.`);
  const problem = findOwnControlProblem(parsed.data);
  if (problem !== null) throw bad(`${place}, ${id}: ${problem}`);
  return parsed.data;
}

/** The controls of a file for `--controls`. Throws bad-request with one sentence. */
export function readOwnControls(file: string): readonly OwnControl[] {
  const controls = parseList(readFile(file), file).map((entry, index) => toControl(entry, `control ${index + 1} of ${file}`));
  const ids = new Set<string>();
  for (const { id } of controls) {
    if (ids.has(id)) throw bad(`${file} has two controls called ${id}.`);
    ids.add(id);
  }
  return controls;
}
