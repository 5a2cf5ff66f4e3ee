import { startApiServer, type ApiServer } from "@/lib/demo/api-server";
import { createMemorySource } from "@/lib/demo/memory-source";
import type { ObjectSource } from "@/lib/demo/object-source";
import { toMetadataAnswer, wantsMetadata } from "./metadata-answer";
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
  /** What is answered at paths that serve no objects (`/metrics`), as text. */
  readonly documents?: Readonly<Record<string, string>>;
  /** True = it writes whole objects also where their metadata was asked for, as no server should. */
  readonly isDeafToAccept?: boolean;
}

export interface FaultServer extends Omit<ApiServer, "replace"> {
  replace(source: readonly unknown[] | ObjectSource): void;
  /** Starts counting a new plan; {} = behave. */
  plan(faults: FaultPlan): void;
  /** Some answer never ends. Any other may take its time, as on a busy machine: only here is it worth while to give up early. */
  isHanging(): boolean;
  /** `GET /api/v1/pods?limit=500`, in the order of arrival; refused requests included, except 401 and 403. */
  readonly requests: readonly string[];
}

/** An API server that fails as told: what a real one cannot be made to show. */
export async function startFaultServer(options: FaultServerOptions): Promise<FaultServer> {
  let planned = options.faults ?? {};
  let intercept = createIntercept(planned);
  const requests: string[] = [];
  const { unserved = [], denied, token, port, documents = {}, isDeafToAccept = false } = options;
  const server = await startApiServer({
    source: prepare(options.source, unserved),
    ...(denied === undefined ? {} : { denied }),
    ...(token === undefined ? {} : { token }),
    ...(port === undefined ? {} : { port }),
    intercept: async (call, response, answer) => {
      const query = call.query.toString();
      requests.push(`${call.method} ${call.path}${query === "" ? "" : `?${query}`}`);
      const isMetadata = wantsMetadata(response.req);
      const selector = isMetadata ? (call.query.get("fieldSelector") ?? "") : "";
      if (isMetadata) call.query.delete("fieldSelector"); // the server below has no selectors
      const wanted = isDeafToAccept || !isMetadata ? answer : async () => toMetadataAnswer(selector, await answer());
      if (await intercept(call, response, wanted)) return true;
      const document = documents[call.path];
      if (document === undefined && wanted === answer) return false;
      const { status, body } = document === undefined ? await wanted() : { status: 200, body: document };
      response.writeHead(status).end(body);
      return true;
    },
  });
  return {
    ...server,
    requests,
    replace: (source) => server.replace(prepare(source, unserved)),
    plan: (faults) => {
      planned = faults;
      intercept = createIntercept(faults);
    },
    isHanging: () => Object.values(planned).some((faults) => faults.some(({ kind }) => kind === "silent" || kind === "trickle")),
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
