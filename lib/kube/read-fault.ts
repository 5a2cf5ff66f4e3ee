import "server-only";
import type { CoverageStatus } from "@/lib/model/coverage";

/** Why one list could not be read; the scan goes on without it. */
export interface ReadFault {
  readonly status: Extract<CoverageStatus, "forbidden" | "absent" | "timeout" | "failed" | "left-out">;
  /** One sentence. */
  readonly reason: string;
  /** The one thing to do about it. */
  readonly action: string;
  /** As answered; null when there was no whole answer. */
  readonly httpStatus: number | null;
  /** It was longer than is read at once, or than what stands before the server lets through: a smaller part of it may be had. */
  readonly isTooLarge?: true;
}

export function toTimeoutFault(path: string, timeoutMs: number): ReadFault {
  return {
    status: "timeout",
    reason: `The API server did not answer ${path} within ${Math.round(timeoutMs / 1000)} seconds.`,
    action: "Check the load of the API server and scan again.",
    httpStatus: null,
  };
}

export function toBrokenFault(path: string, why: string): ReadFault {
  return {
    status: "failed",
    reason: `The answer to ${path} could not be read: ${why}.`,
    action: "Scan again; if it stays, look at the API server's log.",
    httpStatus: null,
  };
}

/** It is served, but in no version that is read: nothing may be concluded from that. */
export function toVersionFault(name: string, served: string, versions: readonly string[]): ReadFault {
  return {
    status: "failed",
    reason: `This cluster serves ${name} in version ${served}, which is not read here.`,
    action: `Serve it in ${versions.join(" or ")} as well, or use a release of Concentric that reads ${served}.`,
    httpStatus: null,
  };
}

/** Objects that come and go by the thousand: neither the API server nor what is remembered should carry them. */
export function toLeftOutFault(kind: string): ReadFault {
  return {
    status: "left-out",
    reason: `${kind} objects are not listed, as they come and go by the thousand: their pods are judged, and what they are made from, but not what they say themselves.`,
    action: "Scan the manifests that they are made from, where these do not lie in the cluster.",
    httpStatus: null,
  };
}

/** Said to be served, and then not: nobody knows what is in it. */
export function toContradictionFault(name: string): ReadFault {
  return {
    status: "failed",
    reason: `The API server says that there is ${name} and does not serve it.`,
    action: "Scan again; if it stays, look at the API server's log and at what stands before it.",
    httpStatus: null,
  };
}

/** What the API server says of a webhook that should convert what is stored and does not; undefined = of something else. */
function findConversionError(message: string): string | undefined {
  return /conversion webhook for .{0,300}/s.exec(message)?.[0];
}

/** Another try a moment later may fare better. For a webhook that converts the server has waited up to 30 s already. */
export function isWorthRetrying(status: number, message: string): boolean {
  return (status === 429 || status >= 500) && findConversionError(message) === undefined;
}

/** From a refusal of the API server; `message` is what its Status object says. */
export function toStatusFault(path: string, status: number, message: string): ReadFault {
  const said = message === "" ? "" : ` (${message.slice(0, 300)})`;
  const conversion = findConversionError(message);
  if (conversion !== undefined)
    return {
      status: "failed",
      reason: `The API server cannot convert all that is stored of ${path} (${conversion}).`,
      action: "Mend the webhook that its CustomResourceDefinition names under spec.conversion, and scan again.",
      httpStatus: status,
    };
  if (status === 401)
    return {
      status: "failed",
      reason: `What serves ${path} behind the API server does not accept the API server's own requests (401).`,
      action: "Check which certificate authority it trusts for the API server (for an aggregated API, that of requestheader-client-ca-file), and scan again.",
      httpStatus: status,
    };
  if (status === 403) {
    return {
      status: "forbidden",
      reason: `The API server does not allow reading ${path}${said}.`,
      action: "Grant get and list on it to the identity that scans, as deploy/cluster-role.yaml does.",
      httpStatus: status,
    };
  }
  if (status === 404)
    return { status: "absent", reason: `The API server does not serve ${path}.`, action: "Nothing, unless you expect it to be installed.", httpStatus: status };
  if (status >= 300 && status < 400)
    return {
      status: "failed",
      reason: `The answer to ${path} leads elsewhere (status ${status}), which no API server does: a sign-in page or another web server answers there.`,
      action: "Correct the address in the kubeconfig, or sign in to what stands before the cluster.",
      httpStatus: status,
    };
  if (status === 413)
    return {
      status: "failed",
      reason: `The answer to ${path} is larger than what stands before the API server lets through (status 413).`,
      action: "Let it pass larger answers, or scan through the API server's own address.",
      httpStatus: status,
      isTooLarge: true,
    };
  if (status === 504)
    return {
      status: "timeout",
      reason: `The API server gave up on ${path}${said}.`,
      action: "Check the load of the API server and scan again.",
      httpStatus: status,
    };
  if (status === 429)
    return {
      status: "failed",
      reason: `The API server is overloaded and keeps refusing ${path}.`,
      action: "Scan again when it is less busy.",
      httpStatus: status,
    };
  if (status === 410)
    return {
      status: "failed",
      reason: `The list ${path} kept expiring while it was read.`,
      action: "Scan again when fewer objects change.",
      httpStatus: status,
    };
  return {
    status: "failed",
    reason: `The API server answered ${path} with status ${status}${said}.`,
    action: "Look at the API server's log and scan again.",
    httpStatus: status,
  };
}
