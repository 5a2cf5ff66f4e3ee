import { CORE_SCHEMA, load } from "js-yaml";
import { AppError } from "../errors/app-error";
import { decodeText } from "./decode-text";
import { sayUnread } from "../format/explain-file-error";
import { firstLine } from "./first-line";
import { readAtMost } from "./read-at-most";

const FILE_LIMIT = 4 * 1024 * 1024;

/** What a file of YAML or JSON holds that an option names, such as `--controls`. Throws bad-request with one sentence. */
export function readDataFile(option: string, file: string): unknown {
  const bad = (message: string, cause?: unknown): AppError => new AppError("bad-request", `${option}: ${message}`, { cause });
  let content: string;
  try {
    const bytes = readAtMost(file, FILE_LIMIT);
    if (bytes.length > FILE_LIMIT) throw bad(`${file} is larger than 4 MiB.`);
    content = decodeText(bytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw bad(sayUnread(file, error), error);
  }
  try {
    return load(content, { schema: CORE_SCHEMA, maxDepth: 20 });
  } catch (error) {
    throw bad(`${file} is neither YAML nor JSON: ${firstLine(error)}.`, error);
  }
}
