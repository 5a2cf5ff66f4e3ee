import "server-only";

export interface ApiAnswer {
  readonly status: number;
  readonly body: Buffer;
}

const REASONS: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  410: "Expired",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

export function toJsonAnswer(value: unknown, status = 200): ApiAnswer {
  return { status, body: Buffer.from(JSON.stringify(value)) };
}

/** A refusal as Kubernetes writes it: a `Status` object. */
export function toStatusAnswer(code: number, message: string): ApiAnswer {
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason: REASONS[code] ?? "Unknown", code };
  return toJsonAnswer(body, code);
}
