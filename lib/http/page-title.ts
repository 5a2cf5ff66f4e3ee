import "server-only";
import type { Metadata } from "next";
import { clusterWords } from "../format/cluster-words";
import { formatDate } from "../format/instant";
import { AppError } from "../errors/app-error";
import { openReader } from "../reads/open-reader";
import { getCluster } from "../store/clusters";
import { getDatabase } from "../store/database-handle";
import { cardMetadata, type Picture } from "./card-metadata";
import { readEncoded } from "../format/read-encoded";
import { showHidden } from "../format/show-hidden";
import { type PageSearch, readMoment } from "./read-page";
import { readerZone } from "./reader-zone";

/** What a page says of itself where its link is shared. */
export interface Answer {
  /** The sentence of its title. */
  readonly says: string;
  /** What nobody may read that without, in sentences: how bad it is, what it is filtered by. */
  readonly more: string;
}

/** "F-7QK2M · prod"; a cluster that is not there is named as such. */
export async function inCluster(cluster: string, page: string): Promise<{ readonly title: string; readonly isUnknown: boolean }> {
  try {
    return { title: showHidden(`${page} · ${clusterWords(await getCluster(getDatabase().prisma, cluster))}`), isUnknown: false };
  } catch (error) {
    const code = error instanceof AppError ? error.code : null;
    const isUnknown = code === "not-found" || code === "gone";
    const unknown = `${code === "gone" ? "Forgotten" : "Unknown"} cluster: ${readEncoded(cluster)}`;
    return { title: showHidden(isUnknown ? unknown : `${page} · ${cluster}`), isUnknown };
  }
}

/**
 * "17 Nov 2026 · Layers · prod": the tab says so first when the page does not show the present. Where its link is shared, the page speaks by its `answer`, the
 * sentence of its title, and the tab's words say below where that stands; null = the page has no answer. `picture` is left out by pages without one of their own.
 */
export async function pageTitle(cluster: string, search: PageSearch, page: string, answer: Answer | string | null, picture?: Picture): Promise<Metadata> {
  const { title, isUnknown } = await inCluster(cluster, page);
  if (isUnknown) return { title };
  const rings = { page: `/c/${encodeURIComponent(cluster)}`, alt: "The four rings of the cluster: scores of cloud, cluster, container and code" };
  const card = await cardMetadata(search, picture ?? rings);
  try {
    const { at } = await readMoment(search);
    if (at === undefined) return withAnswer(title, answer, card);
    const reader = await openReader(cluster, { at });
    return withAnswer(reader.isNow || !reader.at ? title : `${formatDate(reader.at.takenAt, await readerZone())} · ${title}`, answer, card);
  } catch {
    return { title };
  }
}

function withAnswer(title: string, answer: Answer | string | null, card: Awaited<ReturnType<typeof cardMetadata>>): Metadata {
  if (answer === null) return { title, ...card };
  const { says, more } = typeof answer === "string" ? { says: answer, more: "" } : answer;
  const said = showHidden(says);
  const shared = { title: said, description: showHidden(more === "" ? title : `${more} ${title}`) };
  return { title, description: said, openGraph: { ...card.openGraph, ...shared, siteName: "Concentric" }, twitter: { ...card.twitter, ...shared } };
}
