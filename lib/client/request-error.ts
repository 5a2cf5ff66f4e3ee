import type { ErrorCode } from "../errors/app-error";

/** A request that was refused, or an answer that is not what the contract says. `message` is fit for people. */
export class RequestError extends Error {
  readonly code: ErrorCode;
  readonly path: string;
  /** null = no answer at all. */
  readonly status: number | null;
  readonly requestId: string | null;

  constructor(code: ErrorCode, message: string, request: { readonly path: string; readonly status: number | null; readonly requestId: string | null }) {
    super(message);
    this.name = "RequestError";
    this.code = code;
    this.path = request.path;
    this.status = request.status;
    this.requestId = request.requestId;
  }
}
