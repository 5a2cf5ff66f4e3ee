"use client";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { cameFromList } from "../findings/list-memory";
import { Button } from "../primitives/button";
import { useCopied } from "../primitives/use-copied";
import { withMoment } from "../shell/posture-search";
import { useHotkeys } from "../shell/use-hotkeys";

interface FindingActionsProps {
  readonly base: string;
  readonly moment: { readonly at: number | null; readonly since: number | null };
  /** The kubectl command of the patch; null = there is none. */
  readonly patch: string | null;
}

/** Copy the patch (p), back to the list (Escape, Backspace); on a phone, where the bar has no room for it, a link that shows this again. */
export function FindingActions({ base, moment, patch }: FindingActionsProps): ReactNode {
  const router = useRouter();
  const patchCopy = useCopied();
  const linkCopy = useCopied();
  const copyPatch = (): void => {
    if (patch !== null) patchCopy.copy(patch);
  };
  const copyLink = (): void => linkCopy.copy(location.origin + withMoment(location.pathname, location.search, moment));
  const back = (): boolean => {
    // Escape first closes what floats above the page.
    if (document.querySelector(".pop, .dlg, [role=dialog]") !== null || document.querySelector("[data-present]") !== null) return false;
    if (cameFromList()) router.back();
    else router.push(`${base}/findings`);
    return true;
  };
  useHotkeys({ Escape: back, Backspace: back, ...(patch !== null && { p: copyPatch }) });
  return (
    <>
      <Button className="only-phone" onClick={copyLink} kind={patch === null ? "solid" : "line"}>
        <span aria-live="polite">{linkCopy.copied ? "Copied" : "Copy link"}</span>
      </Button>
      {patch === null ? null : (
        <Button kind="solid" hint="p" aria-keyshortcuts="p" onClick={copyPatch}>
          <span aria-live="polite">{patchCopy.copied ? "Copied" : "Copy patch"}</span>
        </Button>
      )}
    </>
  );
}
