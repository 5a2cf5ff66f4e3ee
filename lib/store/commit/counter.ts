import "server-only";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { SEVERITIES, type Severity, severityRank } from "@/lib/model/severity";
import { tableOf } from "@/lib/model/table-of";
import type { Scope } from "@/lib/model/verdict";
import type { OpenCounts, SnapshotCounts, StoredState } from "./commit-input";

function emptyOpen(): Record<Layer, number[]> {
  return tableOf(LAYERS, () => SEVERITIES.map(() => 0));
}

/** Counts what is open after a scan, and what opened and closed with it. */
export class Counter {
  readonly #open: OpenCounts = { workload: emptyOpen(), platform: emptyOpen() };
  readonly #opened: Record<Scope, number> = { workload: 0, platform: 0 };
  readonly #closed: Record<Scope, number> = { workload: 0, platform: 0 };
  readonly #others = { waived: 0, unknown: 0, manual: 0 };
  #stale = 0;

  addOpen(finding: {
    readonly state: StoredState;
    readonly scope: Scope;
    readonly layer: Layer;
    readonly severity: Severity;
    readonly isStale: boolean;
  }): void {
    if (finding.isStale) this.#stale += 1;
    if (finding.state !== "fail") {
      this.#others[finding.state] += 1;
      return;
    }
    const counts = this.#open[finding.scope][finding.layer];
    const rank = severityRank(finding.severity);
    counts[rank] = (counts[rank] ?? 0) + 1;
  }

  addOpened(scope: Scope): void {
    this.#opened[scope] += 1;
  }

  addClosed(scope: Scope): void {
    this.#closed[scope] += 1;
  }

  toCounts(): SnapshotCounts {
    return { open: this.#open, opened: this.#opened, closed: this.#closed, ...this.#others, stale: this.#stale };
  }
}
