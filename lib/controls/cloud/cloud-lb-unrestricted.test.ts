import { node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-lb-unrestricted";

const aws = node({ spec: { providerID: "aws:///eu-west-1a/i-1" } });
const gcp = node({ spec: { providerID: "gce://p/z/n" } });
const kind = node({ spec: { providerID: "kind://docker/kind/a" } });
const balancer = (part: object = {}, spec: object = {}) => service({ ...part, spec: { type: "LoadBalancer", ports: [{ port: 5000 }], ...spec } });
const at = (ip: string) => ({ status: { loadBalancer: { ingress: [{ ip }] } } });

describeControl(control, {
  fails: [
    { name: "public, without ranges", objects: [aws, balancer()], evidence: [{ path: "spec.loadBalancerSourceRanges", value: null }], severity: "high" },
    { name: "web ports only", objects: [aws, balancer({}, { ports: [{ port: 80 }, { port: 443 }] })], severity: "medium" },
    {
      name: "a range that admits everyone",
      objects: [aws, balancer({}, { loadBalancerSourceRanges: ["10.0.0.0/8", "0.0.0.0/0"] })],
      evidence: [{ path: "spec.loadBalancerSourceRanges[1]", value: "0.0.0.0/0" }],
    },
    {
      name: "a range in the annotation admits everyone",
      objects: [aws, balancer({ annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8, ::/0" } })],
    },
    { name: "a public address, wherever it runs", objects: [node(), balancer(at("34.1.2.3"))] },
    {
      name: "a public address, whatever the annotation of another cloud asks for",
      objects: [gcp, balancer({ annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" }, ...at("34.1.2.3") })],
      evidence: [{ path: "spec.loadBalancerSourceRanges", value: null }],
    },
    {
      name: "no address yet, and an annotation of another cloud, which this one does not heed",
      objects: [aws, balancer({ annotations: { "networking.gke.io/load-balancer-type": "Internal" } })],
    },
    {
      name: "a class of another cloud's controller",
      objects: [gcp, balancer({}, { loadBalancerClass: "service.k8s.aws/nlb" })],
    },
    { name: "the annotation tells the cloud", objects: [balancer({ annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" } })] },
  ],
  passes: [
    { name: "narrow ranges", objects: [aws, balancer({}, { loadBalancerSourceRanges: ["198.51.100.0/24"] })] },
    {
      name: "narrow ranges beside an annotation, which then counts for nothing",
      objects: [
        aws,
        balancer({ annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" } }, { loadBalancerSourceRanges: ["198.51.100.0/24"] }),
      ],
    },
  ],
  notApplicable: [
    { name: "narrow ranges in no known cloud", objects: [node(), balancer(at("34.1.2.3"), { loadBalancerSourceRanges: ["198.51.100.0/24"] })] },
    { name: "narrow ranges before it has an address", objects: [node(), balancer({}, { loadBalancerSourceRanges: ["198.51.100.0/24"] })] },
    { name: "another type", objects: [aws, service()] },
    { name: "an internal scheme", objects: [aws, balancer({ annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } })] },
    { name: "internal, in another spelling", objects: [aws, balancer({ annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "True" } })] },
    { name: "internal by default of the AWS controller", objects: [aws, balancer({}, { loadBalancerClass: "service.k8s.aws/nlb" })] },
    {
      name: "DigitalOcean, in its own network",
      objects: [
        node({ spec: { providerID: "digitalocean://1" } }),
        balancer({ annotations: { "service.beta.kubernetes.io/do-loadbalancer-network": "INTERNAL" } }),
      ],
    },
    {
      name: "Scaleway, in a private network",
      objects: [
        node({ spec: { providerID: "scaleway://instance/a" } }),
        balancer({ annotations: { "service.beta.kubernetes.io/scw-loadbalancer-private": "true" } }),
      ],
    },
    { name: "GKE, with a capital", objects: [balancer({ annotations: { "networking.gke.io/load-balancer-type": "Internal" } })] },
    { name: "a private address", objects: [node(), balancer(at("10.0.0.9"))] },
    { name: "an internal host name", objects: [aws, balancer({ status: { loadBalancer: { ingress: [{ hostname: "internal-a.elb.amazonaws.com" }] } } })] },
    { name: "pending in kind", objects: [kind, balancer()] },
  ],
  unknown: [
    { name: "pending in no known cloud", objects: [node(), balancer()] },
    { name: "a set of manifests", objects: [balancer()], complete: false },
  ],
});
