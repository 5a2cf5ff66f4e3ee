import { type JsonRecord, text } from "../../model/json";
import { AWS_DEFAULT_TLS_POLICY } from "../data/aws-tls-policies";
import type { KubeObject } from "../kube-object";
import { readFlags } from "../nodes/component-flags";
import { defineView } from "../view";
import type { Container } from "../workloads/workload";
import { defineWorkloadFact } from "../workloads/workload-fact";

export const AWS_CERTIFICATE = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";
/** Numbers and names of the ports that the certificate is for; without it, all. */
const AWS_TLS_PORTS = "service.beta.kubernetes.io/aws-load-balancer-ssl-ports";

/** Whether a load balancer of AWS ends TLS on a port of a Service. */
export function isAwsTls({ annotations }: KubeObject, { port, name }: JsonRecord): boolean {
  if (!annotations[AWS_CERTIFICATE]) return false;
  const named = (annotations[AWS_TLS_PORTS] ?? "*").split(",").map((item) => item.trim());
  return named.includes("*") || named.includes(String(port)) || (typeof name === "string" && named.includes(name));
}

const DEFAULT_POLICY = "default-ssl-policy";
const IMAGE = /(?:^|\/)aws-load-balancer-controller(?:[:@]|$)/;

function isController({ spec }: Container): boolean {
  return IMAGE.test(text(spec.image) ?? "");
}

/** The policies that AWS Load Balancer Controllers give where nobody names one; null = a variable that is not shown. */
const defaultPoliciesView = defineWorkloadFact({
  start: (): Set<string | null> => new Set(),
  add: (found, { isFinished }, pods) => {
    if (isFinished) return;
    for (const { source, containers } of pods) {
      if (source !== "template") continue;
      for (const container of containers.filter(isController)) {
        const flags = readFlags(container);
        found.add(flags.isHidden(DEFAULT_POLICY) || flags.isOpaque ? null : (flags.get(DEFAULT_POLICY)?.value ?? AWS_DEFAULT_TLS_POLICY));
      }
    }
  },
});

/** The policy that the AWS Load Balancer Controller gives where nobody names one; null = none of them runs here, or its arguments do not tell. */
export const awsDefaultPolicyView = defineView({
  reads: ["workloads"],
  compute: ({ view }): string | null => {
    const [policy = null, ...others] = view(defaultPoliciesView);
    return others.length > 0 ? null : policy;
  },
});
