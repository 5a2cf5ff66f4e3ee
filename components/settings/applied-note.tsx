import type { ReactNode } from "react";
import type { SettingsResponse } from "@/lib/contracts/settings";

/** Said while the newest snapshot was judged with other settings than those of this page. */
export function AppliedNote({ settings, seq }: { readonly settings: SettingsResponse; readonly seq: number | null }): ReactNode {
  if (settings.isApplied || seq === null) return null;
  return (
    <p className="notice" role="status">
      <b>Snapshot {seq} was judged with other settings.</b> The next scan uses those of this page; what was judged before stays as it was.
    </p>
  );
}
