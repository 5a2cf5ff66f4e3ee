import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import type { GetOptions, KubeConnection } from "./kube-connection";
import { type ItemOptions, type ListPage, NoListError, parseListPage } from "./list-page";
import { type ReadFault, toBrokenFault } from "./read-fault";

export interface ListOptions extends ItemOptions {
  /** Plural path, e.g. `/apis/apps/v1/deployments`. */
  readonly path: string;
  /** As in `type=Opaque`. */
  readonly fieldSelector?: string;
  /** How the objects are to be written; a list of another kind than `listKind` is then a fault, and none of it is looked at. */
  readonly as?: { readonly accept: string; readonly listKind: string };
  readonly signal?: AbortSignal;
  /** Each object, as soon as its page is here; again, when the list had to start again. */
  readonly onItem: (item: JsonRecord) => void;
  readonly onPage?: (objects: number) => void;
}

export type ListResult = { readonly ok: true; readonly objects: number } | { readonly ok: false; readonly fault: ReadFault };

const RESTARTS = 3;
const REREADS = 2;
/** So many pages without an object one after the other are no list that ends. */
const EMPTY_PAGES = 100;
/** Ten million objects, which no etcd holds: a server that always has one more page would be read for ever. */
const MOST_PAGES = 20_000;

interface PageSize {
  /** In objects. */
  readonly limit: number;
  readonly timeoutMs: number;
}

const LARGEST: PageSize = { limit: 500, timeoutMs: 60_000 };
/** Anybody may fill a page with objects of a mebibyte, and must not hide the list by it. */
const SMALLER: readonly PageSize[] = [
  { limit: 100, timeoutMs: 30_000 },
  { limit: 20, timeoutMs: 30_000 },
];
const ATTEMPTS = 5;

/**
 * Reads a list to its end in pages. An expired list (410) starts again, one with pages that are too large or too slow in smaller ones, and a malformed page is
 * asked for again, each a bounded number of times. The next page is on its way while the items of this one are handled.
 */
export async function listPages(connection: Pick<KubeConnection, "get" | "release">, options: ListOptions): Promise<ListResult> {
  const sizes = SMALLER.values();
  for (let restart = 0, size = LARGEST; ; ) {
    const result = await readOnce(connection, options, size);
    if (result.ok) return result;
    const { value: smaller } = result.fault.isTooLarge || result.fault.status === "timeout" ? sizes.next() : {};
    if (smaller) size = smaller;
    else if (result.fault.httpStatus === 410 && restart < RESTARTS) restart += 1;
    else return result;
  }
}

async function readOnce(connection: Pick<KubeConnection, "get" | "release">, options: ListOptions, { limit, timeoutMs }: PageSize): Promise<ListResult> {
  const { path, fieldSelector, as, signal, onItem, onPage, ...itemOptions } = options;
  const selected = fieldSelector === undefined ? "" : `&fieldSelector=${encodeURIComponent(fieldSelector)}`;
  const url = (token: string) => `${path}?limit=${limit}${selected}${token === "" ? "" : `&continue=${encodeURIComponent(token)}`}`;
  const limits = { timeoutMs, attempts: ATTEMPTS };
  const get: GetOptions = { limits, ...(signal && { signal }), ...(as && { accept: as.accept }) };
  // A first page that is too slow is asked for in a smaller one at once; behind it, one that is slow for once costs less than to begin anew.
  let pending = getPage(connection, url(""), { ...get, limits: { ...limits, slowAttempts: 1 } });
  const tokens = new Set<string>();
  let empty = 0;
  for (let objects = 0; ; ) {
    const found = await pending;
    if (!found.ok) return found;
    const { page, body } = found;
    if (as && page.kind !== as.listKind)
      return { ok: false, fault: toBrokenFault(path, `the server wrote a ${page.kind || "list without a kind"} where a ${as.listKind} was asked for`) };
    empty = page.count === 0 ? empty + 1 : 0;
    if (tokens.has(page.next) || empty > EMPTY_PAGES || tokens.size >= MOST_PAGES)
      return { ok: false, fault: toBrokenFault(path, "its pages never come to an end") };
    if (page.next !== "") {
      tokens.add(page.next);
      pending = getPage(connection, url(page.next), get);
      pending.catch(() => undefined); // awaited in the next round, unless an item stops us first
    }
    try {
      for (const item of page.items(itemOptions)) onItem(item);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return { ok: false, fault: toBrokenFault(path, "it is not valid JSON") };
    }
    connection.release(body);
    objects += page.count;
    onPage?.(page.count);
    if (page.next === "") return { ok: true, objects };
  }
}

type PageResult = { readonly ok: true; readonly page: ListPage; readonly body: Buffer } | { readonly ok: false; readonly fault: ReadFault };

async function getPage(connection: Pick<KubeConnection, "get" | "release">, url: string, options: GetOptions): Promise<PageResult> {
  for (let reread = 0; ; reread += 1) {
    const answer = await connection.get(url, options);
    if (!answer.ok) return answer;
    try {
      return { ok: true, page: parseListPage(answer.body), body: answer.body };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const why = error instanceof NoListError ? error.message : "it is not valid JSON";
      if (reread >= REREADS) return { ok: false, fault: toBrokenFault(url.split("?", 1)[0] ?? url, why) };
    }
  }
}
