import { expect, test } from "vitest";
import { routeTlsView } from "./route-tls";
import { contextWithout } from "./testing-exposure";

const gateway = {
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name: "public", namespace: "edge" },
  spec: { selector: { app: "ingress" }, servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }] },
};

test("VirtualServices that were not read leave open what a Gateway serves", () => {
  const answer = (...unread: readonly string[]) => {
    const { slices, view } = contextWithout(unread, gateway);
    return slices.customRoutes.map(view(routeTlsView));
  };
  expect(answer()).toEqual([{ plain: [], untold: null }]);
  expect(answer("VirtualService")).toEqual([
    { plain: [], untold: "Whether VirtualServices are served over plain HTTP there was not read: Listing VirtualService was refused." },
  ]);
});
