import type { Workload } from "../../inventory/workloads/workload";
import type { Patch } from "../../model/patch";
import type { Weakness } from "../define";
import { set } from "./ops";

/** Adds to each image the digest that its pods run, in the weaknesses' `hint`; null where one is not known: a part of a patch is no patch. */
export function pinDigest({ ref }: Pick<Workload, "ref">, weaknesses: readonly Weakness[]): Patch | null {
  if (ref.kind === "StaticPod") return null;
  const ops = weaknesses.flatMap(({ path, value, hint }) => (typeof value === "string" && typeof hint === "string" ? [set(path, `${value}@${hint}`)] : []));
  if (ops.length < weaknesses.length) return null;
  return { ops, risk: "restart", note: "The digest that the running pods report. Renew it with each release: the tag alone brings no other build any more." };
}
