import { describeControl } from "../testing";
import control from "./gateway-cross-namespace";

const gateway = (from: string | null, hostname?: string, selector?: object) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "public", namespace: "edge" },
  spec: {
    listeners: [
      {
        name: "https",
        port: 443,
        protocol: "HTTPS",
        ...(hostname && { hostname }),
        tls: { certificateRefs: [{ name: "c" }] },
        ...(from && { allowedRoutes: { namespaces: { from, ...(selector && { selector }) } } }),
      },
    ],
  },
});

describeControl(control, {
  fails: [
    {
      name: "every namespace",
      objects: [gateway("All")],
      evidence: [{ path: "spec.listeners[0].allowedRoutes.namespaces.from", value: "All" }],
      severity: "medium",
    },
    {
      name: "a selector that selects every namespace",
      objects: [gateway("Selector", undefined, {})],
      evidence: [{ path: "spec.listeners[0].allowedRoutes.namespaces.selector" }],
      severity: "medium",
    },
    { name: "every namespace for one host", objects: [gateway("All", "app.example.com")], severity: "low" },
  ],
  passes: [
    { name: "its own namespace, the default", objects: [gateway(null)] },
    { name: "chosen namespaces", objects: [gateway("Selector", undefined, { matchLabels: { team: "shop" } })] },
  ],
});
