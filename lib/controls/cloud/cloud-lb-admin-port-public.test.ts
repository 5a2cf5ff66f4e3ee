import { deployment, node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-lb-admin-port-public";

const gcp = node({ spec: { providerID: "gce://p/z/n" } });
const balancer = (ports: readonly object[], part: object = {}) => service({ ...part, spec: { type: "LoadBalancer", ports } });
const LEADS =
  "Port 80 leads to 6379, which is one for administration or data. No annotation asks for an internal load balancer, so the cloud makes a public one.";
const target = { kind: "Service", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "a database port",
      objects: [gcp, balancer([{ port: 80 }, { port: 5432 }])],
      target,
      evidence: [{ path: "spec.ports[1].port", value: "5432" }],
      severity: "critical",
    },
    ...[1433, 2181, 5900, 5986, 9092, 11434, 26257].map((port) => ({
      name: `a data store, a desktop or a model server on ${port}`,
      objects: [gcp, balancer([{ port }])],
      target,
      evidence: [{ path: "spec.ports[0].port", value: String(port) }],
    })),
    {
      name: "a database behind another port",
      objects: [gcp, balancer([{ port: 80, targetPort: 6379 }])],
      target,
      evidence: [{ path: "spec.ports[0].port", value: "80", message: LEADS }],
    },
    {
      name: "a database behind a port with a name",
      objects: [gcp, deployment({ container: { ports: [{ name: "db", containerPort: 5432 }] } }), balancer([{ port: 80, targetPort: "db" }])],
      target,
    },
    {
      name: "a console behind a web port",
      objects: [
        gcp,
        deployment({ container: { image: `docker.io/jenkins/jenkins:2.479.1@sha256:${"0123456789abcdef".repeat(4)}` } }),
        balancer([{ port: 8080 }]),
      ],
      target,
    },
  ],
  passes: [
    { name: "an ordinary port, in a part of a cluster", objects: [gcp, balancer([{ port: 443 }])], target, complete: false },
    {
      name: "a named port, with its pods",
      objects: [gcp, balancer([{ port: 443, targetPort: "web" }]), deployment({ container: { ports: [{ name: "web", containerPort: 8000 }] } })],
      target,
      complete: false,
    },
    {
      name: "ordinary ports, with AWS security groups of one's own",
      objects: [
        node({ spec: { providerID: "aws:///eu-west-1a/i-1" } }),
        balancer([{ port: 443 }], { annotations: { "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1" } }),
      ],
      target,
    },
    { name: "ordinary ports", objects: [gcp, balancer([{ port: 80 }, { port: 443 }])], target },
    { name: "a web port of an ordinary program", objects: [gcp, deployment(), balancer([{ port: 8080 }])], target },
  ],
  notApplicable: [
    { name: "ordinary ports before it has an address", objects: [node(), balancer([{ port: 443 }])], target },
    { name: "another type", objects: [gcp, service()], target },
    { name: "internal", objects: [gcp, balancer([{ port: 5432 }], { annotations: { "networking.gke.io/load-balancer-type": "Internal" } })], target },
  ],
  unknown: [
    {
      name: "AWS security groups of one's own",
      objects: [
        node({ spec: { providerID: "aws:///eu-west-1a/i-1" } }),
        balancer([{ port: 5432 }], { annotations: { "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1" } }),
      ],
      target,
    },
    {
      name: "internal by a word for one cloud, among manifests",
      objects: [balancer([{ port: 5432 }], { annotations: { "networking.gke.io/load-balancer-type": "Internal" } })],
      target,
      complete: false,
    },
    { name: "pending in no known cloud", objects: [node(), balancer([{ port: 5432 }])], target },
    {
      name: "a named port whose pods are not among the manifests",
      objects: [gcp, balancer([{ port: 443, targetPort: "web" }])],
      target,
      complete: false,
      reason: "What listens behind it is not among these manifests.",
    },
    { name: "a web port whose pods are not among the manifests", objects: [gcp, balancer([{ port: 80, targetPort: 8080 }])], target, complete: false },
    { name: "workloads cannot be listed", objects: [gcp, balancer([{ port: 5432 }])], target, missing: ["workloads"] },
  ],
});
