import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import type { GetOptions, KubeConnection } from "./kube-connection";
import { type ItemOptions, type ListPage, parseListPage } from "./list-page";
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

/** Objects of a page: anybody may fill one with objects of a mebibyte, and must not hide the list by it. */
const PAGE_SIZES = [500, 100];
const SMALLEST_PAGE = 20;

/**
 * Reads a list to its end in pages. An expired list (410) starts again, one with pages that are too large in smaller ones, and a malformed page is asked for
 * again, each a bounded number of times. The next page is on its way while the items of this one are handled.
 */
export async function listPages(connection: Pick<KubeConnection, "get" | "release">, options: ListOptions): Promise<ListResult> {
  for (let restart = 0, size = 0; ; ) {
    const result = await readOnce(connection, options, PAGE_SIZES[size] ?? SMALLEST_PAGE);
    if (result.ok) return result;
    if (result.fault.isTooLarge && size < PAGE_SIZES.length) size += 1;
    else if (result.fault.httpStatus === 410 && restart < RESTARTS) restart += 1;
    else return result;
  }
}

async function readOnce(connection: Pick<KubeConnection, "get" | "release">, options: ListOptions, pageSize: number): Promise<ListResult> {
  const { path, fieldSelector, as, signal, onItem, onPage, ...itemOptions } = options;
  const selected = fieldSelector === undefined ? "" : `&fieldSelector=${encodeURIComponent(fieldSelector)}`;
  const url = (token: string) => `${path}?limit=${pageSize}${selected}${token === "" ? "" : `&continue=${encodeURIComponent(token)}`}`;
  const get: GetOptions = { ...(signal && { signal }), ...(as && { accept: as.accept }) };
  let pending = getPage(connection, url(""), get);
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
      if (reread >= REREADS) return { ok: false, fault: toBrokenFault(url, "it is not valid JSON") };
    }
  }
}
