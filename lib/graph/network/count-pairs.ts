import type { Direction } from "./endpoint";
import { type AskPair, findTellers, type Teller } from "./find-tellers";
import type { Kin } from "./kin";
import { idOf } from "./party";
import type { Rest } from "./rest";
import { Spread } from "./spread";
import type { VerdictRow } from "./verdict-row";

/** `ids`: of what the sender says of the receiver, and that of it. */
export type AddPairs = (from: number, to: number, ids: readonly [egress: number, ingress: number], pairs: number) => void;

/** Of those with one row for outgoing traffic and those with one for incoming: what they say of whom they name, beside what they said if they did not. */
interface Change {
  readonly sender: Teller;
  readonly receiver: Teller;
  /** `egress`: of receivers, `ingress`: of senders. */
  readonly of: Readonly<Record<Direction, Spread>>;
}

/** What both ends say hangs on the row of one and on the place of the other in it: all pairs at once. */
function addProduct(senders: Spread, receivers: Spread, add: AddPairs): void {
  for (const [from, ingress] of senders.list())
    for (const [to, egress] of receivers.list())
      for (const [said, count] of egress) for (const [heard, times] of ingress) add(from, to, [said, heard], count * times);
}

type Tellers = ReadonlyMap<VerdictRow, Teller>;

const DIRECTIONS = [
  ["egress", "ingress"],
  ["ingress", "egress"],
] as const;

/** All that rows say of whom they name. */
async function findChanges(kins: readonly Kin[], tellers: Readonly<Record<Direction, Tellers>>, ask: AskPair, rest: Rest): Promise<readonly Change[]> {
  const changes = new Map<Teller, Map<Teller, Change>>();
  const changeOf = (sender: Teller, receiver: Teller): Change => {
    const ofSender = changes.get(sender) ?? new Map<Teller, Change>();
    changes.set(sender, ofSender);
    const change = ofSender.get(receiver) ?? { sender, receiver, of: { egress: new Spread(), ingress: new Spread() } };
    ofSender.set(receiver, change);
    return change;
  };
  const byPlace = Map.groupBy(kins, ({ at }) => at);
  for (const [direction, opposite] of DIRECTIONS)
    for (const teller of tellers[direction].values())
      for (const at of teller.row.listNamed())
        for (const kin of byPlace.get(at) ?? []) {
          const long = rest();
          if (long) await long;
          const said = ask(teller.samples, direction, kin.samples)?.id;
          const usual = idOf(teller.group, at);
          const other = tellers[opposite].get(kin.rows[opposite]);
          if (said === undefined || said === usual || !other) continue;
          const { of } = direction === "egress" ? changeOf(teller, other) : changeOf(other, teller);
          for (const [place, members] of kin.members) {
            of[direction].add(place, said, members);
            of[direction].add(place, usual, -members);
          }
        }
  return [...changes.values()].flatMap((ofSender) => [...ofSender.values()]);
}

/** Counts all pairs of kins by what both ends say: as if rows named nobody, and then what changes where they do. */
export async function countPairs(kins: readonly Kin[], ask: AskPair, add: AddPairs, rest: Rest): Promise<void> {
  const tellers = { egress: await findTellers(kins, "egress", ask, rest), ingress: await findTellers(kins, "ingress", ask, rest) };
  const groupsOf = (direction: Direction) => new Set(Array.from(tellers[direction].values(), ({ group }) => group));
  for (const sending of groupsOf("egress"))
    for (const receiving of groupsOf("ingress")) {
      addProduct(sending.party.seenBy(receiving), receiving.party.seenBy(sending), add);
      const long = rest();
      if (long) await long;
    }
  for (const { sender, receiver, of } of await findChanges(kins, tellers, ask, rest)) {
    addProduct(sender.party.seenBy(receiver.group), of.egress, add);
    addProduct(of.ingress, receiver.party.seenBy(sender.group), add);
    addProduct(of.ingress, of.egress, add);
    const long = rest();
    if (long) await long;
  }
}
