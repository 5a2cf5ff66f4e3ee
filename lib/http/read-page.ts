import "server-only";
import { notFound } from "next/navigation";
import { z } from "zod";
import { type MomentQuery, momentQuerySchema } from "../contracts/words";
import { AppError } from "../errors/app-error";
import { isRefusedText } from "../store/to-database-error";
import { refusedText } from "./error-response";
import { explainIssue } from "./explain-issue";

export type PageSearch = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** What a page shows instead of its answer when its address asks for something that cannot be. */
export type PageResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

function clip(value: unknown): string {
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** `at` and `since` of a page's address; other parameters belong to the page. Throws bad-request. */
export async function readMoment(search: PageSearch): Promise<MomentQuery> {
  const { at, since } = await search;
  const parsed = momentQuerySchema.safeParse({ ...(at !== undefined && { at }), ...(since !== undefined && { since }) });
  if (parsed.success) return parsed.data;
  const name = parsed.error.issues[0]?.path[0] === "since" ? "since" : "at";
  throw new AppError("bad-request", `${name}=${clip(name === "at" ? at : since)} is not a snapshot number.`);
}

/** The parameters of a page's address that a query knows; the others belong to the page alone. Throws bad-request. */
export async function readQuery<T extends z.ZodObject>(search: PageSearch, schema: T): Promise<z.output<T>> {
  if ("at" in schema.shape) await readMoment(search);
  const given = Object.entries(await search).filter(([name, value]) => name in schema.shape && value !== undefined && value !== "");
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? "");
  throw new AppError("bad-request", `${name}=${clip((await search)[name])} cannot be read: ${explainIssue(issue)}`);
}

/** Runs a page's read: a missing thing becomes the 404 page or one sentence, anything unexpected the error page. */
export async function readPage<T>(read: () => Promise<T>): Promise<PageResult<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (error instanceof AppError && (error.code === "not-found" || error.code === "bad-request")) return { ok: false, message: error.message };
    if (error instanceof z.ZodError) notFound();
    if (isRefusedText(error)) return { ok: false, message: refusedText(error).message };
    throw error;
  }
}

/** Runs a read without which there is no page: a missing thing becomes the 404 page. */
export async function readOrNotFound<T>(read: () => Promise<T>): Promise<T> {
  const result = await readPage(read);
  return result.ok ? result.value : notFound();
}

/** A segment of a page's path. Next hands some on encoded and others not, and none of what they name holds a %. */
export function readSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
