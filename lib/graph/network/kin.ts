import type { Direction } from "./endpoint";
import type { ReachClass } from "./reach-classes";
import type { VerdictRow } from "./verdict-row";

/** Classes that tell others apart alike, and that those cannot tell apart. */
export interface Kin {
  readonly rows: Readonly<Record<Direction, VerdictRow>>;
  /** Its place in the rows of others. */
  readonly at: number;
  /** One class, and one of another namespace where there is any. */
  readonly samples: readonly ReachClass[];
  /** How many workloads of it there are, by the number of their namespace. */
  readonly members: ReadonlyMap<number, number>;
}
