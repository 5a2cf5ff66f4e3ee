import "server-only";
import { MAX_OWN_CONTROLS } from "@/lib/contracts/own-controls";
import { findOwnControlProblem } from "@/lib/controls/own/own-control";
import { findControl } from "@/lib/controls/registry";
import { AppError } from "@/lib/errors/app-error";
import { joinWords } from "@/lib/model/join-words";
import { record } from "@/lib/model/json";
import type { OwnControl } from "@/lib/model/own-control";
import { changeClusterSettings } from "@/lib/store/cluster-settings";
import { getDatabase } from "@/lib/store/database-handle";
import { parseSettings } from "./parse-settings";

function checkControl(spec: OwnControl): void {
  const builtIn = findControl(spec.id);
  if (builtIn) throw new AppError("conflict", `The id ${spec.id} belongs to a built-in control, “${builtIn.title}”.`);
  const problem = findOwnControlProblem(spec);
  if (problem !== null) throw new AppError("bad-request", problem);
}

function unknownControl(id: string): AppError {
  return new AppError("not-found", `This cluster has no own control called ${id}.`);
}

async function changeOwn(slug: string, change: (own: readonly OwnControl[]) => readonly OwnControl[]): Promise<void> {
  await changeClusterSettings(getDatabase().pool, slug, (stored) => ({ ...record(stored), ownControls: change(parseSettings(stored).ownControls) }));
}

/** Adds a control; the next scan judges it. Throws not-found, bad-request, conflict. */
export async function addOwnControl(slug: string, spec: OwnControl): Promise<void> {
  checkControl(spec);
  await changeOwn(slug, (own) => {
    if (own.some(({ id }) => id === spec.id)) throw new AppError("conflict", `This cluster has an own control called ${spec.id} already.`);
    if (own.length >= MAX_OWN_CONTROLS) throw new AppError("conflict", `A cluster can have ${MAX_OWN_CONTROLS} own controls, and this one does.`);
    return [...own, spec];
  });
}

/** The fields in which two controls differ, as people name them. */
function differences(one: OwnControl, other: OwnControl): readonly string[] {
  const names = ["title", "layer", "severity", "subject", "expression", "message", "fix", "why"] as const;
  return names.filter((name) => one[name] !== other[name]);
}

/** Changes a control; its id stays, because links point at it. `was` is what the caller had read of it. Throws not-found, bad-request, conflict. */
export async function changeOwnControl(slug: string, id: string, { was, ...spec }: OwnControl & { readonly was?: OwnControl | undefined }): Promise<void> {
  if (spec.id !== id) throw new AppError("bad-request", `The id of a control stays: ${id} cannot become ${spec.id}.`);
  checkControl(spec);
  await changeOwn(slug, (own) => {
    const stored = own.find((known) => known.id === id);
    if (!stored) throw unknownControl(id);
    const changed = was ? differences(stored, was) : [];
    if (changed.length > 0)
      throw new AppError("conflict", `Nothing was saved: of this control, ${joinWords(changed)} ${changed.length === 1 ? "was" : "were"} changed meanwhile.`);
    return own.map((known) => (known.id === id ? spec : known));
  });
}

function without(map: unknown, id: string): Readonly<Record<string, unknown>> {
  const { [id]: _gone, ...rest } = record(map);
  return rest;
}

/** Takes a control away, and with it that it was off or re-weighted; what it found is remembered. Throws not-found. */
export async function deleteOwnControl(slug: string, id: string): Promise<void> {
  await changeClusterSettings(getDatabase().pool, slug, (stored) => {
    const before = record(stored);
    const { ownControls } = parseSettings(stored);
    if (!ownControls.some((known) => known.id === id)) throw unknownControl(id);
    return {
      ...before,
      ownControls: ownControls.filter((known) => known.id !== id),
      disabledControls: without(before.disabledControls, id),
      reweightedControls: without(before.reweightedControls, id),
      tunedAt: without(before.tunedAt, id),
    };
  });
}
