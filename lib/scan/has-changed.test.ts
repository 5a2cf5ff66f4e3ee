import { expect, it } from "vitest";
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
