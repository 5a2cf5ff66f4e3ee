import "server-only";
import { AppError } from "../errors/app-error";

/** Bytes. The settings of a cluster with all their lists full are far below. */
const LIMIT = 1024 * 1024;

async function readBytes(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > LIMIT) {
      await reader?.cancel();
      throw new AppError("bad-request", "The body is larger than 1 MiB.");
    }
    parts.push(next.value);
  }
  return Buffer.concat(parts);
}

/** The JSON of a request; no more than 1 MiB is ever held. Throws bad-request. */
export async function readJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AppError("bad-request", "The body is not JSON.", { cause });
  }
}
