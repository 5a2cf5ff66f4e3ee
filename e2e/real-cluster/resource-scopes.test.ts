import { expect, test } from "vitest";
import { isOutOfReach } from "@/lib/graph/rbac/cluster-resources";
import { dig, records, text } from "@/lib/model/json";
import { describeOnCluster } from "./describe-on-cluster";

/** A group of Kubernetes itself: those of the tests' own kinds end otherwise. */
const BUILT_IN = /^(?:[a-z]+|.+\.k8s\.io)$/;

describeOnCluster("resources without a namespace", {}, (controlPlane) => {
  const read = async (path: string): Promise<unknown> => (await controlPlane.request("GET", path)).body;

  test("are those of which a RoleBinding gives nothing", async () => {
    const groups = records(dig(await read("/apis"), "groups")).filter(({ name }) => BUILT_IN.test(text(name) ?? ""));
    const places = groups.flatMap(({ name, versions }) =>
      records(versions).map(({ groupVersion }) => ({ group: text(name) ?? "", path: `/apis/${String(groupVersion)}` })),
    );
    const seen = new Set<boolean>();
    for (const { group, path } of [{ group: "", path: "/api/v1" }, ...places]) {
      for (const { name, namespaced } of records(dig(await read(path), "resources"))) {
        const resource = text(name) ?? "";
        // Of namespaces a RoleBinding gives that in which it is.
        if (/^namespaces(?:\/|$)/.test(resource)) continue;
        seen.add(namespaced === true);
        expect(isOutOfReach({ verb: "get", group, resource }), `${resource}.${group}`).toBe(namespaced === false);
      }
    }
    expect(seen.size).toBe(2);
  });
});
