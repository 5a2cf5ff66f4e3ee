/** Names up to here fit beside the time control of a desk. */
const SHORT = 24;
const TAIL = 28;
/** A last part of fewer letters tells too little alone: "cluster-1" of "eu-west/cluster-1". */
const TOLD = 12;

/**
 * A name in two parts, the first of which gives way where room is short: long names of clusters differ at their ends
 * ("arn:aws:eks:eu-central-1:1234:cluster/prod", "gke_project_zone_prod"). A short name is all end.
 */
export function nameEnds(name: string): readonly [head: string, tail: string] {
  if (name.length <= SHORT) return ["", name];
  const starts = [...name.matchAll(/[-_/:.@]/g)].map(({ index }) => index + 1).filter((start) => start >= name.length - TAIL);
  const start = starts.find((at) => name.length - at >= TOLD) ?? name.length - TAIL + TOLD;
  return [name.slice(0, start), name.slice(start)];
}
