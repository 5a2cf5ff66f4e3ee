import type { KubeObject } from "../../inventory/kube-object";
import { type AskedLabels, ByAskedLabel } from "./asked-labels";
import { calicoAppliesTo, type CalicoPolicy, type CalicoTier, DEFAULT_TIER, listSolePorts, mayName } from "./calico";
import type { Direction, Endpoint } from "./endpoint";
import { keepLines, type Sight } from "./lines-of-end";

/** A policy that applies to a pod; null = it may. */
interface ApplyingCalico {
  readonly policy: CalicoPolicy;
  readonly applies: true | null;
}

/** Policies that are asked one after the other, by the port that they are about: of hundreds, few have a say of one port. */
export type CalicoLine = ByAskedLabel<ApplyingCalico>;

interface TierLine {
  readonly tier: CalicoTier;
  readonly first: KubeObject | undefined;
  readonly line: CalicoLine;
}

export interface CalicoTiers {
  /** One of which it is not known whether, or when, it is asked. */
  readonly unclear: ApplyingCalico | undefined;
  /** In their order. */
  readonly tiers: readonly TierLine[];
}

/** In the tier of NetworkPolicies, the last that isolate, or may isolate, on every port. */
interface DefaultLine {
  readonly isolating: KubeObject | undefined;
  readonly mayIsolate: KubeObject | undefined;
  readonly line: CalicoLine;
}

interface CalicoLines {
  /** Before the tier of NetworkPolicies, and after it. */
  readonly tiered: { readonly before: CalicoTiers; readonly last: CalicoTiers };
  /** In that tier, before NetworkPolicies and after them. */
  readonly among: { readonly before: DefaultLine; readonly after: DefaultLine };
}

/** In Calico's default tier a NetworkPolicy stands at this place. */
export const NETWORK_POLICY_ORDER = 1000;

function toTiers(tiered: readonly ApplyingCalico[], toLine: (own: readonly ApplyingCalico[]) => CalicoLine): CalicoTiers {
  const tiers = [...Map.groupBy(tiered, ({ policy }) => policy.tier)].sort(([a], [b]) => (a.order ?? 0) - (b.order ?? 0) || (a.name < b.name ? -1 : 1));
  return {
    unclear: tiered.find(({ applies, policy: { tier } }) => applies === null || tier.order === null || tier.order === DEFAULT_TIER.order),
    tiers: tiers.map(([tier, own]) => ({ tier, first: own[0]?.policy.object, line: toLine(own) })),
  };
}

function toLines(policies: readonly CalicoPolicy[], self: Endpoint, direction: Direction): CalicoLines {
  const applying = policies.flatMap((policy): readonly ApplyingCalico[] => {
    const applies = policy.isolates[direction] && calicoAppliesTo(policy, self);
    return applies === false ? [] : [{ policy, applies }];
  });
  const portsOf = ({ policy }: ApplyingCalico): AskedLabels => {
    const ports = listSolePorts[direction](policy);
    return ports ? [ports] : [];
  };
  const toLine = (own: readonly ApplyingCalico[]): CalicoLine => new ByAskedLabel(own, portsOf);
  const toDefault = (own: readonly ApplyingCalico[]): DefaultLine => ({
    isolating: own.findLast(({ applies }) => applies)?.policy.object,
    mayIsolate: own.findLast(({ applies }) => !applies)?.policy.object,
    line: toLine(own),
  });
  const isDefault = ({ policy: { tier } }: ApplyingCalico): boolean => tier.name === DEFAULT_TIER.name;
  const isLast = ({ policy: { tier } }: ApplyingCalico): boolean => tier.order !== null && tier.order > (DEFAULT_TIER.order ?? 0);
  const isEarly = ({ policy: { order } }: ApplyingCalico): boolean => order < NETWORK_POLICY_ORDER;
  const [tiered, among] = [applying.filter((one) => !isDefault(one)), applying.filter(isDefault)];
  return {
    tiered: {
      before: toTiers(
        tiered.filter((one) => !isLast(one)),
        toLine,
      ),
      last: toTiers(tiered.filter(isLast), toLine),
    },
    among: { before: toDefault(among.filter(isEarly)), after: toDefault(among.filter((one) => !isEarly(one))) },
  };
}

const kept = keepLines(toLines);

export const lineUpCalico = kept.lineUp;

/** For whoever asks about hundreds of ports of one other end: of hundreds of policies, few have rules that name it. Returns those lines that are left. */
export function narrowCalico(policies: readonly CalicoPolicy[], sight: Sight): readonly CalicoLine[] {
  const narrow = <T extends { readonly line: CalicoLine }>(item: T): T => ({ ...item, line: item.line.filter(({ policy }) => mayName(policy, sight)) });
  const narrowTiers = ({ unclear, tiers }: CalicoTiers): CalicoTiers => ({ unclear, tiers: tiers.map(narrow) });
  const { tiered, among } = kept.narrow(policies, sight, (lines) => ({
    tiered: { before: narrowTiers(lines.tiered.before), last: narrowTiers(lines.tiered.last) },
    among: { before: narrow(lines.among.before), after: narrow(lines.among.after) },
  }));
  return [...tiered.before.tiers, ...tiered.last.tiers, among.before, among.after].map(({ line }) => line);
}
