import type { Metadata } from "next";
import type { ReactNode } from "react";
import type { z } from "zod";
import { FirstScan } from "@/components/overview/first-scan";
import { PageNewest } from "@/components/shell/page-newest";
import { PageProblem } from "@/components/shell/page-problem";
import { readEncoded } from "@/lib/format/read-encoded";
import { askedMoment } from "@/lib/http/asked-moment";
import { type Answer, pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageResult, type PageSearch, readForTab, readPage, readQuery } from "@/lib/http/read-page";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { findUnscanned, getCluster } from "@/lib/reads/list-clusters";
import { openCluster } from "@/lib/reads/open-reader";

interface ClusterParams {
  readonly cluster: string;
}

interface Props<P> {
  readonly params: Promise<P>;
  readonly searchParams: PageSearch;
}

type Search = Awaited<PageSearch>;

interface ClusterPage<P extends ClusterParams, Q extends z.ZodObject, T> {
  /** The page in the tab; `value` is null where it could not be read. */
  readonly name: string | ((params: P, value: T | null) => string);
  /** All that its address may ask: anything else is refused with 400. */
  readonly query: Q;
  readonly read: (params: P, query: z.output<Q>, search: Search) => Promise<T>;
  /** The sentence of its title, by which it speaks where its link is shared; left out or null = it has none. */
  readonly answer?: (value: T, params: P) => Answer | string | null | Promise<Answer | string | null>;
  /** The answer is of no snapshot, since there is none: how the first scan stands is told instead. Left out = the page says something without one. */
  readonly isUnscanned?: (value: T) => boolean;
  /** The page, below that of the cluster, where to look for what the address names. */
  readonly list?: { readonly path: string; readonly label: string };
  /** What stands below the sentence about what is wrong. */
  readonly rest?: (params: P) => ReactNode;
  /** `base` is the address of the cluster. */
  readonly show: (value: T, asked: { readonly params: P; readonly search: Search; readonly base: string }) => ReactNode | Promise<ReactNode>;
}

/** A page that tells its frame which snapshot was the newest when it was read. */
export function framed<P extends ClusterParams>(show: (props: Props<P>) => Promise<ReactNode>): (props: Props<P>) => Promise<ReactNode> {
  return async (props) => {
    const shown = await show(props);
    // Whatever is wrong is what the page says already.
    const newest = await openCluster((await props.params).cluster).catch(() => null);
    return (
      <>
        <PageNewest seq={newest?.latest?.seq ?? null} />
        {shown}
      </>
    );
  };
}

async function showFirst(slug: string, find: (slug: string) => Promise<ClusterDto | null>): Promise<ReactNode> {
  const found = await readPage(() => find(slug));
  if (!found.ok) return <PageProblem problem={found} base={`/c/${slug}`} />;
  return found.value && <FirstScan cluster={found.value} />;
}

/** How the first scan stands of a cluster without a snapshot. */
export function showFirstScan(slug: string): Promise<ReactNode> {
  return showFirst(slug, getCluster);
}

/** What is missing is all of the cluster's snapshots: how its first scan stands says more than that. Null = something else is wrong. */
export async function tellFirstScan(slug: string, problem: PageResult<never>): Promise<ReactNode> {
  if (problem.ok || problem.requestId !== undefined || problem.isBadQuery === true) return null;
  return showFirst(slug, findUnscanned);
}

/** Parts of the address by what they name; that of the cluster, which goes into addresses, as it stands in one. */
function named<P extends ClusterParams>(params: P, read: (part: string) => string, write: (part: string) => string): P {
  const parts = Object.entries(params).map(([name, part]) => [name, name === "cluster" ? write(part) : read(part)]);
  return Object.fromEntries(parts) as unknown as P; // safe: the same names
}

const asIs = (part: string): string => part;

/** A page about a cluster: one read for its words in the tab and for its content, and a sentence with the way on where that fails. */
export function clusterPage<P extends ClusterParams, Q extends z.ZodObject, T>({
  name,
  query,
  read,
  answer,
  isUnscanned,
  list,
  rest,
  show,
}: ClusterPage<P, Q, T>) {
  const readOnce = pageRead(async (params: P, search) => read(params, await readQuery(search, query), await search));
  return {
    async generateMetadata({ params, searchParams }: Props<P>): Promise<Metadata> {
      // For its words Next hands them over decoded already: decoded again, `a%41` would be another object's name.
      const asked = named(await params, asIs, encodeURIComponent);
      const result = await readForTab(readOnce(Promise.resolve(asked), searchParams));
      const title = typeof name === "string" ? name : name(asked, result.ok ? result.value : null);
      return pageTitle(
        asked.cluster,
        searchParams,
        title,
        result.ok && answer && isUnscanned?.(result.value) !== true ? await answer(result.value, asked) : null,
      );
    },
    Page: framed<P>(async ({ params, searchParams }) => {
      const asked = named(await params, readEncoded, asIs);
      const base = `/c/${asked.cluster}`;
      const result = await readOnce(Promise.resolve(asked), searchParams);
      if (result.ok && isUnscanned?.(result.value) === true) return showFirstScan(asked.cluster);
      if (result.ok) return show(result.value, { params: asked, search: await searchParams, base });
      const first = await tellFirstScan(asked.cluster, result);
      if (first !== null) return first;
      const moment = await askedMoment(asked.cluster, searchParams);
      return (
        <>
          <PageProblem problem={result} {...{ base, moment }} {...(list && { list: { href: `${base}/${list.path}`, label: list.label } })} />
          {rest?.(asked)}
        </>
      );
    }),
  };
}
