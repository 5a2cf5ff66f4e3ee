import type { AnyControl } from "../controls/define";
import type { SliceName } from "../inventory/slices";

/** The slices without which a control can say nothing. */
export function hardReads(control: AnyControl): readonly SliceName[] {
  return control.reads.filter((slice) => !control.softReads?.includes(slice));
}
