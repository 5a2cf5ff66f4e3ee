export const ERROR_CODES = [
  "not-found",
  "gone",
  "bad-request",
  "method-not-allowed",
  "unsupported-media-type",
  "unauthenticated",
  "forbidden",
  "conflict",
  "too-large",
  "upstream",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The only error that reaches people: `message` is one sentence fit for them, `cause` is for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
  }

  /** Next bundles pages, the API and start-up apart, each with its own copy of this class: what one throws another must know. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "AppError" && "code" in value;
  }
}
