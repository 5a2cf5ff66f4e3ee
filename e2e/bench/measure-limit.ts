import pLimit from "p-limit";
import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { listGroups, planLists } from "@/lib/collectors/list-plan";
import { discover } from "@/lib/kube/discover";
import type { Answer, KubeConnection } from "@/lib/kube/kube-connection";
import { openConnection } from "@/lib/kube/open-connection";
import { listPath, type ServedKind } from "@/lib/kube/served-kinds";
import { dig, text } from "@/lib/model/json";

const PAGE_SIZE = 500;
const PARALLEL_LISTS = 4;

/** What no scan can be faster than: downloads and parses the pages that a scan reads, as many at a time, and does nothing else. */
export async function measureLimit(url: string): Promise<number> {
  const startMs = performance.now();
  const connection = openConnection({ source: "url", server: url });
  try {
    const plans = planLists(ALL_COLLECTORS, await discover(connection, listGroups(ALL_COLLECTORS)));
    const bulk = pLimit(1);
    const all = pLimit(PARALLEL_LISTS);
    await Promise.all(
      plans.map(async ({ served, collector }) => {
        if (served === null) return;
        const read = () => all(() => readList(connection, served));
        await (collector.isBulk ? bulk(read) : read());
      }),
    );
    return performance.now() - startMs;
  } finally {
    await connection.close();
  }
}

/** The next page is on its way while one is parsed, as in a scan. */
async function readList(connection: KubeConnection, served: ServedKind): Promise<void> {
  const path = `${listPath(served)}?limit=${PAGE_SIZE}`;
  const next = (token: string | undefined) => (token === undefined ? null : connection.get(`${path}&continue=${encodeURIComponent(token)}`));
  let pending: Promise<Answer> | null = connection.get(path);
  while (pending !== null) {
    const answer: Answer = await pending;
    if (!answer.ok) throw new Error(answer.fault.reason);
    pending = next(/"continue":"([^"]+)"/.exec(answer.body.toString("latin1", 0, 2_000))?.[1]);
    const page: unknown = JSON.parse(answer.body.toString("utf8"));
    pending ??= next(text(dig(page, "metadata", "continue")));
    connection.release(answer.body);
  }
}
