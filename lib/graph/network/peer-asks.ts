import { type JsonRecord, record, records, text } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type AskedLabels, askedOfSelector } from "./asked-labels";
import type { AdminPolicy } from "./admin-policy";
import type { CalicoPolicy } from "./calico";
import { askedOfEnd, OF_NAMESPACE } from "./calico-end";
import { isOfOwnNamespace, listPeerSelectors } from "./cilium";
import { askedOfPeer, plainKey } from "./cilium-selector";
import { isNearPeer } from "./policy";
import type { Side } from "./side";
import { addAdmin, addCalicoEnd, asksForAccount, LabelUse } from "./selector-use";

/** What peers ask of pods and of namespaces, and of either in policies of Cilium. */
export interface LabelAsks {
  readonly pods: LabelUse;
  readonly namespaces: LabelUse;
  readonly cilium: LabelUse;
}

/** What decides whether an end is among the peers of a rule, beside what it is. */
export interface PeerAsk {
  /** What every peer has: of those without it, the rule says the same. Empty = nothing in particular. */
  readonly asked: AskedLabels;
  /** Pods of its own namespace alone. */
  readonly isNear: boolean;
  readonly addTo: (asks: LabelAsks) => void;
  readonly hasAccounts?: boolean;
}

const ofPeer = rememberedOf((peer: JsonRecord): PeerAsk => {
  const { podSelector, namespaceSelector } = peer;
  return {
    asked: [...askedOfSelector(podSelector), ...askedOfSelector(namespaceSelector, (key) => `${OF_NAMESPACE}${key}`)],
    isNear: isNearPeer(peer),
    addTo: ({ pods, namespaces }) => {
      pods.addSelector(podSelector);
      namespaces.addSelector(namespaceSelector);
    },
  };
});

function ofCalico({ object }: CalicoPolicy, direction: Side["direction"]): readonly PeerAsk[] {
  return records(record(object.body.spec)[direction]).map((rule): PeerAsk => {
    const end = record(rule[direction === "ingress" ? "source" : "destination"]);
    const own = { pods: new LabelUse(), namespaces: new LabelUse() };
    addCalicoEnd(end, own);
    const isLocal = object.ref.kind !== "GlobalNetworkPolicy" && Boolean(text(end.selector)) && !text(end.namespaceSelector);
    return {
      asked: askedOfEnd(end),
      isNear: isLocal && !text(end.notSelector),
      hasAccounts: asksForAccount(end),
      addTo: ({ pods, namespaces }) => {
        pods.addAll(own.pods);
        namespaces.addAll(own.namespaces);
      },
    };
  });
}

const ofCalicoBy = {
  ingress: rememberedOf((policy: CalicoPolicy) => ofCalico(policy, "ingress")),
  egress: rememberedOf((policy: CalicoPolicy) => ofCalico(policy, "egress")),
};

/** Of both directions: one for all whom the policy selects. */
const ofAdmin = rememberedOf(
  (policy: AdminPolicy): PeerAsk => ({ asked: [], isNear: false, addTo: ({ pods, namespaces }) => addAdmin(policy, pods, namespaces) }),
);

/** Of all rules that have a say of one direction. */
export function listPeerAsks({ admin, isolating, foreign, direction }: Side): readonly PeerAsk[] {
  const ofCilium = foreign.cilium.flatMap((rule) =>
    listPeerSelectors(rule, direction).map(
      (selector): PeerAsk => ({
        asked: askedOfPeer(selector),
        isNear: isOfOwnNamespace(selector, rule),
        addTo: ({ cilium }) => cilium.addSelector(selector, plainKey),
      }),
    ),
  );
  const peers = isolating.flatMap(({ rules }) => rules[direction].flatMap((rule) => rule.peers ?? []));
  return [...[...admin.Admin, ...admin.Baseline].map(ofAdmin), ...foreign.calico.flatMap(ofCalicoBy[direction]), ...ofCilium, ...peers.map(ofPeer)];
}

export function joinAsks(peers: readonly PeerAsk[]): LabelAsks {
  const asks = { pods: new LabelUse(), namespaces: new LabelUse(), cilium: new LabelUse() };
  for (const peer of peers) peer.addTo(asks);
  return asks;
}
