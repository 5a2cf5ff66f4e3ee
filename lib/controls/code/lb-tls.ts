import { platformView } from "../../inventory/cloud/cloud-provider";
import { AWS_CERTIFICATE, isAwsTls } from "../../inventory/routes/aws-tls";
import { readLoadBalancer } from "../../inventory/routes/load-balancer";
import { type JsonRecord, list, record } from "../../model/json";
import { internalAnswer } from "../internal-answer";
import { defineControl, type Outcome, safe, unknown, weakness } from "../define";

function isPlainHttp({ port, protocol, appProtocol }: JsonRecord): boolean {
  return port === 80 && (protocol ?? "TCP") === "TCP" && appProtocol !== "https";
}

export default defineControl({
  id: "lb-tls",
  layer: "code",
  severity: "low",
  title: "Public load balancers serve no plain HTTP",
  failure: "serves plain HTTP on a public load balancer",
  why: "Whatever passes port 80 of a public load balancer can be read and changed by anyone on the way.",
  action: "Serve TLS on public load balancers",
  fix: "Serve it through an Ingress or a Gateway with TLS, or let the load balancer terminate TLS with a certificate.",
  verify: "kubectl get svc NAME -n NAMESPACE -o yaml",
  lookFor: "Port 80 without port 443 beside it, or with an annotation that makes it serve plain HTTP.",
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557", "T1040"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer"],
  subject: "service",
  reads: ["nodes"],
  check: (service, context): Outcome => {
    const { provider } = context.view(platformView);
    const balancer = readLoadBalancer(service, provider);
    if (!balancer) return safe("The Service is not of type LoadBalancer.");
    if (balancer.reach !== "external") return balancer.reach === "internal" ? internalAnswer(balancer, context) : unknown(balancer.because);
    const ports = list(record(service.body.spec).ports).map(record);
    // No other cloud heeds it.
    const endsTls = (port: JsonRecord) => (balancer.cloud === null || balancer.cloud === "aws") && isAwsTls(service, port);
    if (service.annotations[AWS_CERTIFICATE] && ports.every(endsTls)) {
      if (balancer.cloud === null) return unknown(`Only AWS heeds the annotation ${AWS_CERTIFICATE}, and nothing tells whether this cluster runs there.`);
      return {
        state: "pass",
        notes: [
          weakness(
            `metadata.annotations["${AWS_CERTIFICATE}"]`,
            service.annotations[AWS_CERTIFICATE],
            "The load balancer terminates TLS with this certificate.",
          ),
        ],
      };
    }
    const index = ports.findIndex((port) => isPlainHttp(port) && !endsTls(port));
    if (index >= 0 && ports.every(({ port }) => port !== 443))
      return [weakness(`spec.ports[${index}].port`, 80, "Port 80 is open, and there is no port 443 beside it.")];
    return unknown("Where TLS is terminated, if it is used, is decided by the program behind the load balancer.");
  },
  remedy: null,
});
