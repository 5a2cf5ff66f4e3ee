import { expect, test } from "vitest";
import { configMap, deployment, ingress, service, ingressClass } from "../testing";
import { entriesOf } from "./testing-exposure";

const controller = (name = "nginx", args: readonly string[] = []) =>
  deployment({ name, namespace: "edge", container: { args: ["/nginx-ingress-controller", `--configmap=$(POD_NAMESPACE)/${name}`, ...args] } });
const settings = (data: object, name = "nginx") => configMap({ name, namespace: "edge", data });
const URL = { "global-auth-url": "https://login.example.com/oauth2/auth" };
const nginx = ingressClass("k8s.io/ingress-nginx");
const routed = (annotations: object = {}, path = "/") =>
  ingress({
    metadata: { annotations },
    spec: {
      rules: [{ host: "app.example.com", http: { paths: [{ path, pathType: "Prefix", backend: { service: { name: "app", port: { number: 80 } } } }] } }],
    },
    status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
  });
const haproxy = deployment({ name: "haproxy", namespace: "edge", container: { args: ["--configmap=edge/haproxy"] } });

test.each([
  ["whom its settings name", [controller(), settings(URL), routed()], true],
  ["nobody", [controller(), settings({}), routed()], false],
  ["nobody, since the Ingress says no", [controller(), settings(URL), routed({ "nginx.ingress.kubernetes.io/enable-global-auth": "false" })], false],
  ["nobody on a path that is left out", [controller(), settings({ ...URL, "no-auth-locations": "/healthz, /" }), routed()], false],
  ["nobody below a path that is left out", [controller(), settings({ ...URL, "no-auth-locations": "/public" }), routed({}, "/public/app")], false],
  [
    "nobody below a path that is left out, whatever the Ingress says",
    [
      controller(),
      settings({ "no-auth-locations": "/public" }),
      routed({ "nginx.ingress.kubernetes.io/auth-url": "https://login.example.com" }, "/public/app"),
    ],
    false,
  ],
  ["whom its settings name, where an empty path is left out", [controller(), settings({ ...URL, "no-auth-locations": "" }), routed()], true],
  ["nobody on what asks for certificates by default", [controller(), settings(URL), routed({}, "/.well-known/acme-challenge")], false],
  ["nobody, by settings of another", [controller("nginx", ["--controller-class=k8s.io/internal"]), settings(URL), routed()], false],
  ["nobody by one of two of its class", [controller(), settings(URL), controller("second"), settings({}, "second"), routed()], false],
  ["whom its settings name, beside another that has settings", [controller(), settings(URL), haproxy, settings({}, "haproxy"), routed()], true],
])("asks of everybody what the settings of ingress-nginx say: %s", (_, objects, hasSignIn) => {
  expect(entriesOf(service(), nginx, ...objects)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

test("lets in the networks of its settings where the Ingress names none", () => {
  const limits = settings({ "whitelist-source-range": "10.0.0.0/8, 192.168.0.0/16" });
  expect(entriesOf(service(), nginx, controller(), limits, routed())[0]).toMatchObject({ exposure: "internal" });
  const own = routed({ "nginx.ingress.kubernetes.io/whitelist-source-range": "198.51.100.0/24" });
  expect(entriesOf(service(), nginx, controller(), limits, own)[0]).toMatchObject({ exposure: "external-restricted" });
});
