import "server-only";
import type { Metadata } from "next";
import { formatDate } from "../format/instant";
import { AppError } from "../errors/app-error";
import { openReader } from "../reads/open-reader";
import { getCluster } from "../store/clusters";
import { getDatabase } from "../store/database-handle";
import { cardMetadata } from "./card-metadata";
import { type PageSearch, readMoment, readSegment } from "./read-page";

/** The tab of a cluster that is not there; null for one that is, and where nobody can tell. */
export async function unknownClusterTitle(cluster: string): Promise<Metadata | null> {
  try {
    await getCluster(getDatabase().prisma, cluster);
    return null;
  } catch (error) {
    return error instanceof AppError && error.code === "not-found" ? { title: `Unknown cluster: ${readSegment(cluster)}` } : null;
  }
}

/** "17 Nov 2026 · Layers · prod": the tab says so first when the page does not show the present. */
export async function pageTitle(cluster: string, search: PageSearch, title: string): Promise<Metadata> {
  const unknown = await unknownClusterTitle(cluster);
  if (unknown) return unknown;
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
