import "server-only";
import { AppError } from "@/lib/errors/app-error";
import type { KubeConnection } from "@/lib/kube/kube-connection";
import type { KindCoverage } from "@/lib/model/coverage";
import type { OptInSource } from "@/lib/model/opt-in-source";
import { ALL_OPT_IN_READERS } from "./all-opt-in-readers";
import type { CollectionSink } from "./collection-sink";
import { type OptInMeans, type OptInReader, type OptInReading, toFaultReading } from "./opt-in-reader";
import type { PatientReading } from "./patience";
import { toOptInCoverage, toUnaskedCoverage } from "./to-coverage";

export interface OptInRun extends Omit<OptInMeans, "add" | "connection"> {
  readonly patient: PatientReading;
  readonly sink: CollectionSink;
  readonly onStart: (kind: string) => void;
  readonly onEnd: (entry: KindCoverage) => void;
}

/** The lists are read by now: that one more thing cannot be had is no reason to lose them. */
async function readOne(reader: OptInReader, means: OptInMeans): Promise<OptInReading> {
  try {
    return await reader.read(means);
  } catch (error) {
    means.signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return { status: "failed", objects: 0, reason: error.message, action: "Scan again; if it stays, look at the API server's log.", isUsable: false };
  }
}

/** Reads the sources that were asked for, one after the other, and says of each of the others why it was not. */
export async function readOptIn(sources: readonly OptInSource[], { patient, sink, onStart, onEnd, ...means }: OptInRun): Promise<readonly KindCoverage[]> {
  const coverage: KindCoverage[] = [];
  for (const reader of ALL_OPT_IN_READERS) {
    const { kind } = reader.kind;
    if (!sources.includes(reader.source)) {
      sink.markMissing(kind, reader.off);
      coverage.push(toUnaskedCoverage(reader));
      continue;
    }
    onStart(kind);
    const read = (connection: KubeConnection) => readOne(reader, { ...means, connection, add: sink.add });
    const reading = await patient.within(reader.kind.group, read, (fault) => toFaultReading(fault, reader.grant));
    if (reading.isUsable) sink.markRead(kind);
    else sink.markMissing(kind, reading.reason ?? "");
    const entry = toOptInCoverage(reader, reading);
    coverage.push(entry);
    onEnd(entry);
  }
  return coverage;
}
