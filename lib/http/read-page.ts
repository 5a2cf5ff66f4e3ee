import "server-only";
import { randomUUID } from "node:crypto";
import { unstable_rethrow } from "next/navigation";
import { cache } from "react";
import type { z } from "zod";
import { type MomentQuery, momentQuerySchema } from "../contracts/words";
import { AppError } from "../errors/app-error";
import { joinWords } from "../model/join-words";
import { isRefusedText } from "../store/to-database-error";
import { isWholePage, setAnswerStatus } from "./answer-status";
import { refusedText, statusOf, tellError } from "./error-response";
import { readRemembered } from "./read-remembered";
import { explainIssue } from "../contracts/explain-issue";

export type PageSearch = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** What a page shows instead of its answer when its address asks for something that cannot be, or, with the id of the request, when something failed. */
export type PageResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly requestId?: string; readonly isBadQuery?: boolean; readonly isGone?: boolean };

/** As much of what was asked as a sentence can hold, without what nobody can see. */
function clip(value: unknown): string {
  const text = String(value).replaceAll(/\p{C}/gu, "\uFFFD");
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** `at` and `since` of a page's address, whatever else it holds. Throws bad-request. */
export async function readMoment(search: PageSearch): Promise<MomentQuery> {
  const { at, since } = await search;
  const parsed = momentQuerySchema.safeParse({ ...(at !== undefined && { at }), ...(since !== undefined && { since }) });
  if (parsed.success) return parsed.data;
  const name = parsed.error.issues[0]?.path[0] === "since" ? "since" : "at";
  throw new AppError(
    "bad-request",
    `${name}=${clip(name === "at" ? at : since)} is not a snapshot number: choose a snapshot of the list, or leave ${name} out.`,
  );
}

/** All that a page's address asks. A parameter that the page does not know is a mistake like any other: it was written to change what is shown. Throws bad-request. */
export async function readQuery<T extends z.ZodObject>(search: PageSearch, schema: T): Promise<z.output<T>> {
  const asked = Object.entries(await search).filter(([, value]) => value !== undefined);
  for (const [name, value] of asked) {
    if (!Object.hasOwn(schema.shape, name))
      throw new AppError("bad-request", `This page has no parameter ${clip(name)}: leave it out, or use one of ${joinWords(Object.keys(schema.shape))}.`);
    if (Array.isArray(value)) throw new AppError("bad-request", `The parameter ${name} is given more than once: leave one of them.`);
  }
  await readMoment(search);
  const parsed = schema.safeParse(Object.fromEntries(asked.filter(([, value]) => value !== "")));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? "");
  throw new AppError("bad-request", `${name}=${clip((await search)[name])} cannot be read: ${explainIssue(issue)}`);
}

/** What a reader can mend in the address; null = a failure of ours. */
function findMistake(error: unknown): AppError | null {
  if (isRefusedText(error)) return refusedText(error);
  return error instanceof AppError && ["not-found", "gone", "bad-request"].includes(error.code) ? error : null;
}

/**
 * Runs a page's read. A mistake in the address becomes one sentence under the status of the same mistake in the API. So does a failure where the page is
 * made whole: thrown on, it would leave Next with an empty document, which says nothing without scripts. Of a page that is gone to by a link it is thrown.
 */
export async function readPage<T>(read: () => Promise<T>): Promise<PageResult<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    const mistake = findMistake(error);
    if (mistake === null) return tellFailure(error);
    setAnswerStatus(statusOf(mistake));
    // What the database refuses may stand in the path.
    const isBadQuery = mistake.code === "bad-request" && !isRefusedText(error);
    return { ok: false, message: mistake.message, ...(isBadQuery && { isBadQuery }), ...(mistake.code === "gone" && { isGone: true }) };
  }
}

/**
 * The read of a page as its words for the tab and for links, and its content, both ask for it: done once for a request. They are handed promises of their
 * own, so that only what these hold tells that they ask for the same.
 */
export function pageRead<P, T>(read: (params: P, search: PageSearch) => Promise<T>): (params: Promise<P>, search: PageSearch) => Promise<PageResult<T>> {
  const readOnce = cache((asked: string) => {
    const [params, search] = JSON.parse(asked) as [P, Awaited<PageSearch>]; // safe: parts of an address, as they were written below
    return readPage(() => readRemembered(params, () => read(params, Promise.resolve(search))));
  });
  return async (params, search) => readOnce(JSON.stringify([await params, await search]));
}

/** What a page's words for the tab are made of. A failure that is thrown is told by the page: thrown here too, it would leave the tab with the words of the page before. */
export async function readForTab<T>(reading: Promise<PageResult<T>>): Promise<PageResult<T>> {
  try {
    return await reading;
  } catch (error) {
    unstable_rethrow(error); // what Next throws to itself
    return { ok: false, message: "" };
  }
}

function tellFailure(error: unknown): PageResult<never> {
  unstable_rethrow(error); // what Next throws to itself
  if (!isWholePage()) throw error;
  const requestId = randomUUID();
  const told = tellError(error, requestId);
  setAnswerStatus(statusOf(told));
  return { ok: false, message: told.message, requestId };
}

/** Makes a picture. What a page would refuse, or what failed, is one line of text under the same status: whoever asks for a picture shows none then. */
export async function answerPicture(draw: () => Promise<Response>): Promise<Response> {
  try {
    const picture = await draw();
    // It tells of a cluster: nobody on the way keeps it.
    picture.headers.set("cache-control", "private, no-cache");
    return picture;
  } catch (error) {
    const told = findMistake(error) ?? tellError(error, randomUUID());
    return new Response(`${told.message}\n`, {
      status: statusOf(told),
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
}
