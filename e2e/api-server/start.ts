import { startApiServer, type ApiServer } from "@/lib/demo/api-server";
import { createMemorySource } from "@/lib/demo/memory-source";
import type { ObjectSource } from "@/lib/demo/object-source";
import { createIntercept, type FaultPlan } from "./faults";

export interface FaultServerOptions {
  /** Objects in memory, or a source that reads from disk. */
  readonly source: readonly unknown[] | ObjectSource;
  readonly faults?: FaultPlan;
  /** API groups (`apps`) or group versions (`apps/v1`) that discovery does not know. */
  readonly unserved?: readonly string[];
  readonly denied?: readonly string[];
  readonly token?: string;
  readonly port?: number;
}

export interface FaultServer extends Omit<ApiServer, "replace"> {
  replace(source: readonly unknown[] | ObjectSource): void;
  /** Starts counting a new plan; {} = behave. */
  plan(faults: FaultPlan): void;
  /** `GET /api/v1/pods?limit=500`, in the order of arrival; refused requests included, except 401 and 403. */
  readonly requests: readonly string[];
}

/** An API server that fails as told: what a real one cannot be made to show. */
export async function startFaultServer(options: FaultServerOptions): Promise<FaultServer> {
  let intercept = createIntercept(options.faults ?? {});
  const requests: string[] = [];
  const { unserved = [], denied, token, port } = options;
  const server = await startApiServer({
    source: prepare(options.source, unserved),
    ...(denied === undefined ? {} : { denied }),
    ...(token === undefined ? {} : { token }),
    ...(port === undefined ? {} : { port }),
    intercept: (call, response, answer) => {
      const query = call.query.toString();
      requests.push(`${call.method} ${call.path}${query === "" ? "" : `?${query}`}`);
      return intercept(call, response, answer);
    },
  });
  return {
    ...server,
    requests,
    replace: (source) => server.replace(prepare(source, unserved)),
    plan: (faults) => {
      intercept = createIntercept(faults);
    },
  };
}

function isSource(source: readonly unknown[] | ObjectSource): source is ObjectSource {
  return !Array.isArray(source);
}

function prepare(given: readonly unknown[] | ObjectSource, unserved: readonly string[]): ObjectSource {
  const source = isSource(given) ? given : createMemorySource(given);
  const resources = source.resources.filter(({ group, version }) => !unserved.includes(group) && !unserved.includes(`${group}/${version}`));
  return { ...source, resources };
}
