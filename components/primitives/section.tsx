import clsx from "clsx";
import { type ReactNode, useId } from "react";

interface SectionProps {
  readonly title: ReactNode;
  /** Caption at the right of the title. */
  readonly note?: ReactNode;
  /** Hairline and space above; off inside a grid of sections. */
  readonly ruled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Section({ title, note, ruled = true, className, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className={clsx(ruled && "sec", className)} aria-labelledby={id}>
      <div className="sec-h">
        <h2 id={id} className="sec-t">
          {title}
        </h2>
        {note === undefined ? null : <span className="cap">{note}</span>}
      </div>
      {children}
    </section>
  );
}
