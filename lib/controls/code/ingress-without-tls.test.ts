import { ingress } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-without-tls";

const rule = (host?: string) => ({
  ...(host && { host }),
  http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "app", port: { number: 80 } } } }] },
});

describeControl(control, {
  fails: [
    { name: "no TLS at all", objects: [ingress({ spec: { tls: null } })], evidence: [{ path: "spec.rules[0].host", value: "app.example.com" }] },
    {
      name: "TLS for another host",
      objects: [ingress({ spec: { tls: [{ hosts: ["other.example.com"], secretName: "x" }] } })],
      evidence: [{ path: "spec.rules[0].host" }],
    },
    {
      name: "one of two hosts",
      objects: [ingress({ spec: { rules: [rule("app.example.com"), rule("b.example.com")] } })],
      evidence: [{ path: "spec.rules[1].host", value: "b.example.com" }],
    },
    { name: "a rule without a host", objects: [ingress({ spec: { rules: [rule()] } })], evidence: [{ path: "spec.rules[0]", value: null }] },
    { name: "a wildcard covers one label only", objects: [ingress({ spec: { rules: [rule("a.b.example.com")], tls: [{ hosts: ["*.example.com"] }] } })] },
    { name: "plain HTTP is allowed beside TLS", objects: [ingress({ annotations: { "kubernetes.io/ingress.allow-http": "true" } })], severity: "low" },
    {
      name: "a default backend beside a host that is covered",
      objects: [ingress({ spec: { defaultBackend: { service: { name: "app", port: { number: 80 } } } } })],
      evidence: [{ path: "spec.defaultBackend" }],
    },
    {
      name: "only a default backend",
      objects: [ingress({ spec: { rules: null, tls: null, defaultBackend: { service: { name: "app", port: { number: 80 } } } } })],
      evidence: [{ path: "spec.defaultBackend" }],
    },
  ],
  passes: [
    {
      name: "a default backend, covered with all else",
      objects: [ingress({ spec: { tls: [{ secretName: "all" }], defaultBackend: { service: { name: "app", port: { number: 80 } } } } })],
    },
    { name: "every host is covered", objects: [ingress({})] },
    { name: "a wildcard covers the host", objects: [ingress({ spec: { rules: [rule("a.example.com")], tls: [{ hosts: ["*.example.com"] }] } })] },
    { name: "an entry without hosts covers all", objects: [ingress({ spec: { rules: [rule(), rule("x.example.com")], tls: [{ secretName: "all" }] } })] },
    {
      name: "the load balancer has the certificate",
      objects: [ingress({ annotations: { "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:1:certificate/x" }, spec: { tls: null } })],
    },
    { name: "odd shapes", objects: [ingress({ spec: { rules: "none", tls: 7 } })] },
  ],
});
