import type { ReactNode } from "react";
import { showHidden } from "@/lib/format/show-hidden";

interface MessageProps {
  /** What it is, in one short sentence without a full stop. */
  readonly say: string;
  /** One or two sentences: what was checked, who can help, what is not lost. */
  readonly children?: ReactNode;
  /** At most two. */
  readonly actions?: ReactNode;
  /** A line of mono text: request id, method, path, status, time; or the command that helps. */
  readonly detail?: string;
  /** error = announced at once */
  readonly kind?: "empty" | "no-permission" | "error" | "not-assessed";
}

/** Takes the place of content that is empty, forbidden or broken; left-aligned, no picture. */
export function Message({ say, children, actions, detail, kind = "empty" }: MessageProps): ReactNode {
  return (
    <div role={kind === "error" ? "alert" : undefined} data-kind={kind}>
      {kind === "not-assessed" ? <span className="pill na">not assessed</span> : null}
      <p className="say">{showHidden(say)}</p>
      {children === undefined ? null : <div className="say-more">{children}</div>}
      {detail === undefined ? null : (
        <pre className="pre" tabIndex={0}>
          {detail}
        </pre>
      )}
      {actions === undefined ? null : <div className="say-acts">{actions}</div>}
    </div>
  );
}
