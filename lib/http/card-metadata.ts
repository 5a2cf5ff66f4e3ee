import "server-only";
import type { Metadata } from "next";
import { CARD_SIZE } from "../format/card-size";
import { momentQuerySchema, type MomentQuery } from "../contracts/words";
import { type PageSearch, readQuery } from "./read-page";

export interface Picture {
  /** The address of the page that it is of. */
  readonly page: string;
  readonly alt: string;
}

/** The picture of a page where its link is shared: as of the moment that the link pins, else as it is when somebody looks. */
export async function cardMetadata(search: PageSearch, { page, alt }: Picture): Promise<Pick<Metadata, "openGraph" | "twitter">> {
  const pinned = Object.entries(await search).filter(([name, value]) => (name === "at" || name === "since") && typeof value === "string");
  const query = new URLSearchParams(pinned as [string, string][]).toString(); // safe: texts only
  const url = `${page}/card${query === "" ? "" : `?${query}`}`;
  return { openGraph: { images: [{ url, alt, type: "image/png", ...CARD_SIZE }] }, twitter: { card: "summary_large_image", images: [url] } };
}

/** The moment that the address of a picture asks for. What a page would refuse is refused here too: throws bad-request. */
export async function readCardMoment(request: Request): Promise<MomentQuery> {
  const { searchParams } = new URL(request.url);
  const asked = Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, oneOrAll(searchParams.getAll(name))]));
  return readQuery(Promise.resolve(asked), momentQuerySchema);
}

function oneOrAll(values: string[]): string | string[] | undefined {
  return values.length === 1 ? values[0] : values;
}
