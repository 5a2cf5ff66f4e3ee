import { describe, expect, it } from "vitest";
import { toReadLine } from "./read-line";

describe("toReadLine", () => {
  it("keeps the last step and the value apart from the way there", () => {
    expect(toReadLine("containers[app].securityContext.runAsNonRoot: not set")).toEqual({
      head: "containers[app].securityContext",
      step: ".runAsNonRoot",
      value: "not set",
    });
    expect(toReadLine('metadata.labels["pod-security.kubernetes.io/enforce"]: baseline')).toEqual({
      head: "metadata.labels",
      step: '["pod-security.kubernetes.io/enforce"]',
      value: "baseline",
    });
    expect(toReadLine("containers[app].securityContext.capabilities.add[0]: NET_ADMIN")).toEqual({
      head: "containers[app].securityContext.capabilities",
      step: ".add[0]",
      value: "NET_ADMIN",
    });
    expect(toReadLine("rules[1]: none")).toEqual({ head: "rules", step: "[1]", value: "none" });
    expect(toReadLine("hostPID: true")).toEqual({ head: "", step: "hostPID", value: "true" });
    expect(toReadLine("volumes[1].hostPath.path: /run/a: b")).toEqual({ head: "volumes[1].hostPath", step: ".path", value: "/run/a: b" });
  });

  it("says subjects and rules as people do, and leaves every other value alone", () => {
    const valueIn = (value: string) => toReadLine(`subjects[0]: ${value}`)?.value;
    expect(valueIn('{"kind":"ServiceAccount","namespace":"checkout","name":"cart"}')).toBe("ServiceAccount checkout/cart");
    expect(valueIn('{"kind":"Group","name":"ops"}')).toBe("Group ops");
    expect(valueIn('{"verbs":["get","list"],"apiGroups":[""],"resources":["secrets","pods/exec"]}')).toBe("get, list on secrets, pods/exec");
    expect(valueIn('{"verbs":["get"],"nonResourceURLs":["/metrics"]}')).toBe("get on /metrics");
    for (const other of ['{"app":"web"}', '{"verbs":["get"],"resou', "{}", "{[", "not set"]) expect(valueIn(other)).toBe(other);
  });

  it("takes a sentence for a sentence", () => {
    for (const sentence of ["", "Pods can connect to 169.254.169.254: No policy isolates the pod for egress.", "No RuntimeClass names a sandbox."]) {
      expect(toReadLine(sentence)).toBeNull();
    }
  });
});
