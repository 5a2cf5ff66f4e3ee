import { node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-lb-unrestricted";

const aws = node({ spec: { providerID: "aws:///eu-west-1a/i-1" } });
const gcp = node({ spec: { providerID: "gce://p/z/n" } });
const kind = node({ spec: { providerID: "kind://docker/kind/a" } });
const balancer = (part: object = {}, spec: object = {}) => service({ ...part, spec: { type: "LoadBalancer", ports: [{ port: 5000 }], ...spec } });
const azure = node({ spec: { providerID: "azure:///subscriptions/s/resourceGroups/g" } });
const hetzner = node({ spec: { providerID: "hcloud://1" } });
const linode = node({ spec: { providerID: "linode://1" } });
const digitalOcean = node({ spec: { providerID: "digitalocean://1" } });
const alibaba = node({ spec: { providerID: "alicloud://cn-hangzhou.i-1" } });
const ofK8s = (name: string, value: string) => ({ annotations: { [`service.beta.kubernetes.io/${name}`]: value } });
const linodeAcl = (lists: object) => ofK8s("linode-loadbalancer-firewall-acl", JSON.stringify(lists));
const at = (ip: string) => ({ status: { loadBalancer: { ingress: [{ ip }] } } });
const named = (hostname: string, ...more: readonly object[]) => ({ status: { loadBalancer: { ingress: [{ hostname }, ...more] } } });
const ofAws = (part: Readonly<Record<string, string>>) => ({
  annotations: Object.fromEntries(Object.entries(part).map(([name, value]) => [`service.beta.kubernetes.io/aws-load-balancer-${name}`, value])),
});
const ofAzure = (name: string, value: string) => ({ annotations: { [`service.beta.kubernetes.io/azure-${name}`]: value } });
const NARROW = { loadBalancerSourceRanges: ["198.51.100.0/24"] };

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
    { name: "the AWS controller, told by the older annotation not to be internal", objects: [aws, balancer(ofAws({ type: "external", internal: "false" }))] },
    {
      name: "the AWS controller, whose scheme counts before the older annotation",
      objects: [aws, balancer(ofAws({ scheme: "internet-facing", internal: "true" }), { loadBalancerClass: "service.k8s.aws/nlb" })],
    },
    {
      name: "a public load balancer, whose maker does not heed the scheme",
      objects: [aws, balancer({ ...ofAws({ scheme: "internal" }), ...named("a0b1-1234567890.eu-west-1.elb.amazonaws.com") })],
      evidence: [{ path: "spec.loadBalancerSourceRanges", value: null }],
    },
    {
      name: "a network load balancer that is there, whose maker does not heed the scheme",
      objects: [aws, balancer({ ...ofAws({ scheme: "internal", type: "nlb" }), ...named("a0b1-123.elb.eu-west-1.amazonaws.com") })],
      evidence: [{ path: "spec.loadBalancerSourceRanges", value: null }],
    },
    {
      name: "ranges on a NodeBalancer of Linode, which ignores them",
      objects: [linode, balancer({ ...ofK8s("linode-loadbalancer-throttle", "4"), ...at("172.105.1.2") }, NARROW)],
      remedy: false,
      evidence: [
        { path: "spec.loadBalancerSourceRanges", message: "Load balancers of this cloud ignore source ranges. Its address 172.105.1.2 is on the internet." },
      ],
    },
    {
      name: "a firewall of Linode that admits everyone",
      objects: [linode, balancer(linodeAcl({ allowList: { ipv4: ["10.0.0.0/8"], ipv6: ["::/0"] } }))],
      remedy: false,
      evidence: [{ path: 'metadata.annotations["service.beta.kubernetes.io/linode-loadbalancer-firewall-acl"]', value: "::/0" }],
    },
    {
      name: "a firewall of Linode that keeps a few out",
      objects: [linode, balancer(linodeAcl({ denyList: { ipv4: ["10.0.0.0/8"] } }), NARROW)],
      remedy: false,
      evidence: [{ path: "spec.loadBalancerSourceRanges" }],
    },
    {
      name: "a rule of DigitalOcean that admits everyone",
      objects: [digitalOcean, balancer(ofK8s("do-loadbalancer-allow-rules", "cidr:0.0.0.0/0"))],
      evidence: [{ path: 'metadata.annotations["service.beta.kubernetes.io/do-loadbalancer-allow-rules"]', value: "0.0.0.0/0" }],
    },
    {
      name: "ranges that another cloud would heed",
      objects: [aws, balancer(ofAzure("allowed-ip-ranges", "198.51.100.0/24"))],
      evidence: [{ path: "spec.loadBalancerSourceRanges", value: null }],
    },
    {
      name: "every address by its Azure tag, beside another",
      objects: [azure, balancer(ofAzure("allowed-service-tags", "AzureCloud, Internet"))],
      evidence: [{ path: 'metadata.annotations["service.beta.kubernetes.io/azure-allowed-service-tags"]', value: "0.0.0.0/0" }],
    },
    {
      name: "Hetzner, which heeds no ranges",
      objects: [hetzner, balancer({ annotations: { "load-balancer.hetzner.cloud/location": "fsn1" }, ...at("167.235.1.2") }, NARROW)],
      evidence: [{ path: "spec.loadBalancerSourceRanges", value: '["198.51.100.0/24"]' }],
      remedy: false,
    },
    { name: "the annotation tells the cloud", objects: [balancer({ annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" } })] },
  ],
  passes: [
    { name: "a firewall of Linode that admits named networks", objects: [linode, balancer(linodeAcl({ allowList: { ipv4: ["198.51.100.0/24"] } }), NARROW)] },
    {
      name: "rules of DigitalOcean that admit named networks",
      objects: [digitalOcean, balancer(ofK8s("do-loadbalancer-allow-rules", "cidr:198.51.100.0/24, ip:203.0.113.7"))],
    },
    {
      name: "ranges of DigitalOcean, which count before its rules",
      objects: [digitalOcean, balancer(ofK8s("do-loadbalancer-allow-rules", "cidr:0.0.0.0/0"), NARROW)],
    },
    { name: "Azure tags", objects: [azure, balancer(ofAzure("allowed-service-tags", "AzureFrontDoor.Backend"))] },
    { name: "a program of the cluster, on machines of Hetzner", objects: [hetzner, balancer(at("167.235.1.2"), { loadBalancerClass: "metallb", ...NARROW })] },
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
    { name: "a GKE class for internal ones", objects: [gcp, balancer({}, { loadBalancerClass: "networking.gke.io/l4-regional-internal" })] },
    {
      name: "a program of the cluster that gives it a private address and a name",
      objects: [aws, balancer(named("app.tail1234.ts.net", { ip: "100.101.102.103" }), { loadBalancerClass: "tailscale" })],
    },
    { name: "a class of Tailscale, without an address", objects: [aws, balancer({}, { loadBalancerClass: "tailscale" })] },
    { name: "narrow ranges in no known cloud", objects: [node(), balancer(at("34.1.2.3"), { loadBalancerSourceRanges: ["198.51.100.0/24"] })] },
    { name: "narrow ranges before it has an address", objects: [node(), balancer({}, { loadBalancerSourceRanges: ["198.51.100.0/24"] })] },
    { name: "another type", objects: [aws, service()] },
    {
      name: "a network load balancer whose controller heeds the scheme",
      objects: [aws, balancer({ ...ofAws({ scheme: "internal", type: "external" }), ...named("a0b1-123.elb.eu-west-1.amazonaws.com") })],
    },
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
      name: "Oracle, in another spelling",
      objects: [
        node({ spec: { providerID: "ocid1.instance.oc1.fra.a" } }),
        balancer({ annotations: { "service.beta.kubernetes.io/oci-load-balancer-internal": "True" } }),
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
    { name: "a class that one cloud alone heeds, among manifests", objects: [balancer({}, { loadBalancerClass: "service.k8s.aws/nlb" })], complete: false },
    {
      name: "a word for one cloud, and an address that is private",
      objects: [balancer({ ...ofAws({ scheme: "internal" }), ...at("10.0.0.9") })],
      complete: false,
    },
  ],
  unknown: [
    { name: "a class of a program of the cluster, without an address", objects: [aws, balancer({}, { loadBalancerClass: "example.com/edge" })] },
    { name: "AWS security groups of one's own", objects: [aws, balancer(ofAws({ scheme: "internet-facing", "security-groups": "sg-1" }), NARROW)] },
    { name: "a list of Linode that nobody can read", objects: [linode, balancer(ofK8s("linode-loadbalancer-firewall-acl", '{"allowList": {},}'))] },
    { name: "a firewall of Linode", objects: [linode, balancer(ofK8s("linode-loadbalancer-firewall-id", "1234"))] },
    { name: "an access list of Alibaba", objects: [alibaba, balancer(ofK8s("alibaba-cloud-loadbalancer-acl-id", "acl-1"))] },
    { name: "ranges on machines of Linode, and no word on what makes it", objects: [linode, balancer(at("172.105.1.2"), NARROW)] },
    { name: "AWS prefix lists", objects: [aws, balancer(ofAws({ scheme: "internet-facing", "security-group-prefix-lists": "pl-1" }))] },
    { name: "ranges on machines of Hetzner, and no word on what makes it", objects: [hetzner, balancer(at("167.235.1.2"), NARROW)] },
    { name: "pending in no known cloud", objects: [node(), balancer()] },
    { name: "a set of manifests", objects: [balancer()], complete: false },
    { name: "internal by a word for one cloud, among manifests", objects: [balancer(ofAws({ scheme: "internal" }))], complete: false },
    { name: "internal by default of a controller of one cloud, among manifests", objects: [balancer(ofAws({ type: "external" }))], complete: false },
  ],
});
