import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Next bundles pages and start-up code apart, so what both must share hangs on globalThis. Null = an answer whose status must stay. */
const holder = globalThis as { concentricAnswers?: AsyncLocalStorage<ServerResponse | null> };

function answers(): AsyncLocalStorage<ServerResponse | null> {
  holder.concentricAnswers ??= new AsyncLocalStorage();
  return holder.concentricAnswers;
}

function follow(message: unknown): void {
  const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse }; // safe: what Node documents for this channel
  // Going to a page by a link asks for its parts alone, and Next's router takes any status but 200 for an answer that it cannot use.
  answers().enterWith(request.headers.rsc === undefined ? response : null);
}

/** Lets a page set the status of its answer, for which Next has words only where nothing but "not found" is to be said. Node tells of a request before it hands it on. */
export function followAnswers(): void {
  subscribe("http.server.request.start", follow);
}

/** The status of the page that is being made; without effect once its first byte was sent, which is why pages that are loaded wait for no skeleton. */
export function setAnswerStatus(status: number): void {
  const response = answers().getStore();
  if (response && !response.headersSent) response.statusCode = status;
}

/** A page is being made whole, and not only its parts for Next's router, which shows a failure by itself. */
export function isWholePage(): boolean {
  return Boolean(answers().getStore());
}
