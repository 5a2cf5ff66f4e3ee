import { describe, expect, it } from "vitest";
import { findFieldManager, toFieldManagers } from "./field-managers";

const object = {
  spec: {
    replicas: 2,
    template: {
      spec: {
        hostPID: true,
        containers: [
          { name: "app", image: "a" },
          { name: "log", securityContext: { privileged: true } },
        ],
      },
    },
  },
};
const metadata = {
  managedFields: [
    {
      manager: "helm",
      operation: "Update",
      time: "2026-01-01T00:00:00Z",
      fieldsV1: { "f:spec": { "f:template": { "f:spec": { "f:containers": { 'k:{"name":"app"}': { ".": {}, "f:image": {} } }, "f:x": {}, "f:y": {} } } } },
    },
    {
      manager: "kubectl-edit",
      operation: "Update",
      time: "2026-05-05T00:00:00Z",
      fieldsV1: { "f:spec": { "f:template": { "f:spec": { "f:containers": { 'k:{"name":"log"}': { "f:securityContext": {} } } } } } },
    },
    { manager: "hpa", operation: "Update", subresource: "scale", fieldsV1: { "f:spec": { "f:replicas": {} } } },
    { manager: "kube-controller-manager", operation: "Update", subresource: "status", fieldsV1: { "f:status": { "f:replicas": {} } } },
  ],
};
const managers = toFieldManagers(metadata);
const whoSet = (path: string) => findFieldManager(managers, object, path)?.manager ?? null;

describe("findFieldManager", () => {
  it("finds who set a field of one container, by the container's name", () => {
    expect(whoSet("spec.template.spec.containers[1].securityContext.privileged")).toBe("kubectl-edit");
    expect(findFieldManager(managers, object, "spec.template.spec.containers[1].securityContext.privileged")?.at).toBe("2026-05-05T00:00:00Z");
    expect(whoSet("spec.replicas")).toBe("hpa");
  });

  it("gives everything else to the author of the most fields", () => {
    expect(whoSet("spec.template.spec.hostPID")).toBe("helm");
    expect(whoSet("spec.template.spec.containers[0].image")).toBe("helm");
  });

  it("takes the newest of several who set the same, and finds an item of a list by its value", () => {
    const entry = (manager: string, time: string | undefined, finalizers: object) => ({
      manager,
      time,
      fieldsV1: { "f:metadata": { "f:finalizers": finalizers } },
    });
    const metadata = { finalizers: ["a", "b"] };
    const owners = toFieldManagers({
      managedFields: [
        entry("first", "2026-05-05T00:00:00Z", { 'v:"b"': {} }),
        entry("undated", undefined, { 'v:"b"': {} }),
        entry("newest", "2026-06-06T00:00:00Z", { 'v:"b"': {} }),
        entry("other", "2026-07-07T00:00:00Z", { 'v:"a"': {} }),
        { manager: "most", fieldsV1: { "f:metadata": { "f:labels": { "f:a": {}, "f:b": {}, "f:c": {}, "f:d": {} } } } },
      ],
    });
    expect(findFieldManager(owners, { metadata }, "metadata.finalizers[1]")?.manager).toBe("newest");
    expect(findFieldManager(owners, { metadata }, "metadata.finalizers[0]")?.manager).toBe("other");
  });

  it("knows nobody for a field that is not set, nor without managed fields", () => {
    expect(whoSet("spec.template.spec.hostIPC")).toBeNull();
    expect(findFieldManager([], object, "spec.replicas")).toBeNull();
  });

  it("leaves out whoever writes only status", () => {
    expect(managers.map((manager) => manager.manager)).toEqual(["helm", "kubectl-edit", "hpa"]);
  });

  it.each([null, "x", [null], [{ fieldsV1: "x" }], [{ manager: 3, fieldsV1: { "f:spec": null } }]])(
    "makes something harmless of managedFields %j",
    (managedFields) => {
      expect(() => findFieldManager(toFieldManagers({ managedFields }), object, "spec.replicas")).not.toThrow();
    },
  );
});
