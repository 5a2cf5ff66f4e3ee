import { notFound, redirect } from "next/navigation";
import { findingPath } from "@/lib/format/paths";
import { type PageSearch, readOrNotFound, readSegment } from "@/lib/http/read-page";
import { getDatabase } from "@/lib/store/database-handle";
import { findFindingCluster } from "@/lib/store/findings/find-finding";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: PageSearch;
}

/** A link to a finding that needs no cluster; it keeps the moment. */
export default async function Page({ params, searchParams }: Props): Promise<never> {
  const id = readSegment((await params).id);
  const found = await readOrNotFound(() => findFindingCluster(getDatabase().pool, id));
  if (!found) notFound();
  const { at, since } = await searchParams;
  const query = new URLSearchParams(Object.entries({ at, since }).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
  redirect(`${findingPath(found.slug, id)}${query.size === 0 ? "" : `?${query}`}`);
}
