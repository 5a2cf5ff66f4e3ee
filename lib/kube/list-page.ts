import "server-only";
import { dig, type JsonRecord, record, text } from "@/lib/model/json";
import { splitItems } from "./split-items";

export interface ItemOptions {
  /** Asked with the text of an item before it is parsed; true = leave it out. */
  readonly isSkipped?: (json: Buffer) => boolean;
  /** `metadata.managedFields` is a third of an object: it is not even parsed. */
  readonly withoutManagers?: boolean;
}

/** One page of a list. */
export interface ListPage {
  /** Of the list, as in `PodList`; "" when it does not say. */
  readonly kind: string;
  readonly count: number;
  /** Token of the next page; "" on the last one. */
  readonly next: string;
  /** Parses one item at a time; throws SyntaxError for a malformed one. */
  readonly items: (options?: ItemOptions) => Generator<JsonRecord>;
}

/** It is JSON, and no list: the message says what it is. */
export class NoListError extends SyntaxError {}

function sayWithoutItems({ kind, message }: JsonRecord): string {
  const said = [text(kind), text(message)?.slice(0, 300)].filter(Boolean).join(": ");
  return `it has no list of items${said && ` (${said})`}`;
}

/** Throws SyntaxError when the page is not a JSON list. */
export function parseListPage(body: Buffer): ListPage {
  const { places, envelope } = splitItems(body);
  const list = record(JSON.parse(envelope));
  // A server written in Go may say null of none; anything else in their place is no empty list.
  if (list.items !== null && !Array.isArray(list.items)) throw new NoListError(sayWithoutItems(list));
  const next = dig(list, "metadata", "continue") ?? "";
  if (typeof next !== "string") throw new NoListError("whether it goes on cannot be told");
  return {
    kind: text(list.kind) ?? "",
    count: places.length / 4,
    next,
    *items({ isSkipped, withoutManagers = false } = {}) {
      for (let at = 0; at + 3 < places.length; at += 4) {
        const [start = 0, cutStart = 0, cutEnd = 0, end = 0] = [places[at], places[at + 1], places[at + 2], places[at + 3]];
        if (isSkipped?.(body.subarray(start, end))) continue;
        const isCut = withoutManagers && cutStart < end;
        const json = isCut ? `${body.toString("utf8", start, cutStart)}[]${body.toString("utf8", cutEnd, end)}` : body.toString("utf8", start, end);
        yield record(JSON.parse(json));
      }
    },
  };
}
