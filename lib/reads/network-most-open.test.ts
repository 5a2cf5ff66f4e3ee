import { expect, it } from "vitest";
import { GET as getNetwork } from "@/app/api/v1/clusters/[cluster]/network/route";
import { deployment, namespace, networkPolicy } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

it("of more namespaces than a matrix holds, the most open are shown, by name, and those of the platform last", async () => {
  const cluster = await startScanned();
  try {
    const closed = ["a", "b"].map((name) => networkPolicy({ name: "closed", namespace: name, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } }));
    const names = ["a", "b", "c", "d", "e", "kube-system"];
    const apps = [...names, "d"].map((name, index) => deployment({ name: `app-${index}`, namespace: name }));
    const at = await cluster.scan([...names.map((name) => namespace({ name })), ...apps, ...closed]);
    const columns = async (query: string) => (await cluster.ask(getNetwork, `?at=${at}${query}`)).columns;
    expect(await columns("&limit=2")).toEqual(["~", "c", "d"]);
    expect(await columns("&limit=1")).toEqual(["~", "d"]);
    expect(await columns("&limit=4")).toEqual(["~", "a", "c", "d", "e"]);
    expect(await columns("")).toEqual(["~", ...names]);
  } finally {
    await cluster.stop();
  }
});

it("one that is open to the outside alone is more open than one that is closed", async () => {
  const cluster = await startScanned();
  try {
    const policy = (name: string, spec: object) =>
      networkPolicy({ name: "rules", namespace: name, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ...spec } });
    const names = ["a", "b", "c"];
    const policies = [policy("a", {}), policy("b", {}), policy("c", { egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }, { ipBlock: { cidr: "::/0" } }] }] })];
    const at = await cluster.scan([...names.map((name) => namespace({ name })), ...names.map((name) => deployment({ name, namespace: name })), ...policies]);
    const body = await cluster.ask(getNetwork, `?at=${at}&limit=1`);
    expect(body.columns).toEqual(["~", "c"]);
    expect(body.counts).toEqual({ open: 0, restricted: 0, closed: 6, unknown: 0 });
  } finally {
    await cluster.stop();
  }
});
