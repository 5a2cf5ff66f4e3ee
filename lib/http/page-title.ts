import "server-only";
import type { Metadata } from "next";
import { formatDate } from "../format/instant";
import { openReader } from "../reads/open-reader";
import { cardMetadata } from "./card-metadata";
import { type PageSearch, readMoment } from "./read-page";

/** "17 Nov 2026 · Layers · prod": the tab says so first when the page does not show the present. */
export async function pageTitle(cluster: string, search: PageSearch, title: string): Promise<Metadata> {
  const plain = `${title} · ${cluster}`;
  const card = await cardMetadata(`/c/${encodeURIComponent(cluster)}`, search, "The four rings of the cluster: scores of cloud, cluster, container and code");
  try {
    const { at } = await readMoment(search);
    if (at === undefined) return { title: plain, ...card };
    const reader = await openReader(cluster, { at });
    return { title: reader.isNow || !reader.at ? plain : `${formatDate(reader.at.takenAt)} · ${plain}`, ...card };
  } catch {
    return { title: plain };
  }
}
