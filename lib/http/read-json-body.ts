import "server-only";
import { AppError } from "../errors/app-error";

/** Bytes. The settings of a cluster with all their lists full are far below. */
const LIMIT = 1024 * 1024;

/** Bytes. A caller who is still sending when the connection closes never sees the answer: so much more is read, and thrown away. */
const DRAINED = 64 * LIMIT;

async function readBytes(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  const read = () =>
    reader?.read().catch((cause: unknown) => {
      throw new AppError("bad-request", "The body ended before all of it had come.", { cause });
    });
  for (let next = await read(); next && !next.done; next = await read()) {
    size += next.value.length;
    if (size <= LIMIT) parts.push(next.value);
    else parts.length = 0;
    if (size > DRAINED) {
      await reader?.cancel();
      break;
    }
  }
  if (size > LIMIT) throw new AppError("too-large", "The body is larger than 1 MiB.");
  return Buffer.concat(parts);
}

/** Texts that no database keeps: JSON can write a NUL, and one half of a pair of surrogates. */
const isKeepable = (value: unknown) => typeof value !== "string" || (!value.includes("\0") && value.isWellFormed());

function refuseText(key: string, value: unknown): unknown {
  if (isKeepable(key) && isKeepable(value)) return value;
  throw new AppError("bad-request", "The body holds a character that cannot be kept: NUL, or half a surrogate pair.");
}

/** What is sent under another name may be meant as something else; what has no name is taken for what is asked for. */
function refuseOtherTypes(request: Request): void {
  const coding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (coding !== "identity") {
    throw new AppError("unsupported-media-type", `The body is sent with content-encoding ${JSON.stringify(coding.slice(0, 80))}: send it as it is.`);
  }
  const given = request.headers.get("content-type");
  const type = given?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (given === null || type === "application/json" || /^application\/[\w.-]+\+json$/.test(type)) return;
  throw new AppError("unsupported-media-type", `The body is sent as ${JSON.stringify(given.slice(0, 80))}: send it with content-type: application/json.`);
}

function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("bad-request", "The body is not UTF-8 text.", { cause });
  }
}

/** The JSON of a request; no more than 1 MiB is ever held. Throws bad-request, too-large, unsupported-media-type. */
export async function readJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  refuseOtherTypes(request);
  const text = toText(bytes);
  if (text.trim() === "") throw new AppError("bad-request", "The body is empty: send JSON.");
  try {
    return JSON.parse(text, refuseText);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("bad-request", "The body is not JSON.", { cause });
  }
}
