import "server-only";
import { dig, type JsonRecord, record, text } from "@/lib/model/json";
import { splitItems } from "./split-items";

/** One page of a list. */
export interface ListPage {
  readonly count: number;
  /** Token of the next page; "" on the last one. */
  readonly next: string;
  /** Parses one item at a time; throws SyntaxError for a malformed one. */
  readonly items: () => Generator<JsonRecord>;
}

/** Throws SyntaxError when the page is not a JSON list. */
export function parseListPage(body: Buffer): ListPage {
  const { places, envelope } = splitItems(body);
  const list = record(JSON.parse(envelope));
  if (!Object.hasOwn(list, "items")) throw new SyntaxError("it is not a list");
  return {
    count: places.length / 2,
    next: text(dig(list, "metadata", "continue")) ?? "",
    *items() {
      for (let at = 0; at + 1 < places.length; at += 2) yield record(JSON.parse(body.toString("utf8", places[at], places[at + 1])));
    },
  };
}
