import type { Component, ComponentInstance, ControlPlane } from "../inventory/nodes/control-plane";
import { type ComponentFlags, toInteger, writeFlag } from "../inventory/nodes/component-flags";
import { isOpenPart, toOpen, toPart, toUntold } from "../model/clause-part";
import { isLoopback } from "../model/is-loopback";
import { type Outcome, unknown, type Weakness, weakness } from "./define";

/** What one instance shows: its weaknesses, or a sentence on why it cannot be told. */
export type InstanceAnswer = readonly Weakness[] | string;

/** A weakness at a flag, or at an item of it: where it is written, or where it would have to be. Its `check` is what clauses of benchmarks ask for. */
export function flagWeakness(
  instance: ComponentInstance,
  flag: string,
  message: string,
  extra: Omit<Weakness, "path" | "value" | "message"> = {},
  item?: string,
): Weakness {
  const written = instance.flags.get(flag, item);
  return weakness(written?.path ?? instance.flags.argumentsPath, written ? writeFlag(flag, written) : undefined, message, {
    object: instance.workload.ref,
    check: toPart(instance.component, item ?? flag),
    ...extra,
  });
}

/** Beside what fails: what could not be told of a component, so that no clause takes it for right. */
function untoldWeakness(instance: ComponentInstance, reason: string): Weakness {
  return weakness(instance.flags.argumentsPath, undefined, reason, { object: instance.workload.ref, severity: "info", check: toUntold(instance.component) });
}

/** What only people can judge of a flag: alone it asks them to look, beside what fails no clause takes it for right. */
export function openWeakness(instance: ComponentInstance, flag: string, message: string): Weakness {
  return flagWeakness(instance, flag, message, { severity: "info", check: toOpen(toPart(instance.component, flag)) });
}

const EVERY = new Set(["0.0.0.0", "::", ""]);

/** The port of a component that others than its own node can reach: it is open on every address unless a flag says otherwise, and 0 is no port. */
export function openPort(instance: ComponentInstance): readonly Weakness[] {
  const address = instance.flags.get("bind-address")?.value ?? "";
  if (isLoopback(address) || toInteger(instance.flags.get("secure-port")) === 0) return [];
  return [flagWeakness(instance, "bind-address", `Its port is open on ${EVERY.has(address) ? "every address of the node" : address}.`)];
}

/** A weakness that only some instances have names their nodes. */
function merge(answers: readonly { readonly instance: ComponentInstance; readonly weaknesses: readonly Weakness[] }[]): Weakness[] {
  const found = new Map<string, { weakness: Weakness; answers: number; nodes: string[] }>();
  for (const { instance, weaknesses } of answers) {
    for (const item of weaknesses) {
      const key = `${item.path} ${String(item.value)} ${item.message}`;
      const entry = found.get(key) ?? { weakness: item, answers: 0, nodes: [] };
      const { nodeNames, podName = "" } = instance.pod;
      entry.answers += 1;
      entry.nodes.push(...(nodeNames ?? [podName]));
      found.set(key, entry);
    }
  }
  return [...found.values()].map(({ weakness: item, answers: count, nodes }) => {
    const named = nodes.filter((node) => node !== "");
    return count === answers.length || named.length === 0 ? item : { ...item, message: `${item.message} (on ${named.join(", ")})` };
  });
}

/** The answer of a judge, and a flag that it asked for whose value is not shown. */
function askJudge(instance: ComponentInstance, judge: (instance: ComponentInstance) => InstanceAnswer) {
  const hidden = new Set<string>();
  const ask = (name: string): ComponentFlags => {
    if (instance.flags.isHidden(name)) hidden.add(name);
    return instance.flags;
  };
  const answer = judge({
    ...instance,
    flags: { ...instance.flags, get: (name, item) => ask(name).get(name, item), listOf: (name) => ask(name).listOf(name) },
  });
  const [flag] = hidden;
  return { answer, hidden: flag };
}

/** The answer of a judge, or why it knows none: it asks for a flag whose value no manifest of the component shows. */
function judgeShown(instance: ComponentInstance, judge: (instance: ComponentInstance) => InstanceAnswer): InstanceAnswer {
  const { answer, hidden } = askJudge(instance, judge);
  return hidden === undefined ? answer : `The value of --${hidden} is in a ConfigMap or Secret, which is not read for it.`;
}

/** Of a server that its node tells the given flags of: what is wrong with these, and otherwise an answer only where the judge asks for no others. */
function judgeGiven(instance: ComponentInstance, judge: (instance: ComponentInstance) => InstanceAnswer): InstanceAnswer {
  const { answer, hidden } = askJudge(instance, judge);
  if (typeof answer === "string" || hidden === undefined) return answer;
  const reason = `No pod shows the flags of ${instance.component}, and its node tells only those that it was given: they do not say what --${hidden} is.`;
  const found = answer.filter(({ value, check }) => value !== undefined && !isOpenPart(check));
  return found.length > 0 ? [...found, untoldWeakness(instance, reason)] : reason;
}

/** Judges every instance of a component; the control fails when one of them does. */
export function componentAnswer(plane: ControlPlane, component: Component, judge: (instance: ComponentInstance) => InstanceAnswer): Outcome {
  const given = plane.given.of(component);
  if (plane.absence && given.length === 0) return plane.absence;
  const [instances, judgeOne] = plane.absence ? [given, judgeGiven] : [plane.of(component), judgeShown];
  if (instances.length === 0) return unknown(`No pod of ${component} is in kube-system, so its flags are not in the API.`);
  const answers = instances.map((instance) => ({
    instance,
    answer: instance.flags.isOpaque ? `${component} is started through a shell, so its flags cannot be read.` : judgeOne(instance, judge),
  }));
  const doubt = answers.map(({ answer }) => answer).find((answer) => typeof answer === "string");
  if (doubt !== undefined && answers.every(({ answer }) => typeof answer === "string" || answer.every(({ check }) => isOpenPart(check)))) return unknown(doubt);
  const merged = merge(
    answers.map(({ instance, answer }) => ({ instance, weaknesses: typeof answer === "string" ? [untoldWeakness(instance, answer)] : answer })),
  );
  const [first] = merged;
  if (plane.absence && !first && !plane.given.isWhole) return plane.absence;
  return first && merged.every(({ check }) => isOpenPart(check)) ? { state: "manual", reason: first.message, notes: merged } : merged;
}
