import { node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./lb-tls";

const aws = node({ spec: { providerID: "aws:///a/i-1" } });
const balancer = (ports: readonly number[], annotations: Record<string, string> = {}) =>
  service({ annotations, spec: { type: "LoadBalancer", ports: ports.map((port) => ({ port })), loadBalancerSourceRanges: ["198.51.100.0/24"] } });
const target = { kind: "Service", name: "app" };

describeControl(control, {
  fails: [{ name: "plain HTTP alone", objects: [aws, balancer([80])], target, evidence: [{ path: "spec.ports[0].port", value: "80" }] }],
  passes: [
    {
      name: "the load balancer has a certificate",
      objects: [aws, balancer([443], { "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:aws:acm:x" })],
      target,
    },
  ],
  notApplicable: [
    { name: "another type", objects: [aws, service()], target },
    { name: "internal", objects: [aws, balancer([80], { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" })], target },
  ],
  unknown: [
    { name: "TLS ends elsewhere", objects: [aws, balancer([80, 443])], target },
    { name: "no address yet", objects: [node(), balancer([80])], target },
  ],
});
