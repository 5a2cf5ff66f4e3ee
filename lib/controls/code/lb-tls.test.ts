import { node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./lb-tls";

const aws = node({ spec: { providerID: "aws:///a/i-1" } });
const open = { type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/24"] };
const balancer = (ports: readonly number[], annotations: Record<string, string> = {}) =>
  service({ annotations, spec: { ...open, ports: ports.map((port) => ({ port })) } });
const CERTIFICATE = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";
const TLS_PORTS = "service.beta.kubernetes.io/aws-load-balancer-ssl-ports";
const target = { kind: "Service", name: "app" };

describeControl(control, {
  fails: [
    { name: "plain HTTP alone", objects: [aws, balancer([80])], target, evidence: [{ path: "spec.ports[0].port", value: "80" }] },
    {
      name: "a certificate by an annotation of another cloud",
      objects: [node({ spec: { providerID: "gce://a/b/c" } }), balancer([80], { [CERTIFICATE]: "arn:aws:acm:x" })],
      target,
    },
    {
      name: "a certificate for another port",
      objects: [aws, balancer([80, 8443], { [CERTIFICATE]: "arn:aws:acm:x", [TLS_PORTS]: "8443" })],
      target,
      evidence: [{ path: "spec.ports[0].port", value: "80" }],
    },
  ],
  passes: [
    {
      name: "the load balancer has a certificate",
      objects: [aws, balancer([443], { [CERTIFICATE]: "arn:aws:acm:x" })],
      target,
    },
    {
      name: "the load balancer has a certificate, and its host name shows whose it is",
      objects: [
        service({
          annotations: { [CERTIFICATE]: "arn:aws:acm:x" },
          spec: { ...open, ports: [{ port: 443 }] },
          status: { loadBalancer: { ingress: [{ hostname: "a-1.eu-west-1.elb.amazonaws.com" }] } },
        }),
      ],
      target,
      complete: false,
    },
    {
      name: "the load balancer has a certificate for each of the ports",
      objects: [aws, balancer([80, 443], { [CERTIFICATE]: "arn:aws:acm:x", [TLS_PORTS]: "443, 80" })],
      target,
    },
  ],
  notApplicable: [
    { name: "another type", objects: [aws, service()], target },
    { name: "internal", objects: [aws, balancer([80], { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" })], target },
  ],
  unknown: [
    { name: "a certificate for one of its ports", objects: [aws, balancer([80, 443], { [CERTIFICATE]: "arn:aws:acm:x", [TLS_PORTS]: "443" })], target },
    { name: "port 80 of UDP", objects: [aws, service({ spec: { ...open, ports: [{ port: 80, protocol: "UDP" }] } })], target },
    { name: "a port 80 that speaks HTTPS", objects: [aws, service({ spec: { ...open, ports: [{ port: 80, appProtocol: "https" }] } })], target },
    { name: "TLS ends elsewhere", objects: [aws, balancer([80, 443])], target },
    { name: "no address yet", objects: [node(), balancer([80])], target },
    { name: "a certificate that one cloud alone heeds, in no known cloud", objects: [node(), balancer([80], { [CERTIFICATE]: "arn:aws:acm:x" })], target },
    { name: "such a certificate among manifests", objects: [balancer([443], { [CERTIFICATE]: "arn:aws:acm:x" })], target, complete: false },
    {
      name: "internal by a word for one cloud, among manifests",
      objects: [balancer([80], { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" })],
      target,
      complete: false,
    },
  ],
});
