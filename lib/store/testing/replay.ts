import { keyOf, type World } from "./make-snapshot";

export type Step = World;

interface Open {
  control: string;
  key: string;
  state: string;
  severity: string;
  since: number;
  /** Null = it was assessed. */
  staleReason: string | null;
}

/** What each snapshot should show, worked out the simple way: a full copy per snapshot, changed by the rules in words. */
export function replay(steps: readonly Step[]): { findings: string[]; resources: string[] }[] {
  let open = new Map<string, Open>();
  let resources = new Map<string, string>();
  return steps.map((step, at) => {
    const seq = at + 1;
    const staleKindOf = (key: string) => (step.staleKinds ?? []).find((kind) => key.startsWith(`${kind}/`));
    const isStaleKind = (key: string) => staleKindOf(key) !== undefined;
    const kept = [...resources].filter(([key]) => isStaleKind(key));
    resources = new Map([...kept, ...step.resources.map((r) => [keyOf(r.name, r.kind), r.content] as const)]);
    const next = new Map<string, Open>();
    for (const verdict of step.verdicts) {
      const key = keyOf(verdict.on, verdict.kind);
      const id = `${verdict.control} ${key}`;
      const before = open.get(id);
      const state = verdict.state ?? "fail";
      const isJudged = before?.state === "fail" || before?.state === "waived";
      if (before !== undefined && isJudged && state === "unknown") next.set(id, { ...before, staleReason: verdict.note ?? "" });
      else {
        const isAnswered = before?.state === "unknown" ? state !== "unknown" : before?.state === "manual" && (state === "fail" || state === "waived");
        const continues = before !== undefined && !isAnswered;
        next.set(id, { control: verdict.control, key, state, severity: verdict.severity ?? "high", since: continues ? before.since : seq, staleReason: null });
      }
    }
    for (const [id, before] of open) {
      const kind = staleKindOf(before.key);
      if (!next.has(id) && kind !== undefined) next.set(id, { ...before, staleReason: `${kind} is refused.` });
    }
    open = next;
    return {
      findings: [...open.values()]
        .map((f) => `${f.control} ${f.key} ${f.state} ${f.severity} since ${f.since}${f.staleReason === null ? "" : ` stale: ${f.staleReason}`}`)
        .sort(),
      resources: [...resources].map(([key, content]) => `${key} ${content}`).sort(),
    };
  });
}
