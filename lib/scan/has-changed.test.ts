import { expect, it } from "vitest";
import { redact } from "@/lib/inventory/secrets/redact";
import type { Evidence } from "@/lib/model/verdict";
import { hasChanged } from "./has-changed";

const at = (path: string, container?: string): Evidence => ({ path, value: null, message: "", ...(container !== undefined && { container }) });
const pod = (fields: object, ...names: string[]) => ({ spec: { ...fields, containers: names.map((name) => ({ name, tty: true })) } });
const [pid, ipc] = [at("spec.hostPID"), at("spec.hostIPC")];

it("needs each field that failed to be otherwise", () => {
  const before = pod({ hostPID: true, hostIPC: true });
  expect(hasChanged([pid], before, pod({ hostPID: false, hostIPC: true }))).toBe(true);
  expect(hasChanged([pid, ipc], before, pod({ hostPID: false, hostIPC: true }))).toBe(false);
  expect(hasChanged([pid, ipc], before, pod({}))).toBe(true);
});

it("takes a container that came or went for a change, and tells nothing of what no version shows", () => {
  const tty = at("spec.containers[0].tty", "app");
  expect(hasChanged([tty], pod({}, "app"), pod({}, "other"))).toBe(true);
  expect(hasChanged([tty], pod({}, "other"), pod({}, "app"))).toBe(true);
  expect(hasChanged([tty], pod({}, "app"), pod({}, "other", "app"))).toBe(false);
  expect(hasChanged([tty], pod({}, "a"), pod({}, "b"))).toBe(false);
  expect(hasChanged([at("")], pod({}, "a"), pod({}, "b"))).toBe(false);
  expect(hasChanged([at(""), pid], pod({ hostPID: true }), pod({}))).toBe(true);
});

it("sees a change behind what evidence shows of a long value", () => {
  const snippet = (end: string) => ({ metadata: { annotations: { snippet: `${"more_set_headers; ".repeat(20)}${end}` } } });
  expect(hasChanged([at("metadata.annotations.snippet")], snippet("a"), snippet("b"))).toBe(true);
  expect(hasChanged([at("metadata.annotations.snippet")], snippet("a"), snippet("a"))).toBe(false);
});

it("takes no credential for changed that an earlier release stored as it stood", () => {
  const kept = (value: string) => ({ apiVersion: "v1", kind: "Pod", metadata: { annotations: { "example.com/password": value } } });
  const asked = [at('metadata.annotations["example.com/password"]')];
  expect(hasChanged(asked, kept("Tr0ub4dor33"), redact(kept("Tr0ub4dor33")))).toBe(false);
  expect(hasChanged(asked, kept("Tr0ub4dor33"), redact(kept("Tr0ub4dor33x")))).toBe(true);
  expect(hasChanged(asked, kept("none"), redact(kept("Tr0ub4dor33")))).toBe(true);
});

it("takes nothing for changed that an earlier release hid and this one shows", () => {
  const config = (data: object) => ({ apiVersion: "v1", kind: "ConfigMap", data });
  const asked = [at("data.rules")];
  const hidden = config({ rules: "token: «redacted: named-literal, 9 characters»" });
  const whole = config({ rules: "«redacted: named-literal, 9 characters»" });
  expect(hasChanged(asked, hidden, config({ rules: 'expr: logins{token="x1y2z3w4v"}\n' }))).toBe(false);
  expect(hasChanged(asked, hidden, config({ rules: "token: «redacted: named-literal, 8 characters»" }))).toBe(true);
  expect(hasChanged(asked, whole, config({ rules: "x1y2z3w4v" }))).toBe(false);
  expect(hasChanged(asked, whole, config({ rules: "\u0024{TOKEN}" }))).toBe(true);
  expect(hasChanged(asked, hidden, config({}))).toBe(true);
});
