import { expect, test } from "vitest";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { readFlags, readGate, toInteger, toSwitch } from "./component-flags";
import { listContainers } from "../workloads/pod-view";

function flagsOf(container: object) {
  const [first] = listContainers({ containers: [{ name: "kube-apiserver", ...container }] }, "spec");
  if (!first) throw new Error("no container");
  return readFlags(first);
}

test("reads flags with =, with a word after them, and bare", () => {
  const flags = flagsOf({ command: ["kube-apiserver", "--a=1", "--b", "two", "--c"], args: ["--d_e=x,y,z"] });
  expect(flags.get("a")).toEqual({ value: "1", path: "spec.containers[0].command[1]", isApart: false });
  expect(flags.get("b")?.value).toBe("two");
  expect(flags.get("c")?.value).toBe("true");
  expect(flags.listOf("d-e")).toEqual(["x", "y", "z"]);
  expect(flags.get("missing")).toBeUndefined();
  expect(flags.listOf("missing")).toEqual([]);
});

test("lets the last of two win, across command and args", () => {
  expect(flagsOf({ command: ["x", "--a=1"], args: ["--a=2"] }).get("a")).toMatchObject({ value: "2", path: "spec.containers[0].args[0]" });
});

test("adds up a list that is written more than once, and takes an emptied flag for unset", () => {
  const flags = flagsOf({ command: ["x", "--modes=AlwaysAllow", "--modes=Node,RBAC", "--file=/a", "--file="] });
  expect(flags.listOf("modes")).toEqual(["AlwaysAllow", "Node", "RBAC"]);
  expect(flags.get("file")).toBeUndefined();
});

test.each([
  ["True", true],
  ["1", true],
  ["FALSE", false],
  ["f", false],
  ["no", undefined],
  ["fAlse", undefined],
  ['"false"', undefined],
])("reads the switch %s as the components do", (value, isOn) => {
  expect(toSwitch({ value })).toBe(isOn);
});

test.each([
  ["30", 30],
  ["030", 24],
  ["0o30", 24],
  ["0x1E", 30],
  ["0b11", 3],
  ["1_000", 1000],
  ["-7", -7],
  ["+7", 7],
  ["0", 0],
  ["00", 0],
  ["08", undefined],
  ["1.5", undefined],
  ["1e3", undefined],
  ["", undefined],
  ["30 ", undefined],
  ["1__0", undefined],
])("reads the number %s as the components do", (value, number) => {
  expect(toInteger({ value })).toBe(number);
});

test("takes a switch for on whatever word stands behind it, and a number below 0 for a value", () => {
  const flags = flagsOf({ command: ["x", "--profiling", "false", "--limit", "-1"] });
  expect(toSwitch(flags.get("profiling"))).toBe(true);
  expect(toInteger(flags.get("limit"))).toBe(-1);
});

test("reads the items of a list as Go does: quotes hold one together, blanks and quotes elsewhere belong to it", () => {
  const itemsOf = (value: string) => flagsOf({ command: [`--list=${value}`] }).listOf("list");
  expect(itemsOf('a,"b,c",d')).toEqual(["a", "b,c", "d"]);
  expect(itemsOf('"say ""no""",b')).toEqual(['say "no"', "b"]);
  expect(itemsOf("a, b\nc")).toEqual(["a", " b"]);
  expect(itemsOf("'a,b'")).toEqual(["'a", "b'"]);
  expect(flagsOf({ command: ['--file="/a"'] }).get("file")?.value).toBe('"/a"');
});

test("reads feature gates with blanks around them", () => {
  expect(readGate(flagsOf({ command: ["--feature-gates=A=true, kube:B = true", "--feature-gates=A=false"] }), "A")).toBe(false);
  expect(readGate(flagsOf({ command: ["--feature-gates=A=true, kube:B = true"] }), "B")).toBe(true);
});

test("takes a flag before another flag for a switch", () => {
  expect(flagsOf({ command: ["x", "--a", "--b=1"] }).get("a")?.value).toBe("true");
  expect(flagsOf({ command: ["x", "--audit-log-path", "-"] }).get("audit-log-path")?.value).toBe("-");
});

test("reads a flag with the variables that it names, as the kubelet hands it over", () => {
  const env = [
    { name: "MODES", value: "Node" },
    { name: "ALL", value: "$(MODES),RBAC" },
    { name: "EMPTY" },
    { name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
  ];
  const flags = flagsOf({ command: ["x", "--modes=$(ALL)", "--file=$(EMPTY)", "--address", "$(IP)", "--none=$(LATER)", "--cost=$$(MODES)"], env });
  expect(flags.listOf("modes")).toEqual(["Node", "RBAC"]);
  expect(flags.get("file")).toBeUndefined();
  expect(["address", "none", "cost"].map((name) => flags.get(name)?.value)).toEqual(["$(IP)", "$(LATER)", "$(MODES)"]);
});

test("reads as many flags as an object can hold in time", () => {
  const cpuMs = countCpuMs();
  expect(flagsOf({ args: Array.from({ length: 60_000 }, () => "--a=1") }).listOf("a")).toHaveLength(60_000);
  expect(cpuMs()).toBeLessThan(2_000);
});

test("leaves a variable whose bracket is never closed, and takes two dollars for one all the same", () => {
  const flags = flagsOf({ args: ["--a=$(A)$(B", "--b=$(A$$(", "--c=$$$(A)$$"], env: [{ name: "A", value: "1" }] });
  expect(["a", "b", "c"].map((name) => flags.get(name)?.value)).toEqual(["1$(B", "$(A$(", "$1$"]);
});

test("says when a shell starts the program, and where a flag would go", () => {
  expect(flagsOf({ command: ["/bin/sh", "-c", "kube-apiserver --a=1"] }).isOpaque).toBe(true);
  expect(flagsOf({ command: ["kube-apiserver"] })).toMatchObject({ isOpaque: false, argumentsPath: "spec.containers[0].command" });
  expect(flagsOf({ args: ["--a"] }).argumentsPath).toBe("spec.containers[0].args");
});

test.each([{}, { command: "kube-apiserver --a=1" }, { command: [7, null] }])("reads nothing from %j", (container) => {
  expect(flagsOf(container).get("a")).toBeUndefined();
});

test("lets variables that are made of variables grow no longer than a program could take them", () => {
  const env = Array.from({ length: 40 }, (_, i) => ({ name: `V${i}`, value: i === 0 ? "lol" : `$(V${i - 1})$(V${i - 1})` }));
  const flags = flagsOf({ command: ["x", "--a=$(V3)", "--b=$(V39)"], env });
  expect(flags.get("a")?.value).toBe("lol".repeat(8));
  expect(flags.get("b")?.value.length).toBeLessThan(2 ** 22);
});
