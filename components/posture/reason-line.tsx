import type { ReactNode } from "react";
import type { ReasonDto } from "@/lib/contracts/reasons";
import { reasonCountWords } from "@/lib/format/reason-words";
import { PostureLink } from "../shell/posture-link";

interface ReasonLineProps {
  readonly reason: ReasonDto;
  readonly base: string;
  /** The list of what it is about; null on a page that has it. */
  readonly findings: string | null;
  /** What `findings` is about, where more than one such link stands on the page. */
  readonly of?: string;
  /** Off where the gap itself stands beside it with its action. */
  readonly showsAction?: boolean;
}

function cureOf({ cause }: ReasonDto, base: string, findings: string | null): { readonly href: string; readonly label: string } | null {
  if (cause === "gap") return { href: `${base}/sources?view=gaps`, label: "See what was read" };
  if (cause === "switched-off") return { href: `${base}/settings#opt-in`, label: "Switch on in Settings" };
  if (cause === "left-out") return { href: `${base}/sources?view=left`, label: "See what is not listed" };
  return findings === null ? null : { href: findings, label: "See its findings" };
}

/** The way to what shows or cures it. */
export function CureLink({ reason, base, findings, of }: Omit<ReasonLineProps, "showsAction">): ReactNode {
  const cure = cureOf(reason, base, findings);
  return cure === null ? null : (
    <PostureLink className="link no-print" href={cure.href}>
      {cure.label}
      {of === undefined ? null : <span className="sr">: {of}</span>}
    </PostureLink>
  );
}

/** Why subjects were not assessed, how many, and the way to what shows or cures it. */
export function ReasonLine({ showsAction = false, ...link }: ReasonLineProps): ReactNode {
  const { reason } = link;
  return (
    <>
      {`${reason.reason} (${reasonCountWords(reason)}) `}
      <CureLink {...link} />
      {showsAction && reason.cause !== "switched-off" && reason.action !== null ? <b className="gap-act">{reason.action}</b> : null}
    </>
  );
}
