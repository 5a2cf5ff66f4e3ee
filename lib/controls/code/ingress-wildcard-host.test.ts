import { ingress } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-wildcard-host";

const hosts = (...names: (string | undefined)[]) =>
  ingress({ spec: { tls: [{ secretName: "all" }], rules: names.map((host) => ({ ...(host && { host }), http: { paths: [] } })) } });

describeControl(control, {
  fails: [
    { name: "a rule without a host", objects: [hosts("app.example.com", undefined)], evidence: [{ path: "spec.rules[1].host", value: null }] },
    { name: "a lone star", objects: [hosts("*")], evidence: [{ path: "spec.rules[0].host", message: "The rule answers for every name." }] },
    { name: "a wildcard", objects: [hosts("*.example.com")], evidence: [{ path: "spec.rules[0].host", value: "*.example.com" }] },
    {
      name: "a default backend and no rule",
      objects: [ingress({ spec: { rules: null, defaultBackend: { service: { name: "app", port: { number: 80 } } } } })],
      evidence: [{ path: "spec.defaultBackend", message: "Without rules, the default backend answers for every name." }],
    },
  ],
  passes: [
    { name: "every rule names its host", objects: [ingress()] },
    {
      name: "rules that name their hosts, and a default backend",
      objects: [ingress({ spec: { defaultBackend: { service: { name: "app", port: { number: 80 } } } } })],
    },
    { name: "no rules", objects: [ingress({ spec: { rules: null } })] },
  ],
});
