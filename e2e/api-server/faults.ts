import { setTimeout as wait } from "node:timers/promises";
import type { ServerResponse } from "node:http";
import type { ApiCall } from "@/lib/demo/api-call";
import { toStatusAnswer, type ApiAnswer } from "@/lib/demo/api-status";
import { resourceName } from "@/lib/demo/served-resource";

/** Between two bytes of an answer that never ends. */
const TRICKLE_MS = 50;

/** What goes wrong with one kind or path, and how often. */
export interface Fault {
  readonly kind: "status" | "cut" | "slow" | "garbage" | "silent" | "trickle";
  /** For `status`: 403, 404, 410, 413, 429, 500, 503, 504. */
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
  /** 0 = the first page (the default), 1 = the second; "any" = every page. */
  readonly page?: number | "any";
  /** Only where more objects than these are asked for at once. */
  readonly above?: number;
  /** How often it happens; absent = always. */
  readonly times?: number;
}

/** Keys: a kind as permissions name it (`pods`, `deployments.apps`), or a path (`/apis/apps/v1`). */
export type FaultPlan = Readonly<Record<string, readonly Fault[]>>;

export type Intercept = (call: ApiCall, response: ServerResponse, answer: () => Promise<ApiAnswer>) => Promise<boolean>;

/** Makes the server misbehave by plan; faults of one kind are tried in their order. */
export function createIntercept(plan: FaultPlan): Intercept {
  const left = new Map(Object.values(plan).flatMap((faults) => faults.map((fault) => [fault, fault.times ?? Number.POSITIVE_INFINITY] as const)));
  return async (call, response, answer) => {
    const faults = [...(plan[call.path] ?? []), ...(call.resource === null ? [] : (plan[resourceName(call.resource)] ?? []))];
    const fault = faults.find((candidate) => (left.get(candidate) ?? 0) > 0 && isPage(candidate, call));
    if (fault === undefined) return false;
    left.set(fault, (left.get(fault) ?? 0) - 1);
    return misbehave(fault, response, answer);
  };
}

function isPage(fault: Fault, call: ApiCall): boolean {
  if (fault.above !== undefined && call.limit <= fault.above) return false;
  if (fault.page === "any") return true;
  const page = call.limit > 0 ? Math.floor(call.offset / call.limit) : 0;
  return page === (fault.page ?? 0);
}

async function misbehave(fault: Fault, response: ServerResponse, answer: () => Promise<ApiAnswer>): Promise<boolean> {
  switch (fault.kind) {
    case "slow":
      await wait(fault.delayMs ?? 1000, undefined, { ref: false });
      return response.destroyed;
    case "silent":
      return true;
    case "trickle": {
      response.writeHead(200, { "content-type": "application/json" }).write('{"kind":"List","items":[');
      const timer = setInterval(() => response.write(" "), TRICKLE_MS);
      response.once("close", () => clearInterval(timer));
      return true;
    }
    case "garbage":
      response.writeHead(200, { "content-type": "application/json" }).end('{"kind":"PodList","items":[{"metadata":');
      return true;
    case "cut": {
      const { body } = await answer();
      response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
      return true;
    }
    case "status": {
      const status = fault.status ?? 500;
      const headers = fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(fault.retryAfterSeconds) };
      const refusal = toStatusAnswer(status, `planned refusal ${status}`);
      response.writeHead(refusal.status, { "content-type": "application/json", ...headers }).end(refusal.body);
      return true;
    }
    default:
      return false;
  }
}
