import type { BenchDatabase } from "./bench-database";
import type { BenchSetting } from "./bench-setting";
import { YEAR_CLUSTER } from "./make-year";
import { percentile } from "./percentile";
import { startServerProcess } from "./server-process";

const READS = {
  "read.overview.p95_ms": (at: number) => `overview?at=${at}`,
  "read.findings.p95_ms": (at: number) => `findings?at=${at}`,
  "read.trend.p95_ms": (at: number) => `layers/container?at=${at}&days=365`,
} as const;

export const READ_FIGURES = Object.keys(READS);

const WARM_UP = 10;
const ROUNDS = 200;

/** Asks the server, one request after the other, for random days of the year. */
export async function measureReads({ root, report, days }: BenchSetting, database: BenchDatabase): Promise<void> {
  const server = await startServerProcess(root, { ...database.env, KUBECONFIG: "/nonexistent/kubeconfig" });
  try {
    for (const [figure, toPath] of Object.entries(READS)) {
      if (!report.wants(figure)) continue;
      const pickDay = createPicker(days + 1);
      const durations: number[] = [];
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const url = `${server.base}/api/v1/clusters/${YEAR_CLUSTER}/${toPath(pickDay() + 1)}`;
        const startMs = performance.now();
        const answer = await fetch(url);
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
        if (round >= WARM_UP) durations.push(performance.now() - startMs);
      }
      report.tell(`${database.kind}: ${figure}: p50 ${Math.round(percentile(durations, 0.5))} ms`);
      report.add({ figure, value: percentile(durations, 0.95), unit: "ms", db: database.kind });
    }
  } finally {
    await server.stop();
  }
}

/** The same days in every run: a linear congruential generator (Numerical Recipes). */
function createPicker(count: number): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}
